"""Thank-you notes: the queue, and one note on the desk."""

from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.errors import NotFound
from frontend.forms.note import HandOverForm, SkipForm
from frontend.holdout_words import running_words
from frontend.page import page, way_back
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.models import TouchpointKind
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.desk import NoteDesk, desk
from loyalty.touchpoints.draft import LONGEST
from loyalty.touchpoints.hand_over import colleagues
from loyalty.touchpoints.notes import NoteCard, queue
from loyalty.touchpoints.settled import settled_lately
from loyalty.visits.local_time import day_of
from tenants.declare import practice_view
from tenants.permissions import Verb

MOST = 100
LATELY = 8


@practice_view(Verb.NOTES_WRITE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`note` is the one on the desk, the first of the queue without it; `mine` keeps those of the asker."""
    try:
        chosen = UUID(request.GET["note"]) if request.GET.get("note") else None
    except ValueError as error:
        raise Http404 from error
    return screen(request, chosen=chosen)


def screen(
    request: AskedRequest, *, chosen: UUID | None, words: str | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    """The queue with `chosen` on the desk. words: as they were typed; refused: why they may not stand on a card."""
    now = timezone.now()
    me = staff_id_of(request.principal)
    mine = "mine" in request.GET and me is not None
    cards = queue(now=now, limit=MOST, staff_id=me if mine else None)
    to_write, held = [c for c in cards if not c.held], [c for c in cards if c.held]
    on_desk = desk_of(chosen) if chosen else None
    gone = chosen is not None and on_desk is None
    if on_desk is None and to_write:
        on_desk = desk_of(to_write[0].id)
    return page(
        request,
        "portal/notes/show.html",
        here="notes",
        status=status,
        to_write=to_write,
        held=held,
        desk=on_desk,
        gone=gone,
        running=running_words([TouchpointKind.NOTE], today=day_of(now, practice_zone())),
        words=on_desk.card.draft if on_desk and words is None else words or "",
        words_refused=refused,
        longest=LONGEST,
        after=_after(to_write, on_desk.card.id) if on_desk else None,
        skip_form=SkipForm(),
        hand_form=HandOverForm(colleagues=_colleagues(on_desk)),
        lately=settled_lately(now=now, limit=LATELY),
        mine=mine,
        may_be_mine=me is not None,
        notes_waiting=None if mine else len(to_write),
    )


def to_desk(request: AskedRequest, note_id: UUID) -> str:
    """The page that a form was sent from; of the queue, with this note on the desk: it came back to be written."""
    queue_page = reverse("portal:notes")
    back = way_back(request, queue_page)
    if urlsplit(back).path != queue_page:
        return back
    mine = "&mine=1" if "mine" in parse_qs(urlsplit(back).query) else ""
    return f"{queue_page}?note={note_id}{mine}"


def desk_of(note_id: UUID) -> NoteDesk | None:
    """The note as it lies on the desk; None where it is not waiting."""
    try:
        return desk(touchpoint_id=note_id, now=timezone.now())
    except NotFound:
        return None


def _colleagues(on_desk: NoteDesk | None) -> list[tuple[str, str]]:
    if on_desk is None:
        return []
    known = colleagues(patient_id=on_desk.card.patient_id, without=on_desk.card.staff_id)
    return [(str(one.id), f"{one.name}, met them" if one.met else one.name) for one in known]


def _after(to_write: list[NoteCard], note_id: UUID) -> UUID | None:
    """The note that follows on the desk when this one goes."""
    ids = [card.id for card in to_write]
    at = ids.index(note_id) if note_id in ids else -1
    rest = [*ids[at + 1 :], *ids[: max(at, 0)]]
    return rest[0] if rest else None
