"""A note is written, or not this time; and taken back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from frontend.forms.note import SkipForm
from frontend.page import done, form_page, posted, refused, take, way_back
from frontend.portal.me import staff_id_of
from frontend.portal.notes.queue import desk_of, screen, to_desk
from frontend.request import AskedRequest
from loyalty.touchpoints.notes import skip, undo, written
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.NOTES_WRITE)
@require_POST
def write(request: AskedRequest, note_id: UUID) -> HttpResponse:
    back = way_back(request, reverse("portal:notes"))
    words = request.POST.get("words")
    me = staff_id_of(request.principal)
    try:
        written(touchpoint_id=note_id, by_staff_id=me, words=words, now=timezone.now())
    except DomainError as error:
        if error.field == "words" and not request.htmx:
            return screen(request, chosen=note_id, words=words, refused=error.message, status=422)
        return refused(request, error, back=back, here="notes")
    return done(back, "note-written", of=note_id)


@practice_view(Verb.NOTES_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: AskedRequest, note_id: UUID) -> HttpResponse:
    form = SkipForm(posted(request))
    back = way_back(request, reverse("portal:notes"))
    me = staff_id_of(request.principal)
    if form.attempt(lambda: skip(touchpoint_id=note_id, reason=form.reason(), by_staff_id=me, now=timezone.now())):
        return done(back, "note-skipped", of=note_id)
    on_desk = desk_of(note_id)
    if on_desk is None and not form.is_bound:
        raise Http404
    return form_page(request, "portal/notes/skip.html", here="notes", desk=on_desk, form=form, back=back)


@practice_view(Verb.NOTES_WRITE)
@require_POST
def take_back(request: AskedRequest, note_id: UUID) -> HttpResponse:
    back = to_desk(request, note_id)
    return take(
        request, lambda: undo(touchpoint_id=note_id, now=timezone.now()), back=back, key="note-back", here="notes"
    )
