"""Every night: the practice's visits are read and fitted anew, and what that says of each patient is kept."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core import audit
from core.tenancy.scope import current_practice
from loyalty.benchmarks.sharing import may_share
from loyalty.drifting.backtest import backtest
from loyalty.drifting.candidates import drifting, left_now, seen_to
from loyalty.drifting.first_return import as_kept, first_return
from loyalty.drifting.network import estimates_of, give_estimates, prior_in_force
from loyalty.drifting.score import YEAR, fitted, scored, table_of
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

    The fit leans on the network's prior where the practice sees one, and what the practice has to give to it is given.

    Safe to run twice. Today's visits count: whoever is here is not drifting.
    """
    today = day_of(now, practice_zone())
    patients = patient_visits(until=today)
    table = table_of(patients, until=today)
    leaning = prior_in_force()
    found = fitted(table, prior=leaning.prior)
    rows = scored(patients, table, found.parameters if found else None)
    kept: dict[str, Any] = {"patient_count": len(table), "repeat_count": table.repeat_patients}
    parameters: dict[str, Any] = dict.fromkeys(("k", "r", "alpha", "a", "b", "log_likelihood"))
    if found:
        parameters = {name: getattr(found.parameters, name) for name in ("k", "r", "alpha", "a", "b")}
        parameters["log_likelihood"] = found.log_likelihood
    kept["prior_month"] = leaning.month if found else None
    looked_back = backtest(patients, today=today, prior=prior_in_force(on=now - timedelta(days=YEAR)).prior)
    kept["backtest"] = asdict(looked_back) | {"cut": looked_back.cut.isoformat()} if looked_back else None
    kept["first_return"] = as_kept(first_return(patients, today=today))
    practice = current_practice()
    estimates = estimates_of(table) if may_share(practice) else None
    with transaction.atomic():
        DriftFit.objects.update_or_create(day=today, defaults={**kept, **parameters})
        Drift.objects.all().delete()
        Drift.objects.bulk_create(rows, batch_size=2000)
        waiting = drifting(today=today).exclude(left_now(today=today)).exclude(seen_to(now=now)).count()
        DriftFit.objects.filter(day=today).update(late_count=waiting)
        give_estimates(practice=practice, made=estimates, now=now)
        audit.record("drift.scored", everyone=True, detail={"patients": len(rows), "fitted": found is not None})
    return Refreshed(len(table), table.repeat_patients, found is not None)
