"""Asking for feedback and being answered."""

from dataclasses import dataclass

import numpy as np

from loyalty.metrics.columns import MODES, UNANSWERED, Asks, Flags, Ints
from loyalty.metrics.counting.grouped import grouped, starts

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
    """One row for each patient and day they answered: the latest answer. side: 1 promoter, 0 passive, -1 detractor.

    By patient, then day. worth, elsewhere: as in Asks.
    """

    patient: Ints
    day: Ints
    side: Ints
    worth: Ints
    elsewhere: Ints


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
    order, begin = grouped(asks.patient, asked_first, counted)
    first = asked_first[order][begin]
    answer = np.minimum.reduceat(asks.answer_day[order], begin) if begin.size else first
    return Asked(patient=asks.patient[order][begin], asked=first, answered_after=answer - first)


def answered(asks: Asks, *, mode: int | None = None, which: Flags | None = None) -> Answered:
    """The answers, of one mode or of all, or of `which` only; several of one patient on one day count once, the latest.

    Of those that are counted: who answered a question and left it out later that day did answer it.
    """
    counted = asks.score != UNANSWERED
    if which is not None:
        counted &= which
    if mode is not None:
        counted &= asks.mode == mode
    rows = np.flatnonzero(counted)
    # They stand in the order of answering.
    begin = starts(asks.patient[rows], asks.answer_day[rows])
    last = rows[np.append(begin[1:], rows.size)[: begin.size] - 1]
    score = asks.score[last]
    return Answered(
        patient=asks.patient[last],
        day=asks.answer_day[last],
        side=(score >= PROMOTER).astype(np.int64) - (score <= DETRACTOR),
        worth=asks.worth[last],
        elsewhere=asks.elsewhere[last],
    )


def _first_asked(asks: Asks, counted: Flags) -> Ints:
    """For each request, the first day the patient was asked about its visit."""
    first = asks.asked.copy()
    rows = np.flatnonzero(counted)
    order = rows[np.argsort(asks.visit[rows])]
    if order.size:
        begin = starts(asks.visit[order])
        first[order] = np.repeat(np.minimum.reduceat(first[order], begin), np.diff(np.append(begin, order.size)))
    return first
