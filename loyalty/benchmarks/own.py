"""A practice's own figures of one metric: two years of them, apart by mode, place, person and service."""

from dataclasses import dataclass
from datetime import date, datetime

from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.figure import Figure
from loyalty.metrics.slices import SLICED, By, Slice, slices
from loyalty.metrics.stored import as_figures
from loyalty.metrics.windows import Month
from loyalty.models import Figure as FigureRow
from loyalty.models import FormerFigure

TREND_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Course:
    """The figures of one definition, month by month; None where it is absent."""

    definition: Definition
    figures: list[Figure | None]


@dataclass(frozen=True, slots=True)
class Correction:
    """A closed month that was counted differently later. value: before."""

    month: date
    version: int
    value: float
    replaced_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Own:
    """months: the latest 24 that were counted, oldest first; figures: one for each. apart: by how answers were given.

    slices: None where the metric is not about single visits.
    """

    definition: Definition
    months: list[Month]
    figures: list[Figure | None]
    apart: list[Course]
    slices: list[Slice] | None
    corrections: list[Correction]


def own_figures(*, key: str, by: By) -> Own | None:
    """Of the practice that the caller has entered; None where there is no such metric. At most five queries."""
    definition = DEFINITIONS.get(key)
    if definition is None:
        return None
    last = FigureRow.objects.order_by("-month").values_list("month", flat=True).first()
    months = [Month.of(last).shifted(-back) for back in reversed(range(TREND_MONTHS))] if last else []
    apart = [DEFINITIONS[one] for mode in ("kiosk", "link") if (one := f"{key}_{mode}") in DEFINITIONS]
    keys = [key, *(one.key for one in apart)]
    kept = as_figures(FigureRow.objects.filter(metric__in=keys, month__gte=months[0].first) if months else [])
    return Own(
        definition=definition,
        months=months,
        figures=[kept.get((key, month)) for month in months],
        apart=[Course(one, [kept.get((one.key, month)) for month in months]) for one in apart],
        slices=(slices(key=key, by=by, months=months) if months else []) if key in SLICED else None,
        corrections=_corrections(key),
    )


def _corrections(key: str) -> list[Correction]:
    return [
        Correction(row.month, row.version, row.value, row.replaced_at, row.why)
        for row in FormerFigure.objects.filter(metric=key).order_by("-replaced_at", "-month")[:12]
    ]
