"""Which version of a program rules which period: the newest that began by the period's first day, and of those of one
day the one with the highest number. Programs of unsigned contracts have none: nobody promised anything yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from billing.purchasing.accrual import Measured, Period
from billing.purchasing.models import Covers, ProgramVersion, RebateProgram
from billing.purchasing.programs.periods import is_between_periods, month_firsts, period_of
from billing.purchasing.programs.schedule_of import schedule_of
from billing.purchasing.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one program in one period. item_ids: those that are left out, or where it covers listed ones
    only, those that count."""

    version: ProgramVersion
    period: Period
    schedule: Schedule
    measured: Measured
    covers: Covers
    item_ids: frozenset[UUID]

    def counts(self, item_id: UUID | None) -> bool:
        """Whether a line of that item does. None: a line that stands in no catalog."""
        match self.covers:
            case Covers.LISTED:
                return item_id in self.item_ids
            case Covers.CATALOG:
                return item_id is not None and item_id not in self.item_ids
            case Covers.EVERYTHING:
                return item_id not in self.item_ids


def rules_for(program: RebateProgram, period: Period) -> Rules | None:
    """Of `period`, which must be one of the program's own; None where it has no such period."""
    rules = rules_of([program], period.first).get(program.pk)
    return rules if rules is not None and rules.period == period else None


def rules_of(programs: Iterable[RebateProgram], first: date) -> dict[UUID, Rules]:
    """Of the periods that begin on `first`, by the program's id, in three statements however many they are. A program
    of which none begins that day is not in it."""
    return {key: rules for key, rules in rules_on(programs, first).items() if rules.period.first == first}


def rules_on(programs: Iterable[RebateProgram], day: date) -> dict[UUID, Rules]:
    """Of the periods that `day` is in, whenever they began: as `rules_of`."""
    # No version takes over in the middle of another's period (write_version): whichever rules the day rules its period.
    newest = _versions(programs).filter(from_day__lte=day).distinct("program_id")
    return {version.program_id: _rules(version, day) for version in newest}


def rules_between(programs: Iterable[RebateProgram], first: date, last: date) -> list[Rules]:
    """Of all periods that begin on one of these days, in the order of their days; in three statements."""
    versions = list(_versions(programs).filter(from_day__lte=last))
    found: list[Rules] = []
    for month in month_firsts(first, last):
        seen: set[UUID] = set()
        for version in versions:
            if version.from_day > month or version.program_id in seen:
                continue
            seen.add(version.program_id)
            if is_between_periods(month, version.every, month=version.from_day.month):
                found.append(_rules(version, month))
    return found


def _versions(programs: Iterable[RebateProgram]) -> QuerySet[ProgramVersion]:
    """Of each program, the one that goes before the others first."""
    return (
        ProgramVersion.objects.filter(
            program__in=[program.pk for program in programs], program__contract__signed_on__isnull=False
        )
        .order_by("program_id", "-from_day", "-number")
        .prefetch_related("tiers", "items")
    )


def _rules(version: ProgramVersion, day: date) -> Rules:
    return Rules(
        version=version,
        period=period_of(version.every, day, month=version.from_day.month),
        schedule=schedule_of(version),
        measured=Measured(version.measured),
        covers=Covers(version.covers),
        item_ids=frozenset(one.item_id for one in version.items.all()),
    )
