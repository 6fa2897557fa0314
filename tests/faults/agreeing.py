"""What must agree: the rows that are there, the trail of how they came, and the events that tell of it."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from django.db.models import Model, QuerySet

from core.audit.models import Entry
from core.audit.read import LOOKING
from core.outbox.models import Event
from loyalty.models import (
    Feedback,
    Patient,
    Recovery,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    Visit,
    VisitSource,
    VisitStatus,
)

# By what happened, the rows to which it happened, told by nothing but the rows themselves.
ROWS: dict[str, Callable[[], QuerySet]] = {
    "patient.enrolled": lambda: Patient.objects.all(),
    "visit.begun": lambda: Visit.objects.filter(source=VisitSource.WALK_IN),
    "visit.booked": lambda: Visit.objects.filter(source=VisitSource.BOOKED),
    "visit.moved": lambda: Visit.objects.filter(source=VisitSource.BOOKED, starts_at__minute=MOVED_TO_MINUTE),
    "visit.cancelled": lambda: Visit.objects.filter(status=VisitStatus.CANCELLED),
    "visit.arrived": lambda: Visit.objects.filter(source=VisitSource.BOOKED, arrived_at__isnull=False),
    "visit.completed": lambda: Visit.objects.filter(status=VisitStatus.COMPLETED),
    "feedback.received": lambda: Feedback.objects.all(),
    "recovery.opened": lambda: Recovery.objects.all(),
    "note.written": lambda: Touchpoint.objects.filter(kind=TouchpointKind.NOTE, state=TouchpointState.DONE),
}
KINDS = tuple(ROWS)
# The desk books on the hour and moves to this minute, so that a row shows whether it was moved.
MOVED_TO_MINUTE = 30

Things = Counter[tuple[str, UUID]]


def rows() -> Things:
    return Counter((kind, row.pk) for kind, query in ROWS.items() for row in query())


def entries() -> Things:
    """Everything that people changed, as the trail has it."""
    looked = tuple(f".{word}" for word in LOOKING)
    changes = Entry.objects.filter(asker_kind="person", outcome="done")
    return Counter((one.verb, one.subject_id) for one in changes if not one.verb.endswith(looked))


def events() -> Things:
    return Counter((one.kind, one.record_id) for one in Event.objects.all())


def entries_that_name_another_patient() -> list[Entry]:
    """Entries that do not say whom the row is about."""
    whose: dict[UUID, UUID] = {}
    for model in (Visit, Feedback, Recovery, Touchpoint):
        whose.update(model.objects.values_list("pk", "patient_id"))
    changes = Entry.objects.filter(verb__in=KINDS)
    return [one for one in changes if one.patients != [whose.get(one.subject_id, one.subject_id)]]


def without_what_belongs_to_it() -> list[Model]:
    """Visits that lack what is planned in their own transaction, and plans without their visit's change."""
    noted = Touchpoint.objects.filter(kind=TouchpointKind.NOTE).values("visit")
    previewed = Touchpoint.objects.filter(kind=TouchpointKind.PREVIEW).values("visit")
    completed = Visit.objects.filter(status=VisitStatus.COMPLETED)
    booked = Visit.objects.filter(source=VisitSource.BOOKED)
    return [
        *completed.exclude(pk__in=noted),
        *booked.exclude(pk__in=previewed),
        *Touchpoint.objects.filter(kind=TouchpointKind.NOTE).exclude(visit__in=completed),
    ]


def heard(file: Path) -> list[tuple[int, UUID]]:
    """Number and record of each event as the consumer was told, in that order, repetitions included."""
    lines = [line.split() for line in file.read_text().splitlines()]
    return [(int(number), UUID(record)) for number, record, _kind in lines]


def out_of_order(told: Iterable[tuple[int, UUID]]) -> list[tuple[int, UUID]]:
    """What was told after a later event of the same record."""
    latest: dict[UUID, int] = {}
    late = []
    for number, record in told:
        if number < latest.get(record, 0):
            late.append((number, record))
        latest[record] = max(number, latest.get(record, 0))
    return late
