"""Who sent a patient to us: noted, changed, removed."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.given_text import given_text, is_visible
from core.violated import violated
from loyalty.family.locked import locked
from loyalty.models import Referral
from loyalty.practice_zone import practice_zone

_NAME = 120
_CIRCLE = "They were sent by this patient, directly or through others: nobody is sent by somebody they sent."


def note_referral(
    *, patient_id: UUID, referrer_id: UUID | None = None, referrer_name: str = "", now: datetime
) -> Referral:
    """Another patient, or a name; what was noted before is replaced. Raises NotFound, Conflict, DomainError."""
    name = given_text(referrer_name, what="The name", field="name", limit=_NAME)
    if referrer_id is None and not is_visible(name):
        raise DomainError("referrer_missing", "Choose a patient, or write the name of who sent them.", field="name")
    if referrer_id == patient_id:
        raise DomainError("referral_oneself", "Nobody sends themself. Choose somebody else.")
    try:
        with transaction.atomic():
            locked(patient_id, *([referrer_id] if referrer_id else []))
            today = now.astimezone(practice_zone()).date()
            before = Referral.objects.filter(patient_id=patient_id).first()
            referral = before or Referral(patient_id=patient_id, on=today)
            # Thanks that were said to somebody else are not said to this one.
            if referral.referrer_id != referrer_id:
                referral.thanks = referral.thanked_at = None
            referral.referrer_id, referral.referrer_name = referrer_id, "" if referrer_id else name
            referral.save()
            changed("referral.noted", referral, patients=[patient_id, *([referrer_id] if referrer_id else [])])
            return referral
    except IntegrityError as error:
        if violated(error) != "referral_no_circle":
            raise
        raise DomainError("referral_circle", _CIRCLE) from None


def remove_referral(*, patient_id: UUID) -> None:
    """Raises NotFound for the patient, Conflict where nobody is noted any more."""
    with transaction.atomic():
        locked(patient_id)
        referral = Referral.objects.filter(patient_id=patient_id).first()
        if referral is None:
            raise Conflict("referral_gone", "Nobody is noted as having sent them any more.")
        about = [patient_id, *([referral.referrer_id] if referral.referrer_id else [])]
        changed("referral.removed", referral, patients=about)
        referral.delete()
