"""Words for a card: checked while they are typed, and kept until they are copied by hand."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import DomainError
from frontend.page import done, refused
from frontend.portal.me import staff_id_of
from frontend.portal.notes.queue import screen
from frontend.request import AskedRequest
from loyalty.touchpoints.draft import check_words, keep_words
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.NOTES_WRITE)
@require_POST
def check(request: AskedRequest) -> HttpResponse:
    """A part of the page: why the words may not stand on a card, empty if they may. Nothing is kept."""
    why = check_words(request.POST.get("words", ""))
    return render(request, "portal/notes/guard.html", {"words_refused": why})


@practice_view(Verb.NOTES_WRITE)
@require_POST
def keep(request: AskedRequest, note_id: UUID) -> HttpResponse:
    words = request.POST.get("words", "")
    back = f"{reverse('portal:notes')}?note={note_id}"
    me = staff_id_of(request.principal)
    try:
        keep_words(touchpoint_id=note_id, text=words, by_staff_id=me, now=timezone.now())
    except DomainError as error:
        if error.field == "words":
            return screen(request, chosen=note_id, words=words, refused=error.message, status=422)
        return refused(request, error, back=reverse("portal:notes"), here="notes")
    return done(back, "note-words-kept")
