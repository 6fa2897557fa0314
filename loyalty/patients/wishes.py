"""How a patient wants confidential contact, or none at all. What that stops, stops in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from core import audit
from core.changed import changed_each
from core.copying import copy_rows
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
_COLUMNS = ("id", "patient_id", "wish", "is_on", "at", "by_person_id", "called_off")
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
    check_died_on(deceased_on, has_died=wishes.get(Wish.DECEASED, False), now=now)
    with transaction.atomic():
        patient = locked_patient(patient_id)
        check_unchanged(was=was, now=wishes_as_text(patient), words={wish.value: wish.label for wish in Wish})
        differ = {wish: is_on for wish, is_on in wishes.items() if getattr(patient, wish.value) != is_on}
        for wish, is_on in differ.items():
            setattr(patient, wish.value, is_on)
        if Wish.DECEASED in wishes:
            patient.deceased_on = deceased_on if wishes[Wish.DECEASED] else None
        patient.save(update_fields=[*(wish.value for wish in Wish), "deceased_on", "updated_at"])
        return write_down([(patient.id, *one) for one in differ.items()], by_person_id=by_person_id, now=now)


def check_died_on(day: date | None, *, has_died: bool, now: datetime) -> None:
    """Raises DomainError for the day of a death that is not noted, or for one that is ahead."""
    if day is not None and not has_died:
        raise DomainError("deceased_on_alone", "Leave the day out, or note that they have died.", field="deceased_on")
    if day is not None and day > now.date():
        raise DomainError("deceased_ahead", "Choose a day that is not ahead.", field="deceased_on")


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
        setattr(patient, change.wish, False)
        if change.wish == Wish.DECEASED:
            patient.deceased_on = None
        patient.save(update_fields=[change.wish, "deceased_on", "updated_at"])
        (back,) = write_down([(patient.id, Wish(change.wish), False)], by_person_id=by_person_id, now=now)
        if patient.may_be_contacted:
            _bring_back(patient, change.called_off)
        return back


def write_down(
    noted: Sequence[tuple[UUID, Wish, bool]], *, by_person_id: UUID | None, now: datetime
) -> list[WishChange]:
    """What follows from wishes that were just set on patients, or taken back: in a few statements for all of them.

    noted: patient, wish, and whether it is so now. The caller has locked the patients, and writes them.
    """
    if not noted:
        return []
    ends = [patient_id for patient_id, wish, is_on in noted if is_on and wish in ENDS_CONTACT]
    called_off = _call_off(ends, now=now) if ends else {}
    changes = [
        WishChange(
            patient_id=patient_id,
            wish=wish,
            is_on=is_on,
            at=now,
            by_person_id=by_person_id,
            # The first that ends all contact has called off everything.
            called_off=called_off.pop(patient_id, []) if is_on and wish in ENDS_CONTACT else [],
        )
        for patient_id, wish, is_on in noted
    ]
    # Thousands at once come by the API; one by one they take longer than everything else about their patients.
    copy_rows(WishChange, _COLUMNS, [tuple(getattr(one, name) for name in _COLUMNS) for one in changes], now=now)
    changed_each("wish.noted", model=WishChange, done=[_told(one) for one in changes if one.is_on])
    changed_each("wish.dropped", model=WishChange, done=[_told(one) for one in changes if not one.is_on])
    return changes


def _told(change: WishChange) -> tuple[UUID, UUID, audit.Detail]:
    return change.id, change.patient_id, {"wish": str(change.wish), "called_off": len(change.called_off)}


def _call_off(patient_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, list[UUID]]:
    """The touchpoints that were, of each patient."""
    Message.objects.filter(patient__in=patient_ids, state__in=WAITING).update(
        state=MessageState.CANCELLED, rule=Rule.NO_CONTACT, settled_at=now
    )
    of_patients = Touchpoint.objects.select_for_update(no_key=True).filter(patient__in=patient_ids, state__in=_OPEN)
    waiting: dict[UUID, list[UUID]] = {}
    for id, patient_id in of_patients.order_by("id").values_list("id", "patient_id"):
        waiting.setdefault(patient_id, []).append(id)
    ids = [id for of_one in waiting.values() for id in of_one]
    Touchpoint.objects.filter(id__in=ids).update(state=TouchpointState.CANCELLED, updated_at=now)
    return waiting


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
