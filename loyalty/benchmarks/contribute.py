"""Compute a practice's figures inside its own schema, and contribute the aggregates that may leave it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min

from core import audit
from core.tenancy.scope import PracticeRef
from loyalty.benchmarks.correct import correct
from loyalty.benchmarks.disclosure import may_contribute
from loyalty.benchmarks.models import Contribution, LastContribution
from loyalty.benchmarks.quality import share_quality
from loyalty.benchmarks.sharing import may_share
from loyalty.metrics.compute import compute
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.figure import Figure
from loyalty.metrics.stored import as_figures, as_row, differs
from loyalty.metrics.windows import Month, last_closed_month, months_to_compute
from loyalty.models import Figure as FigureRow
from loyalty.models import Location, Visit, VisitStatus

Found = dict[Month, dict[str, Figure]]

# What the nightly job looks at again; older months change only by an import.
HISTORY_MONTHS = 36
# Everything: no practice remembers more. A century of months costs little, because a practice is read once.
WHOLE_HISTORY_MONTHS = 1500


@dataclass(frozen=True, slots=True)
class Refreshed:
    """months: computed. figures: the practice now has for them. contributions: of them the network now has."""

    months: int
    figures: int
    contributions: int


def refresh(*, practice: PracticeRef, now: datetime, reach: int = HISTORY_MONTHS) -> Refreshed:
    """Bring the figures and contributions of the latest `reach` closed months up to date, in the practice's scope.

    Safe to run twice: what has not changed is not written. A practice without a signed data-aggregation clause keeps
    its figures to itself, and what it had contributed before is withdrawn.
    """
    zones = {ZoneInfo(name) for name in Location.objects.values_list("time_zone", flat=True)}
    if not zones:
        return Refreshed(0, 0, 0)
    first_day = Visit.objects.filter(status=VisitStatus.COMPLETED).aggregate(first=Min("day"))["first"]
    months = months_to_compute(first_day=first_day, now=now, zones=zones, at_most=reach)
    # Older figures stand. Within this reach those that are absent now go, also from before what is now the first visit.
    last = last_closed_month(now=now, zones=zones)
    since = last.shifted(1 - reach).first
    found = _as_found_once(compute(months=months), since)
    with transaction.atomic():
        figures = _keep(found, since, now)
        contributions = _contribute(practice, found, since, now)
        if may_share(practice):
            share_quality(practice=practice, last=last, now=now)
        audit.record("figures.computed", everyone=True, detail={"months": len(months), "figures": figures})
    return Refreshed(len(months), figures, contributions)


def _as_found_once(found: Found, since: date) -> Found:
    """Of metrics that are read off what is on file today: what was counted stands, and only the last month is new.

    Unless other people than before are counted in it: then it is counted again.
    """
    keys = {definition.key for definition in DEFINITIONS.values() if definition.as_found}
    kept = as_figures(FigureRow.objects.filter(metric__in=keys, month__gte=since))
    last = max(found, default=None)
    once: Found = {}
    for month, figures in found.items():
        once[month] = {key: figure for key, figure in figures.items() if key not in keys}
        # Without anybody who came in it a month has none of them.
        for key in keys if "active_patients" in figures else ():
            now, before = figures.get(key), kept.get((key, month))
            if before is not None and (month != last or now is None or before.denominator == now.denominator):
                once[month][key] = before
            elif month == last and now is not None:
                once[month][key] = now
    return once


def _keep(found: Found, since: date, now: datetime) -> int:
    """Write the practice's own figures; delete those that are absent now. What they said before is kept, with why."""
    rows = [as_row(figure, month, now=now) for month, figures in found.items() for figure in figures.values()]
    before = {(row.metric, row.month): row for row in FigureRow.objects.filter(month__gte=since)}
    changed = [row for row in rows if differs(row, before.get((row.metric, row.month)))]
    gone = before.keys() - {(row.metric, row.month) for row in rows}
    correct(changed, before=before, gone=gone, now=now)
    FigureRow.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["metric", "month"],
        update_fields=_changing(FigureRow, {"metric", "month"}),
    )
    FigureRow.objects.filter(id__in=[before[key].id for key in gone]).delete()
    return len(rows)


def _contribute(practice: PracticeRef, found: Found, since: date, now: datetime) -> int:
    contributed = Contribution.objects.filter(practice_id=practice.id)
    if not may_share(practice):
        contributed.delete()
        return 0
    rows = [
        Contribution(
            practice_id=practice.id,
            metric=figure.definition.key,
            definition_version=figure.definition.version,
            month=month.first,
            numerator=figure.numerator,
            denominator=figure.denominator,
            n=figure.patients,
            value=figure.value,
            computed_at=now,
        )
        for month, figures in found.items()
        for figure in figures.values()
        if figure.definition.released and may_contribute(denominator=figure.denominator, patients=figure.patients)
    ]
    before = {(row.metric, row.month): row for row in contributed.filter(month__gte=since)}
    Contribution.objects.bulk_create(
        [row for row in rows if _differs(row, before.get((row.metric, row.month)))],
        update_conflicts=True,
        unique_fields=["practice", "metric", "month"],
        update_fields=_changing(Contribution, {"practice", "metric", "month"}),
    )
    gone = before.keys() - {(row.metric, row.month) for row in rows}
    contributed.filter(id__in=[before[key].id for key in gone]).delete()
    if rows:
        _note_last(practice, max(row.month for row in rows), now)
    return len(rows)


def _note_last(practice: PracticeRef, month: date, now: datetime) -> None:
    """Up to which month the practice contributes: all that the network sees of it by itself."""
    if not LastContribution.objects.filter(practice_id=practice.id, month=month).exists():
        LastContribution.objects.update_or_create(practice_id=practice.id, defaults={"month": month, "at": now})


def _differs(row: Contribution, before: Contribution | None) -> bool:
    if before is None:
        return True
    names = ("definition_version", "numerator", "denominator", "n", "value")
    return any(getattr(row, name) != getattr(before, name) for name in names)


def _changing(model: type[FigureRow] | type[Contribution], fixed: set[str]) -> list[str]:
    """The columns a conflict overwrites: all but the key and when the row was first written."""
    return [f.name for f in model._meta.concrete_fields if f.name not in fixed | {"id", "created_at"}]
