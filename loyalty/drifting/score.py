"""What the model says of each patient."""

from collections.abc import Sequence
from datetime import date, timedelta

from loyalty import drift
from loyalty.drifting.candidates import FEWEST_REPEAT
from loyalty.drifting.visits import PatientVisits
from loyalty.models import Drift, UsualFrom

YEAR = 365
# Four of five who stay have come back by then: before it, nobody is late.
LATE_LEVEL = 0.8
# Whoever came once has no rhythm yet: the service's interval, and half as much again, before they are late.
ONCE_LATE = 1.5
# Whoever has been away four times as long as usual, or two years, has gone: a call out of the blue is no kindness. But
# there is always as long to notice as it took to be late.
GONE, GONE_DAYS = 4, 730


def table_of(patients: Sequence[PatientVisits], *, until: date) -> drift.Table:
    return drift.Table.of_visits(
        [[day.toordinal() for day in one.days] for one in patients], until=float(until.toordinal())
    )


def fitted(table: drift.Table, *, prior: drift.Prior = drift.WEAK_PRIOR) -> drift.Fit | None:
    """The practice's fit toward the prior; None with fewer than 30 patients who came back."""
    return drift.fit(table, prior=prior) if table.repeat_patients >= FEWEST_REPEAT else None


def scored(patients: Sequence[PatientVisits], table: drift.Table, parameters: drift.Parameters | None) -> list[Drift]:
    """A row for each patient, unsaved. Without parameters only what their visits and services say by themselves."""
    if parameters is None:
        return [_without_model(one) for one in patients]
    usual = drift.gap_quantile(parameters, table)
    late = drift.gap_quantile(parameters, table, LATE_LEVEL)
    alive = drift.alive(parameters, table)
    chance = alive * drift.return_chance_if_active(parameters, table, YEAR)
    worth = drift.expected_visits_if_active(parameters, table, YEAR) * (1 - chance)
    rows = []
    for place, one in enumerate(patients):
        row = _without_model(one)
        if row.visits > 1 or not row.usual_from:
            # The median of somebody who comes as often, and when four of five of them are back.
            source = UsualFrom.OWN if row.visits > 1 else UsualFrom.PRACTICE
            _expect(row, days=round(usual[place]), late=round(late[place]), source=source)
        if row.visits > 1:
            row.alive = float(alive[place])
        row.return_chance, row.worth = float(chance[place]), float(worth[place])
        rows.append(row)
    return rows


def _without_model(one: PatientVisits) -> Drift:
    row = Drift(patient_id=one.patient_id, visits=len(one.days), last_on=one.days[-1])
    if row.visits == 1 and one.return_days:
        _expect(row, days=one.return_days, late=round(one.return_days * ONCE_LATE), source=UsualFrom.SERVICE)
    return row


def _expect(row: Drift, *, days: int, late: int, source: UsualFrom) -> None:
    row.usual_days, row.usual_from = max(days, 1), source
    row.expected_on = row.last_on + timedelta(days=row.usual_days)
    late = max(late, row.usual_days) + 1
    row.late_from = row.last_on + timedelta(days=late)
    row.gone_from = row.last_on + timedelta(days=max(min(GONE * row.usual_days, GONE_DAYS), 2 * late))
