"""What a patient restricted and the practice agreed to: from whom their record is kept (45 CFR 164.522).

Whoever is about to give something of a patient to somebody outside asks here first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from core.errors import DomainError
from loyalty.models import Recipient, RecordRequest, RequestKind, RequestState


@dataclass(frozen=True, slots=True)
class Restriction:
    """recipient: who is not to be told. text: what they asked for, in their words. since: when it was agreed to."""

    request_id: UUID
    recipient: Recipient
    text: str
    since: date


def restrictions_of(patient_id: UUID) -> list[Restriction]:
    """Those in force, the oldest first. One query."""
    rows = _in_force().filter(patient_id=patient_id).order_by("answered_on", "id")
    return [Restriction(one.id, Recipient(one.recipient), one.text, one.answered_on or one.due_on) for one in rows]


def is_restricted(patient_id: UUID, *, to: Recipient) -> bool:
    """Whether nothing of this patient may go to `to`. One query."""
    return _in_force().filter(patient_id=patient_id, recipient__in=_counting(to)).exists()


def restricted_among(patients: Iterable[UUID], *, to: Recipient) -> set[UUID]:
    """Those of `patients` of whom nothing may go to `to`: for whoever gives out many at once. One query."""
    rows = _in_force().filter(patient_id__in=list(patients), recipient__in=_counting(to))
    return set(rows.values_list("patient_id", flat=True))


def check_may_be_told(patient_id: UUID, *, to: Recipient) -> None:
    """Raises DomainError where a restriction keeps the record from `to`."""
    if is_restricted(patient_id, to=to):
        raise DomainError(
            "disclosure_restricted",
            f"The practice agreed to keep this record from: {to.label.lower()}. Nothing is given out.",
        )


def _counting(to: Recipient) -> list[str]:
    """Restrictions that keep the record from `to`: who may tell nobody may not tell them."""
    return list(Recipient) if to == Recipient.ANYBODY else [to, Recipient.ANYBODY]


def _in_force() -> QuerySet[RecordRequest]:
    return RecordRequest.objects.filter(kind=RequestKind.RESTRICTION, state=RequestState.ACCEPTED)
