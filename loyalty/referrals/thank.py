"""Thanking whoever sent somebody: with a handwritten note, or in person; never with a reward."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.family.locked import locked
from loyalty.models import Referral, StaffRole, Touchpoint, TouchpointChannel, TouchpointKind
from loyalty.models import TouchpointState as State
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.hold import has_open_recovery

WITHIN = timedelta(hours=48)


def plan_thanks(*, referral_id: UUID, now: datetime) -> Touchpoint:
    """A note to the referrer waits to be written; one that waits already is used.

    Raises NotFound, Conflict, DomainError.
    """
    with transaction.atomic():
        referral = _locked(referral_id)
        referrer = referral.referrer
        if referrer is None:
            raise DomainError("referrer_is_no_patient", "They are no patient, so thank them in person.")
        if not referrer.may_be_contacted:
            raise DomainError("patient_not_contacted", f"{referrer.display_name} must not be contacted.")
        note = _note_to(referrer.id, now=now)
        referral.thanks = note
        referral.save(update_fields=["thanks", "updated_at"])
        changed("referral.thanks_planned", referral, patients=[referral.patient_id, referrer.id])
        return note


def thanked(*, referral_id: UUID, now: datetime) -> Referral:
    """It was said in person. Raises NotFound, Conflict."""
    with transaction.atomic():
        referral = _locked(referral_id)
        referral.thanked_at = now
        referral.save(update_fields=["thanked_at", "updated_at"])
        about = [referral.patient_id, *([referral.referrer_id] if referral.referrer_id else [])]
        changed("referral.thanked", referral, patients=about)
        return referral


def _locked(referral_id: UUID) -> Referral:
    found = Referral.objects.filter(id=referral_id).values_list("patient_id", "referrer_id").first()
    if found is None:
        raise NotFound("referral_not_found", "This is not on file any more.")
    locked(*(id for id in found if id))
    referral = Referral.objects.select_related("referrer", "thanks").get(id=referral_id)
    waits = referral.thanks is not None and referral.thanks.state in (State.PLANNED, State.HELD, State.DONE)
    if referral.thanked_at is not None or waits:
        raise Conflict("referral_thanked", "They are thanked for it already, or a note waits to be written.")
    return referral


def _note_to(referrer_id: UUID, *, now: datetime) -> Touchpoint:
    """One note a day: what waits for that day is used, and a day with a note that is done is left out."""
    day = now.astimezone(practice_zone()).date()
    notes = Touchpoint.objects.filter(patient_id=referrer_id, kind=TouchpointKind.NOTE)
    waiting = notes.filter(state__in=(State.PLANNED, State.HELD)).order_by("due_at", "id").first()
    if waiting is not None:
        return waiting
    taken = set(notes.exclude(state=State.CANCELLED).filter(day__gte=day).values_list("day", flat=True))
    while day in taken:
        day += timedelta(days=1)
    held = has_open_recovery(referrer_id)
    return Touchpoint.objects.create(
        patient_id=referrer_id,
        kind=TouchpointKind.NOTE,
        channel=TouchpointChannel.CARD,
        state=State.HELD if held else State.PLANNED,
        day=day,
        due_at=now + WITHIN,
        role=StaffRole.PROVIDER,
    )
