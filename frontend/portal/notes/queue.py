"""Thank-you notes: the queue, and one note on the desk."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import NotFound
from frontend.forms.note import SkipForm
from frontend.page import done, form_page, page, posted, take, way_back
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.touchpoints.desk import NoteDesk, desk
from loyalty.touchpoints.notes import queue, skip, undo, written
from tenants.declare import practice_view
from tenants.permissions import Verb

MOST = 100


@practice_view(Verb.NOTES_WRITE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`note` is the one on the desk, the first of the queue without it; `mine` keeps those of the asker."""
    now = timezone.now()
    me = staff_id_of(request.principal)
    mine = "mine" in request.GET and me is not None
    cards = queue(now=now, limit=MOST, staff_id=me if mine else None)
    to_write, held = [c for c in cards if not c.held], [c for c in cards if c.held]
    chosen = _chosen(request)
    if chosen is None and to_write:
        chosen = to_write[0].id
    return page(
        request,
        "portal/notes/show.html",
        here="notes",
        to_write=to_write,
        held=held,
        desk=_desk(chosen),
        form=SkipForm(),
        mine=mine,
        may_be_mine=me is not None,
        notes_waiting=None if mine else len(to_write),
    )


@practice_view(Verb.NOTES_WRITE)
@require_POST
def write(request: AskedRequest, note_id: UUID) -> HttpResponse:
    back = way_back(request, reverse("portal:notes"))
    me = staff_id_of(request.principal)
    return take(
        request,
        lambda: written(touchpoint_id=note_id, by_staff_id=me, now=timezone.now()),
        back=back,
        key="note-written",
        of=note_id,
        here="notes",
    )


@practice_view(Verb.NOTES_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: AskedRequest, note_id: UUID) -> HttpResponse:
    form = SkipForm(posted(request))
    back = way_back(request, reverse("portal:notes"))
    me = staff_id_of(request.principal)
    if form.attempt(lambda: skip(touchpoint_id=note_id, reason=form.reason(), by_staff_id=me, now=timezone.now())):
        return done(back, "note-skipped", of=note_id)
    return form_page(request, "portal/notes/skip.html", here="notes", desk=_desk(note_id), form=form, back=back)


@practice_view(Verb.NOTES_WRITE)
@require_POST
def take_back(request: AskedRequest, note_id: UUID) -> HttpResponse:
    back = way_back(request, reverse("portal:notes"))
    return take(
        request, lambda: undo(touchpoint_id=note_id, now=timezone.now()), back=back, key="note-back", here="notes"
    )


def _chosen(request: AskedRequest) -> UUID | None:
    try:
        return UUID(request.GET["note"]) if request.GET.get("note") else None
    except ValueError as error:
        raise Http404 from error


def _desk(note_id: UUID | None) -> NoteDesk | None:
    if note_id is None:
        return None
    try:
        return desk(touchpoint_id=note_id, now=timezone.now())
    except NotFound as error:
        raise Http404 from error
