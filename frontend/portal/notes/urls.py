"""Thank-you notes."""

from django.urls import path

from frontend.portal.notes import queue

urlpatterns = [
    path("notes/", queue.show, name="notes"),
    path("notes/<uuid:note_id>/written/", queue.write, name="note-written"),
    path("notes/<uuid:note_id>/not-this-time/", queue.leave, name="note-skip"),
    path("notes/<uuid:note_id>/undo/", queue.take_back, name="note-undo"),
]
