"""What every change to a record leaves behind: an entry in the trail and an event for whoever needs to know."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Model

from core import audit
from core.audit.record import Detail
from core.outbox.publish import publish, publish_each


def changed(kind: str, record: Model, *, patients: Iterable[UUID] = (), detail: Detail | None = None) -> None:
    """Write both, in the current transaction. kind: "noun.past", e.g. "visit.booked". patients: whom it is about.

    Raises audit.NoAsker where nobody asks, publish.NotInTransaction outside of the change's own transaction.
    """
    whom = list(dict.fromkeys(patients))
    audit.record(kind, subject=record, patients=whom, detail=detail)
    publish(kind, record=record, **({"patients": whom} if whom else {}))


def changed_each(kind: str, *, model: type[Model], done: Sequence[tuple[UUID, UUID, Detail]]) -> None:
    """As `changed`, for records of `model` that the transaction has locked or made: two statements for all of them.

    done: of each its id, the patient that it is about, and the detail.
    """
    audit.record_each(kind, model=model, done=done)
    publish_each(kind, model=model, whom={id: patient for id, patient, _ in done})
