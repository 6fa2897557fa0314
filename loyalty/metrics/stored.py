"""Figures as rows of the practice's own schema, and back."""

from collections.abc import Iterable
from datetime import datetime
from math import inf, isfinite

from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.figure import Figure
from loyalty.metrics.windows import Month
from loyalty.models import Figure as FigureRow

_SAME_NAME = ("numerator", "denominator", "n", "patients", "value", "low", "design_effect", "detractors")


def as_row(figure: Figure, month: Month, *, now: datetime) -> FigureRow:
    """An unsaved row."""
    return FigureRow(
        metric=figure.definition.key,
        definition_version=figure.definition.version,
        month=month.first,
        high=figure.high if isfinite(figure.high) else None,
        computed_at=now,
        **{name: getattr(figure, name) for name in _SAME_NAME},
    )


def as_figures(rows: Iterable[FigureRow]) -> dict[tuple[str, Month], Figure]:
    """Figures by metric and month. A row of a metric, or of a version of one, that is no longer defined is left out."""
    return {
        (row.metric, Month.of(row.month)): Figure(
            definition=DEFINITIONS[row.metric],
            high=inf if row.high is None else row.high,
            **{name: getattr(row, name) for name in _SAME_NAME},
        )
        for row in rows
        if row.metric in DEFINITIONS and DEFINITIONS[row.metric].version == row.definition_version
    }


def differs(row: FigureRow, before: FigureRow | None) -> bool:
    """Whether a row says anything else than the one before it."""
    if before is None:
        return True
    names = ("definition_version", "high", *_SAME_NAME)
    return any(getattr(row, name) != getattr(before, name) for name in names)
