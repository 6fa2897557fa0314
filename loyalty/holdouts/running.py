"""The hold-outs that withhold a contact today: told where somebody would look for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from loyalty.models import Holdout, TouchpointKind


@dataclass(frozen=True, slots=True)
class Running:
    """percent of the patients go without until a day."""

    kind: TouchpointKind
    percent: int
    until: date


def running(kinds: Collection[TouchpointKind], *, today: date) -> list[Running]:
    """Those of these kinds. One query, of no patient."""
    found = Holdout.objects.filter(kind__in=kinds, closed_at__isnull=True, starts_on__lte=today, ends_on__gte=today)
    rows = found.order_by("kind").values_list("kind", "percent", "ends_on")
    return [Running(TouchpointKind(kind), percent, until) for kind, percent, until in rows]
