"""Somebody calls: what became of it, and what follows from it, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import is_visible
from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import (
    Call,
    CallResult,
    Channel,
    ConsentPurpose,
    Promise,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    Visit,
    VisitStatus,
)
from loyalty.patients.change_contact_points import spare_contact_point
from loyalty.touchpoints import settle
from loyalty.touchpoints.contacts import KINDS, checked_minutes
from loyalty.touchpoints.numbers import Number, no_voicemail, numbers_of
from loyalty.touchpoints.reroute import reroute
from loyalty.visits.confirm import may_confirm, note_confirmed, take_confirmation_back
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.locked import locked_visit
from loyalty.visits.promise import promise

_SETTLES = {CallResult.REACHED: "Reached", CallResult.VOICEMAIL: "Voicemail left"}
_SOURCE = "Said so on the phone"


def call(
    *,
    touchpoint_id: UUID,
    result: str,
    by_staff_id: UUID | None,
    by_person_id: UUID | None,
    point_id: UUID | None = None,
    minutes: int | None = None,
    confirmed: bool = False,
    promises: Sequence[str] = (),
    now: datetime,
) -> Call:
    """Write down what became of a call.

    Reached: it is done; the visit is `confirmed` where they said so, and `promises` go into its ledger. Voicemail: it
    is done, too. No answer: it stays. Wrong number: that number (`point_id`) is never used again. Wants no calls: their
    no is kept as a consent, and what was to be called goes by another way.

    Raises NotFound, Conflict where somebody settled it, DomainError for what a wish forbids or what does not fit.
    """
    if result not in CallResult.values:
        raise DomainError("result_unknown", "Choose what became of the call.", field="result")
    told = [words for words in promises if is_visible(words)]
    if told and result != CallResult.REACHED:
        raise DomainError(
            "promise_to_nobody",
            "A promise is made to somebody. Choose “Reached”, or clear the promise.",
            field="promises",
        )
    with transaction.atomic():
        contact, visit = _locked(touchpoint_id)
        settle.check_open(contact, now=now)
        settle.check_may_go_out(contact, now=now)
        number = _check_wishes(contact, result, point_id=point_id, now=now)
        made = Call.objects.create(
            patient=contact.patient,
            touchpoint=contact,
            result=result,
            at=now,
            by_staff_id=by_staff_id,
            contact_point_id=number.id if number else None,
            minutes=checked_minutes(minutes),
            confirmed=result == CallResult.REACHED and confirmed and visit is not None and may_confirm(visit, now=now),
        )
        changed("call.made", made, patients=[contact.patient_id], detail={"result": result})
        match CallResult(result):
            case CallResult.REACHED | CallResult.VOICEMAIL as settled:
                words = _SETTLES[settled]
                settle.done(contact, outcome=words, minutes=made.minutes, by_staff_id=by_staff_id, now=now)
            case CallResult.WRONG_NUMBER if number is not None and number.id is not None:
                spare_contact_point(patient_id=number.patient_id, point_id=number.id, spare=True)
                reroute(contact.patient, now=now)
            case CallResult.NO_CALLS:
                _no_calls(contact, by_staff_id=by_staff_id, by_person_id=by_person_id, now=now)
        if made.confirmed and visit is not None:
            note_confirmed(visit, by_staff_id=by_staff_id)
        for words in told:
            _promise(visit, words, by_staff_id=by_staff_id, now=now)
        return made


def take_back(*, touchpoint_id: UUID, now: datetime) -> Touchpoint:
    """The last thing said of this contact was a slip: it is to be made again, on the day it was said.

    A confirmation and the promises of that call go with it, and a wrong number may be used again. Raises NotFound,
    Conflict where there is nothing to take back, DomainError on a later day or for a wish that was kept as a consent.
    """
    with transaction.atomic():
        contact, visit = _locked(touchpoint_id)
        last = contact.calls.filter(taken_back_at__isnull=True).order_by("at", "id").last()
        if contact.state == TouchpointState.PLANNED and last is None:
            raise Conflict("touchpoint_open", "This is waiting to be done already.")
        if last is not None and last.result == CallResult.NO_CALLS:
            raise DomainError(
                "wish_kept",
                "That they want no calls is kept as their consent. Write their new answer down on their page.",
            )
        zone = zone_of(settle.time_zone_of(contact))
        if last is not None and day_of(last.at, zone) != day_of(now, zone):
            raise DomainError("undo_too_late", "This was written down on an earlier day and stays as it is.")
        if contact.state != TouchpointState.PLANNED:
            settle.take_back(contact, now=now)
        if last is not None:
            _undo(last, contact, visit, now=now)
        changed("call.taken_back", contact, patients=[contact.patient_id])
        return contact


def _undo(last: Call, contact: Touchpoint, visit: Visit | None, *, now: datetime) -> None:
    last.taken_back_at = now
    last.save(update_fields=["taken_back_at", "updated_at"])
    if visit is not None and last.confirmed and visit.status == VisitStatus.CONFIRMED:
        take_confirmation_back(visit)
    if visit is not None:
        Promise.objects.filter(visit=visit, made_at=last.at, answered_at__isnull=True).delete()
    point = last.contact_point
    if last.result == CallResult.WRONG_NUMBER and point is not None and point.do_not_use:
        spare_contact_point(patient_id=point.patient_id, point_id=point.id, spare=False)
        reroute(contact.patient, now=now)


def _locked(touchpoint_id: UUID) -> tuple[Touchpoint, Visit | None]:
    """The visit first, as everybody does who changes one; then the patient, then the contact. Raises NotFound."""
    found = Touchpoint.objects.filter(id=touchpoint_id, kind__in=KINDS).values_list("visit_id", flat=True)[:1]
    if not found:
        raise NotFound("touchpoint_not_found", "This is not on file.")
    visit = locked_visit(found[0]) if found[0] else None
    return settle.locked(touchpoint_id, kinds=KINDS), visit


def _check_wishes(contact: Touchpoint, result: str, *, point_id: UUID | None, now: datetime) -> Number | None:
    """The number that was called, as far as it is known. Raises DomainError for what a wish forbids."""
    today = day_of(now, zone_of(settle.time_zone_of(contact)))
    numbers = [one for one in numbers_of(contact.patient, today=today) if one.allowed]
    name = contact.patient.display_name
    if not numbers:
        raise DomainError("no_number", f"There is no number at which {name} may be called. Choose another way.")
    if result == CallResult.VOICEMAIL and no_voicemail(contact.patient, numbers):
        who = name if contact.patient.no_voicemail else "The guardian"
        raise DomainError(
            "no_voicemail", f"{who} wishes no voicemail. Choose “No answer”, and try again.", field="result"
        )
    known = [one for one in numbers if one.id is not None]
    if point_id is not None:
        number = next((one for one in known if one.id == point_id), None)
        if number is None:
            raise DomainError("number_unknown", "Choose the number that you called.", field="point_id")
        return number
    if result != CallResult.WRONG_NUMBER:
        return known[0] if len(numbers) == 1 and known else None
    if len(known) == 1:
        return known[0]
    if known:
        raise DomainError("number_unknown", "Choose which number was wrong.", field="point_id")
    raise DomainError("number_of_guardian", f"Correct the guardian’s number on the page of {name}.", field="point_id")


def _promise(visit: Visit | None, words: str, *, by_staff_id: UUID | None, now: datetime) -> None:
    if visit is None:
        raise DomainError("promise_without_visit", "A promise is kept with a visit. Book one first.", field="promises")
    try:
        promise(visit_id=visit.id, text=words, by_staff_id=by_staff_id, now=now)
    except DomainError as error:
        raise DomainError(error.code, error.message, field="promises") from error


def _no_calls(contact: Touchpoint, *, by_staff_id: UUID | None, by_person_id: UUID | None, now: datetime) -> None:
    answer(
        patient_id=contact.patient_id,
        channel=Channel.CALL,
        purpose=ConsentPurpose.VISITS,
        granted=False,
        source=_SOURCE,
        version=VERSION,
        by_person_id=by_person_id,
        now=now,
    )
    # What to expect is still to be told, by another way. To ask how somebody is, they have just said.
    if contact.kind != TouchpointKind.PREVIEW:
        settle.set_aside(contact, reason=CallResult.NO_CALLS.label, by_staff_id=by_staff_id, now=now)
    reroute(contact.patient, now=now)
