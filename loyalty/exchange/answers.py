"""Answers to writes that carried a key: claimed before the write, kept with it, forgotten after two days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from core import audit
from loyalty.models import PartnerAnswer

KEPT_FOR = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Kept:
    """is_same: whether what was asked is what was asked then; if not, the rest is empty."""

    is_same: bool
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


def claim(*, application_id: UUID, key: str, digest: str, now: datetime) -> Kept | None:
    """None: the key is new and belongs to this transaction now. Waits for another one that holds it.

    Raises OperationalError where that takes longer than a lock is waited for.
    """
    row = PartnerAnswer(application_id=application_id, key=key, digest=digest, created_at=now)
    # Whoever finds the key there waits until the other one's transaction ends; if that was undone, the key is free.
    PartnerAnswer.objects.bulk_create([row], ignore_conflicts=True)
    found = PartnerAnswer.objects.get(application_id=application_id, key=key)
    if found.id == row.id:
        return None
    if found.digest != digest:
        return Kept(is_same=False)
    patients = [found.patient_id] if found.patient_id else []
    audit.record("write.answered_again", patients=patients, subject=found)
    return Kept(is_same=True, status=found.status, headers=found.headers, body=found.body)


def keep(
    *, application_id: UUID, key: str, status: int, headers: Mapping[str, str], body: str, patient_id: UUID | None
) -> None:
    """What was answered, in the transaction that claimed the key."""
    PartnerAnswer.objects.filter(application_id=application_id, key=key).update(
        status=status, headers=dict(headers), body=body, patient_id=patient_id
    )


def forget_answers(*, now: datetime) -> int:
    """Those that are old enough; returns how many."""
    return PartnerAnswer.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
