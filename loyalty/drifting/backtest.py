"""The honest look back: what the model would have said a year ago, against what happened since."""

from datetime import date, timedelta

import numpy as np

from loyalty import drift
from loyalty.drifting.look_back import Backtest, Group
from loyalty.drifting.score import YEAR, fitted, table_of
from loyalty.drifting.visits import PatientVisits
from loyalty.metrics.intervals import wilson

# Groups by what was said, from "hardly" to "surely".
GROUPS = 8
# A smaller group says nothing.
SMALLEST = 30


def backtest(patients: list[PatientVisits], *, today: date, prior: drift.Prior = drift.WEAK_PRIOR) -> Backtest | None:
    """As of 365 days before `today`. None where too few had come back by then to say anything."""
    cut = today - timedelta(days=YEAR)
    before = [
        PatientVisits(one.patient_id, known, one.return_days)
        for one in patients
        if (known := tuple(day for day in one.days if day <= cut))
    ]
    after = np.array([sum(day > cut for day in one.days) for one in patients if one.days[0] <= cut])
    table = table_of(before, until=cut)
    found = fitted(table, prior=prior)
    if found is None:
        return None
    said = drift.return_chance(found.parameters, table, YEAR)
    visits = drift.expected_visits(found.parameters, table, YEAR)
    number = min(GROUPS, len(before) // SMALLEST)
    parts = np.array_split(np.argsort(said, kind="stable"), max(number, 1))
    groups = []
    for part in parts:
        came = int((after[part] > 0).sum())
        interval = wilson(came, part.size)
        groups.append(Group(part.size, float(said[part].mean()), came / part.size, interval.low, interval.high))
    return Backtest(
        cut=cut,
        patients=len(before),
        returned_said=float(said.sum()),
        returned=int((after > 0).sum()),
        visits_said=float(visits.sum()),
        visits=int(after.sum()),
        groups=tuple(groups),
    )
