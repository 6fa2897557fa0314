"""Asking for feedback and being answered."""

from dataclasses import dataclass

import numpy as np

from loyalty.metrics.records import MODES, UNANSWERED, Asks, Flags, Ints

LINK, STAFF = MODES.index("link"), MODES.index("staff")
PROMOTER, DETRACTOR = 9, 6


@dataclass(frozen=True, slots=True)
class Asked:
    """One row for each patient and day they were first asked about a visit; asked: that day.

    answered_after: days from then to the answer, about NEVER without one.
    """

    patient: Ints
    asked: Ints
    answered_after: Ints


@dataclass(frozen=True, slots=True)
class Answered:
    """One row for each patient and day they answered: the latest answer. side: 1 promoter, 0 passive, -1 detractor."""

    patient: Ints
    day: Ints
    side: Ints


def asked(asks: Asks, *, mode: int | None = None) -> Asked:
    """The requests that could be left unanswered, of one mode or of all.

    A tablet passed over and the link sent instead ask about one visit: one row, answered by either; so do requests
    about two visits of one day. What staff took down and what was imported is left out: nobody kept who did not answer.
    """
    counted = ~asks.history & (asks.mode != STAFF)
    if mode is None:
        asked_first = _first_asked(asks, counted)
    else:
        # A visit is asked about once in each mode.
        asked_first = asks.asked
        counted &= asks.mode == mode
    order, begin = _groups(asks.patient, asked_first, counted)
    first = asked_first[order][begin]
    answer = np.minimum.reduceat(asks.answer_day[order], begin) if begin.size else first
    return Asked(patient=asks.patient[order][begin], asked=first, answered_after=answer - first)


def answered(asks: Asks, *, mode: int | None = None) -> Answered:
    """The answers, of one mode or of all; several of one patient on one day count once, the latest."""
    counted = asks.score != UNANSWERED
    if mode is not None:
        counted &= asks.mode == mode
    order, begin = _groups(asks.patient, asks.answer_day, counted, within=asks.answered)
    last = order[np.append(begin[1:], order.size)[: begin.size] - 1]
    score = asks.score[last]
    return Answered(
        patient=asks.patient[last],
        day=asks.answer_day[last],
        side=(score >= PROMOTER).astype(np.int64) - (score <= DETRACTOR),
    )


def _first_asked(asks: Asks, counted: Flags) -> Ints:
    """For each request, the first day the patient was asked about its visit."""
    first = asks.asked.copy()
    rows = np.flatnonzero(counted)
    order = rows[np.argsort(asks.visit[rows], kind="stable")]
    if order.size:
        begin = _starts(asks.visit[order])
        first[order] = np.repeat(np.minimum.reduceat(first[order], begin), np.diff(np.append(begin, order.size)))
    return first


def _groups(patient: Ints, day: Ints, counted: Flags, *, within: Ints | None = None) -> tuple[Ints, Ints]:
    """The counted rows ordered by patient, day and `within`, and where each patient's day begins among them."""
    rows = np.flatnonzero(counted)
    keys = (day[rows], patient[rows]) if within is None else (within[rows], day[rows], patient[rows])
    order = rows[np.lexsort(keys)]
    return order, _starts(patient[order], day[order])


def _starts(*columns: Ints) -> Ints:
    """Where a row differs from the one before it in any of the columns; the first row always does."""
    differs = np.ones(columns[0].size, dtype=np.bool_)
    differs[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return np.flatnonzero(differs)
