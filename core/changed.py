"""What every change to a record leaves behind: an entry in the trail and an event for whoever needs to know."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model

from core import audit
from core.audit.record import Detail
from core.outbox.publish import publish


def changed(kind: str, record: Model, *, patients: Iterable[UUID] = (), detail: Detail | None = None) -> None:
    """Write both, in the current transaction. kind: "noun.past", e.g. "visit.booked". patients: whom it is about.

    Raises audit.NoAsker where nobody asks, publish.NotInTransaction outside of the change's own transaction.
    """
    whom = list(dict.fromkeys(patients))
    audit.record(kind, subject=record, patients=whom, detail=detail)
    publish(kind, record=record, **({"patients": whom} if whom else {}))
