"""Every night: the practice's visits are read and fitted anew, and what that says of each patient is kept."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from core import audit
from loyalty.drifting.backtest import backtest
from loyalty.drifting.score import fitted, scored, table_of
from loyalty.drifting.visits import patient_visits
from loyalty.models import Drift, DriftFit
from loyalty.practice_zone import practice_zone
from loyalty.visits.local_time import day_of


@dataclass(frozen=True, slots=True)
class Refreshed:
    """patients: with a visit. repeat_patients: of them with two or more. is_fitted: those were enough for the model."""

    patients: int
    repeat_patients: int
    is_fitted: bool


def refresh_drift(*, now: datetime) -> Refreshed:
    """Fit the practice's visits up to its day, and put what is said of each patient in place of what was said before.

    Safe to run twice. Today's visits count: whoever is here is not drifting.
    """
    today = day_of(now, practice_zone())
    patients = patient_visits(until=today)
    table = table_of(patients, until=today)
    found = fitted(table)
    rows = scored(patients, table, found.parameters if found else None)
    kept: dict[str, Any] = {"patient_count": len(table), "repeat_count": table.repeat_patients}
    parameters: dict[str, Any] = dict.fromkeys(("k", "r", "alpha", "a", "b", "log_likelihood"))
    if found:
        parameters = {name: getattr(found.parameters, name) for name in ("k", "r", "alpha", "a", "b")}
        parameters["log_likelihood"] = found.log_likelihood
    looked_back = backtest(patients, today=today)
    kept["backtest"] = asdict(looked_back) | {"cut": looked_back.cut.isoformat()} if looked_back else None
    with transaction.atomic():
        DriftFit.objects.update_or_create(day=today, defaults={**kept, **parameters})
        Drift.objects.all().delete()
        Drift.objects.bulk_create(rows, batch_size=2000)
        audit.record("drift.scored", everyone=True, detail={"patients": len(rows), "fitted": found is not None})
    return Refreshed(len(table), table.repeat_patients, found is not None)
