"""How many come, and how many do not."""

from collections.abc import Iterator

import numpy as np

from loyalty.metrics import figure
from loyalty.metrics.counting.counted import Counted, Series
from loyalty.metrics.counting.grouped import grouped
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.intervals import ClusterSums
from loyalty.metrics.rolling import rolling_count, rolling_sums


def size(counted: Counted) -> Iterator[Series]:
    sums = _sums(counted)
    yield visits(counted, sums)
    yield active_patients(counted, sums)
    new = DEFINITIONS["new_patients"]
    first = rolling_count(counted.span.slots_of(counted.days.day[counted.first_ever]), counted.span).tolist()
    yield new, [figure.count(new, number, patients=number) for number in first]
    yield _no_shows(counted)


def visits(counted: Counted, sums: list[ClusterSums] | None = None) -> Series:
    definition = DEFINITIONS["visits"]
    return definition, [
        figure.count(definition, s.trials, patients=s.patients, squared=s.trials_squared)
        for s in sums or _sums(counted)
    ]


def active_patients(counted: Counted, sums: list[ClusterSums] | None = None) -> Series:
    definition = DEFINITIONS["active_patients"]
    return definition, [figure.count(definition, s.patients, patients=s.patients) for s in sums or _sums(counted)]


def _sums(counted: Counted) -> list[ClusterSums]:
    days, span = counted.days, counted.span
    return rolling_sums(days.patient, span.slots_of(days.day), np.ones_like(days.day), span)


def _no_shows(counted: Counted) -> Series:
    """Who did not come and was seen later that day did come.

    A practice whose imported history has no no-shows did not keep them: its history would look too good.
    """
    visits, began = counted.records.visits, counted.records.began
    kept = (visits.completed | visits.no_show) & (~visits.history | (visits.day >= began.no_show))
    order, begin = grouped(visits.patient, visits.day, kept)
    came = np.logical_or.reduceat(visits.completed[order], begin) if begin.size else visits.completed[:0]
    first = order[begin]
    return counted.share("no_show_rate", visits.patient[first], counted.span.slots_of(visits.day[first]), ~came)
