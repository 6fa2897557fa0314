"""Thank-you notes."""

from django.urls import path

from frontend.portal.notes import hand_over, photo, printing, queue, settle, words

urlpatterns = [
    path("notes/", queue.show, name="notes"),
    path("notes/print/", printing.choose, name="notes-print"),
    path("notes/print/cards/", printing.cards, name="notes-cards"),
    path("notes/print/labels/", printing.labels, name="notes-labels"),
    path("notes/words/check/", words.check, name="note-words-check"),
    path("notes/<uuid:note_id>/words/", words.keep, name="note-words"),
    path("notes/<uuid:note_id>/written/", settle.write, name="note-written"),
    path("notes/<uuid:note_id>/not-this-time/", settle.leave, name="note-skip"),
    path("notes/<uuid:note_id>/undo/", settle.take_back, name="note-undo"),
    path("notes/<uuid:note_id>/colleague/", hand_over.give, name="note-hand-over"),
    path("notes/<uuid:note_id>/colleague/undo/", hand_over.take_back, name="note-hand-back"),
    path("notes/<uuid:note_id>/photo/", photo.show, name="note-photo"),
    path("notes/<uuid:note_id>/photo/image/", photo.image, name="note-photo-image"),
    path("notes/<uuid:note_id>/photo/removal/", photo.remove, name="note-photo-removal"),
]
