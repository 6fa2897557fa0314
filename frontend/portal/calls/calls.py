"""Calls to make: the list, one call on the desk, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import NotFound
from core.tenancy.scope import current_practice
from frontend.forms.call import CallForm, MadeForm, SkipCallForm
from frontend.forms.patient_details import LANGUAGES
from frontend.holdout_words import running_words
from frontend.page import done, form_page, page, posted, take, way_back
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.models import TouchpointKind
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.call import call, take_back
from loyalty.touchpoints.call_desk import CallDesk, call_desk
from loyalty.touchpoints.contacts import ContactCard, made, skip, to_call
from loyalty.touchpoints.numbers import Number
from loyalty.visits.local_time import day_of
from tenants.declare import practice_view
from tenants.permissions import Verb

MOST = 100
# Of each group, what somebody with two minutes can take in; the rest is one click away.
AT_ONCE = 5
_SAID = {
    "reached": "call-reached",
    "voicemail": "call-voicemail",
    "no_answer": "call-no-answer",
    "wrong_number": "call-wrong-number",
    "no_calls": "call-no-calls",
}


@practice_view(Verb.CONTACTS_MAKE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`contact` is the one on the desk, the first of the list without it; `mine` keeps those of the asker."""
    return _page(request, _asked_for(request.GET.get("contact", "")))


@practice_view(Verb.CONTACTS_MAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: AskedRequest, contact_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return _page(request, contact_id)
    form = CallForm(posted(request), numbers=_numbers(request, contact_id))
    written = form.attempt(
        lambda: call(
            touchpoint_id=contact_id,
            result=form.cleaned_data["result"],
            by_staff_id=staff_id_of(request.principal),
            by_person_id=request.principal.person_id,
            point_id=form.cleaned_data["point_id"],
            minutes=form.cleaned_data["minutes"],
            confirmed=form.cleaned_data["confirmed"],
            promises=form.told(),
            now=timezone.now(),
        )
    )
    if written:
        return done(_back(request), _SAID[written.result], of=contact_id)
    return _page(request, contact_id, form=form)


@practice_view(Verb.CONTACTS_MAKE)
@require_POST
def make(request: AskedRequest, contact_id: UUID) -> HttpResponse:
    """A letter is written, a message sent, a word said."""
    form = MadeForm(posted(request))
    minutes = form.cleaned_data["minutes"] if form.is_valid() else None
    me = staff_id_of(request.principal)
    return take(
        request,
        lambda: made(touchpoint_id=contact_id, by_staff_id=me, minutes=minutes, now=timezone.now()),
        back=_back(request),
        key="contact-made",
        of=contact_id,
        here="calls",
    )


@practice_view(Verb.CONTACTS_MAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: AskedRequest, contact_id: UUID) -> HttpResponse:
    form = SkipCallForm(posted(request))
    me = staff_id_of(request.principal)
    if form.attempt(lambda: skip(touchpoint_id=contact_id, reason=form.reason(), by_staff_id=me, now=timezone.now())):
        return done(_back(request), "contact-skipped", of=contact_id)
    desk = _desk(request, contact_id)
    return form_page(request, "portal/calls/skip.html", here="calls", desk=desk, form=form, back=_back(request))


@practice_view(Verb.CONTACTS_MAKE)
@require_POST
def undo(request: AskedRequest, contact_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: take_back(touchpoint_id=contact_id, now=timezone.now()),
        back=_back(request),
        key="call-back",
        here="calls",
    )


def _page(request: AskedRequest, chosen: UUID | None, *, form: CallForm | None = None) -> HttpResponse:
    """Where the contact chosen was settled meanwhile, with an outcome to write down: who was faster, and the list."""
    now = timezone.now()
    me = staff_id_of(request.principal)
    mine = "mine" in request.GET and me is not None
    cards = to_call(now=now, limit=MOST, staff_id=me if mine else None)
    if chosen is None and cards:
        chosen = cards[0].id
    desk = _desk(request, chosen, gone=form is not None) if chosen else None
    return page(
        request,
        "portal/calls/show.html",
        here="calls",
        status=422 if form is not None else 200,
        groups=_groups(cards, now, chosen=chosen),
        number=len(cards),
        desk=desk,
        speaks=_other_language(desk),
        form=form or CallForm(numbers=desk.numbers if desk else ()),
        made_form=MadeForm(),
        mine=mine,
        may_be_mine=me is not None,
        running=running_words([TouchpointKind.PREVIEW, TouchpointKind.CHECK_IN], today=day_of(now, practice_zone())),
    )


def _other_language(desk: CallDesk | None) -> str:
    """ "Spanish"; nothing for English, and where it is not known."""
    spoken = desk.language if desk else ""
    return "" if spoken.startswith("en") else dict(LANGUAGES).get(spoken, spoken) if spoken else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts that are due alike. folded: those after the first few. unfolded: the one on the desk is among them."""

    title: str
    first: Sequence[ContactCard]
    folded: Sequence[ContactCard]
    unfolded: bool

    @property
    def number(self) -> int:
        return len(self.first) + len(self.folded)


def _groups(cards: list[ContactCard], now: datetime, *, chosen: UUID | None) -> list[Group]:
    """Late, today, in the next days, each in the order of the list."""
    groups: dict[str, list[ContactCard]] = {"Late": [], "Today": [], "In the next days": []}
    for card in cards:
        is_today = card.due_at.date() == now.astimezone(card.due_at.tzinfo).date()
        groups["Late" if card.late else "Today" if is_today else "In the next days"].append(card)
    return [_folded(title, found, chosen) for title, found in groups.items() if found]


def _folded(title: str, found: list[ContactCard], chosen: UUID | None) -> Group:
    # To fold one line away saves nothing.
    shown = AT_ONCE if len(found) > AT_ONCE + 1 else len(found)
    return Group(title, found[:shown], found[shown:], any(card.id == chosen for card in found[shown:]))


def _numbers(request: AskedRequest, contact_id: UUID) -> tuple[Number, ...]:
    desk = _desk(request, contact_id, gone=True)
    return desk.numbers if desk else ()


def _desk(request: AskedRequest, contact_id: UUID, *, gone: bool = False) -> CallDesk | None:
    """Raises NotFound for a contact that is not waiting; with `gone`, None instead."""
    try:
        return call_desk(
            touchpoint_id=contact_id,
            clinical=request.principal.may(Verb.CLINICAL_VIEW),
            practice=current_practice().name,
            now=timezone.now(),
        )
    except NotFound:
        if gone:
            return None
        raise


def _asked_for(given: str) -> UUID | None:
    try:
        return UUID(given) if given else None
    except ValueError as error:
        raise Http404 from error


def _back(request: AskedRequest) -> str:
    return way_back(request, reverse("portal:calls"))
