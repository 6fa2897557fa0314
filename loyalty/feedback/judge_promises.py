"""The patient says of each promise whether it was kept: part of an answer, in its transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from core.changed import changed
from core.errors import DomainError
from loyalty.models import Promise, Visit


def judge_promises(visit: Visit, *, judged: Mapping[UUID, str], at: datetime) -> None:
    """`judged`: id → "yes", "partly" or "no". What was said before stays: the first word is theirs, too.

    Raises DomainError for a promise of another visit, and for a word that is none of the three.
    """
    if not judged:
        return
    if any(kept not in Promise.Kept.values for kept in judged.values()):
        raise DomainError("kept_unknown", "Choose yes, partly or no.", field="promises")
    made = {one.id: one for one in Promise.objects.select_for_update(of=("self",)).filter(visit=visit)}
    if judged.keys() - made.keys():
        raise DomainError("promise_of_another_visit", "This was promised for another visit.", field="promises")
    for id, kept in judged.items():
        promise = made[id]
        if promise.answered_at is not None:
            continue
        promise.kept, promise.answered_at = kept, at
        promise.save(update_fields=["kept", "answered_at", "updated_at"])
        changed("promise.answered", promise, patients=[visit.patient_id])
