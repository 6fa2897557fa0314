"""How a patient wants confidential contact, or none at all. What that stops, stops in the same transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.violated import violated
from loyalty.messages.rules import Rule
from loyalty.models import (
    WAITING,
    Message,
    MessageState,
    Patient,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    Wish,
    WishChange,
)
from loyalty.patients.locked import locked_patient
from loyalty.patients.meanwhile import check_unchanged
from loyalty.touchpoints.hold import has_open_recovery

ENDS_CONTACT = (Wish.NO_CONTACT, Wish.DECEASED)
_OPEN = (TouchpointState.PLANNED, TouchpointState.HELD)


def wishes_as_text(patient: Patient) -> dict[str, str]:
    """Each wish as "Yes" or "No", for comparing what an editor saw with what is."""
    return {wish.value: "Yes" if getattr(patient, wish.value) else "No" for wish in Wish}


def keep_wishes(
    *,
    patient_id: UUID,
    wishes: Mapping[Wish, bool],
    deceased_on: date | None = None,
    was: Mapping[str, str],
    by_person_id: UUID | None,
    now: datetime,
) -> list[WishChange]:
    """Write down what differs; returns a row for each. A wish that is not in `wishes` stays.

    Where all contact ends, every open touchpoint is called off and every waiting message, too. was: `wishes_as_text` as
    the asker saw it. Raises NotFound, ChangedMeanwhile, Conflict for a merged record, DomainError.
    """
    if deceased_on is not None and not wishes.get(Wish.DECEASED, False):
        raise DomainError("deceased_on_alone", "Leave the day out, or note that they have died.", field="deceased_on")
    if deceased_on is not None and deceased_on > now.date():
        raise DomainError("deceased_ahead", "Choose a day that is not ahead.", field="deceased_on")
    with transaction.atomic():
        patient = locked_patient(patient_id)
        check_unchanged(was=was, now=wishes_as_text(patient), words={wish.value: wish.label for wish in Wish})
        differ = [wish for wish, is_on in wishes.items() if getattr(patient, wish.value) != is_on]
        changes = [_write(patient, wish, is_on=wishes[wish], by_person_id=by_person_id, now=now) for wish in differ]
        if Wish.DECEASED in wishes:
            patient.deceased_on = deceased_on if wishes[Wish.DECEASED] else None
        patient.save(update_fields=[*(wish.value for wish in Wish), "deceased_on", "updated_at"])
        return changes


def take_back(*, change_id: UUID, by_person_id: UUID | None, now: datetime) -> WishChange:
    """The wish was written down by mistake: it is gone, and what it called off is to be done again.

    Raises NotFound, Conflict where the wish is no longer so.
    """
    with transaction.atomic():
        named = WishChange.objects.filter(id=change_id, is_on=True).values_list("patient_id", flat=True).first()
        if named is None:
            raise NotFound("wish_not_found", "This is not on file.")
        patient = locked_patient(named)
        change = WishChange.objects.get(id=change_id)
        newest = WishChange.objects.filter(patient=patient, wish=change.wish).order_by("-at", "-id").first()
        if newest is None or newest.id != change.id or not getattr(patient, change.wish):
            raise Conflict("wish_changed", "This was taken back already, or written down anew.")
        back = _write(patient, Wish(change.wish), is_on=False, by_person_id=by_person_id, now=now)
        if change.wish == Wish.DECEASED:
            patient.deceased_on = None
        patient.save(update_fields=[change.wish, "deceased_on", "updated_at"])
        if patient.may_be_contacted:
            _bring_back(patient, change.called_off)
        return back


def _write(patient: Patient, wish: Wish, *, is_on: bool, by_person_id: UUID | None, now: datetime) -> WishChange:
    """On the patient in memory too; the caller saves them."""
    setattr(patient, wish.value, is_on)
    called_off = _call_off(patient, now=now) if is_on and wish in ENDS_CONTACT else []
    change = WishChange.objects.create(
        patient=patient, wish=wish, is_on=is_on, at=now, by_person_id=by_person_id, called_off=called_off
    )
    changed(
        "wish.noted" if is_on else "wish.dropped",
        change,
        patients=[patient.id],
        detail={"wish": wish.value, "called_off": len(called_off)},
    )
    return change


def _call_off(patient: Patient, *, now: datetime) -> list[UUID]:
    Message.objects.filter(patient=patient, state__in=WAITING).update(
        state=MessageState.CANCELLED, rule=Rule.NO_CONTACT, settled_at=now
    )
    waiting = Touchpoint.objects.select_for_update(no_key=True).filter(patient=patient, state__in=_OPEN).order_by("id")
    ids = [touchpoint.id for touchpoint in waiting]
    Touchpoint.objects.filter(id__in=ids).update(state=TouchpointState.CANCELLED, updated_at=now)
    return ids


def _bring_back(patient: Patient, ids: list[UUID]) -> None:
    """Where another one was made in its place meanwhile, that one stays the only one."""
    held = has_open_recovery(patient.id)
    for touchpoint in Touchpoint.objects.filter(id__in=ids, state=TouchpointState.CANCELLED):
        is_held = held and touchpoint.kind == TouchpointKind.NOTE
        touchpoint.state = TouchpointState.HELD if is_held else TouchpointState.PLANNED
        try:
            with transaction.atomic():
                touchpoint.save(update_fields=["state", "updated_at"])
        except IntegrityError as error:
            if violated(error) not in ("touchpoint_one_note_a_day", "touchpoint_one_preview_a_visit"):
                raise
