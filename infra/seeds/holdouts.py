"""Hold-outs of the demo: one of cards that is over, one of notes that runs; the lots are the product's own."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from infra.seeds.draw import stream
from infra.seeds.ids import Mint
from infra.seeds.local_days import seconds_of
from infra.seeds.members import Member
from infra.seeds.plan import Plan
from infra.seeds.tables import Table, copy_all
from loyalty.holdouts.contribute import contribute
from loyalty.holdouts.counted import seen
from loyalty.holdouts.draw import held_out
from loyalty.models import Holdout, HoldoutPatient, Touchpoint, TouchpointKind
from tenants.models import Practice

# Of cards the network has a result to show, so everybody who shares figures tried it; notes are tried by a few.
RUNNING = 3


@dataclass(frozen=True, slots=True)
class _Tried:
    kind: TouchpointKind
    percent: int
    outcome_days: int
    began: int
    lasts: int


_OVER = _Tried(TouchpointKind.OCCASION, percent=20, outcome_days=90, began=470, lasts=365)
_RUNS = _Tried(TouchpointKind.NOTE, percent=10, outcome_days=120, began=160, lasts=365)


def hold_out(member: Member, plan: Plan, practice: Practice) -> None:
    """Inside the practice, whose story is told: take away what the held out would not have got."""
    mint = Mint(stream(plan.seed, member.slug, "holdouts"))
    if member.agreed and not member.late:
        over = _try(_OVER, plan, mint)
        found = seen(over, today=over.ends_on + timedelta(days=1))
        Holdout.objects.filter(id=over.id).update(
            closed_at=datetime.combine(over.ends_on + timedelta(days=1), time(9), tzinfo=UTC),
            contacted=found.contacted.known,
            contacted_returned=found.contacted.returned,
            held=found.held.known,
            held_returned=found.held.returned,
            held_crossed=found.held.reached,
        )
        contribute(practice.ref, over, found)
    if member in plan.members[:RUNNING]:
        _try(_RUNS, plan, mint)


def _try(tried: _Tried, plan: Plan, mint: Mint) -> Holdout:
    starts = plan.now.date() - timedelta(days=tried.began)
    at = seconds_of(datetime.combine(starts, time(17), tzinfo=UTC))
    key = mint.at(at)
    holdout = Holdout(
        id=UUID(key),
        kind=tried.kind,
        percent=tried.percent,
        outcome_days=tried.outcome_days,
        least_effect=10,
        starts_on=starts,
        ends_on=starts + timedelta(days=tried.lasts),
        salt=mint.at(at),
    )
    Holdout.objects.bulk_create([holdout])
    joined = _joined(starts, min(plan.now.date(), holdout.ends_on - timedelta(days=tried.outcome_days)))
    lots = held_out(holdout.salt.encode(), [patient.bytes for patient, _, _ in joined], percent=tried.percent).tolist()
    rows = Table(HoldoutPatient, "id created_at updated_at holdout_id patient_id visit_id day is_held")
    for (patient, visit, day), out in zip(joined, lots, strict=True):
        # Of what was planned after the lot was drawn one tells who was contacted: lots are as old as the story says.
        drawn = seconds_of(datetime.combine(day, time(), tzinfo=UTC))
        rows.add(mint.at(at), drawn, drawn, key, patient, visit, day.toordinal(), out)
    with connection.cursor() as cursor:
        copy_all([rows], cursor)
    _take_back(holdout)
    return holdout


def _take_back(holdout: Holdout) -> None:
    """What was planned for the held out while the hold-out ran; with all that hangs on it."""
    since = HoldoutPatient.objects.filter(holdout=holdout, is_held=True, patient=OuterRef("patient"))
    planned = Touchpoint.objects.filter(kind=holdout.kind, day__lte=holdout.ends_on)
    planned.filter(Exists(since.filter(day__lte=OuterRef("day")))).delete()


def _joined(first: date, last: date) -> list[tuple[UUID, UUID, date]]:
    """Whose first completed visit lies between the days: patient, visit and day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (v.patient_id) v.patient_id, v.id, v.day FROM loyalty_visit v"
            " JOIN loyalty_patient p ON p.id = v.patient_id AND NOT p.no_contact AND NOT p.deceased"
            " AND p.merged_into_id IS NULL"
            " WHERE v.status = 'completed' AND NOT v.is_history AND v.day BETWEEN %s AND %s"
            " ORDER BY v.patient_id, v.day, v.starts_at",
            [first, last],
        )
        return [(patient, visit, day) for patient, visit, day in cursor.fetchall()]
