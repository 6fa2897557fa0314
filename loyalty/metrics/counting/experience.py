"""The experience score: how much of the journey was done. The steps are those of `loyalty.visits.journey`."""

from dataclasses import dataclass

import numpy as np

from loyalty.metrics import figure
from loyalty.metrics.columns import MODES, Flags, Ints
from loyalty.metrics.counting.counted import HOUR, Counted, Series
from loyalty.metrics.counting.habits import held_out
from loyalty.metrics.definitions import ANSWER_DAYS, DEFINITIONS, NOTE_DAYS
from loyalty.metrics.rolling import rolling_sums

LINK = MODES.index("link")


@dataclass(frozen=True, slots=True)
class Steps:
    """Of each visit-day: how many steps of its visits applied, and how many of them were done."""

    done: Ints
    of: Ints


def experience(counted: Counted) -> Series:
    """Visits count from the day on which the first brief was read: before, nobody kept the journey."""
    definition, days, span = DEFINITIONS["experience_score"], counted.days, counted.span
    steps = _steps(counted)
    rows = days.live & (days.day >= counted.records.began.brief) & (steps.of > 0)
    # Rounded visit by visit, as the visit's own page shows it.
    scores = np.rint(100 * steps.done[rows] / steps.of[rows]).astype(np.int64)
    slot = span.slots_of(days.day[rows], look_ahead_days=ANSWER_DAYS)
    sums = rolling_sums(days.patient[rows], slot, scores, span)
    return definition, [figure.mean(definition, s) for s in sums]


def _steps(counted: Counted) -> Steps:
    days, visits = counted.days, counted.records.visits
    live = ~visits.history
    asks = counted.records.asks
    told = counted.visits_at(counted.visit_of_preview)
    meant = ~visits.walked_in
    # Nobody meant to tell the held out, so it is no step of theirs.
    meant[days.visits] &= ~held_out(counted, preview=True)[days.row_of_visit]
    at_the_visit = [
        (told, told | meant),
        (visits.brief_read, live),
        (visits.wait_known & visits.seen_in_time, visits.wait_known),
        # By tablet or by the team: not only by a link that came later.
        (counted.visits_at(counted.visit_of_ask[asks.mode != LINK]), live),
        _promised(counted),
    ]
    done, of = (
        days.total_of(np.add.reduce([steps & live for steps in told_of], dtype=np.int64))
        for told_of in zip(*at_the_visit, strict=True)
    )
    thanked, note = _thanked(counted)
    return Steps(done=done + thanked, of=of + note)


def _promised(counted: Counted) -> tuple[Flags, Flags]:
    """Which visits' promises were all kept, and which had one that was answered in time."""
    promises, visits = counted.records.promises, counted.records.visits
    visit = counted.visit_of(promises.visit)
    in_time = visit >= 0
    in_time[in_time] = promises.day[in_time] - visits.day[visit[in_time]] <= ANSWER_DAYS
    answered, broken = np.zeros((2, visits.key.size), dtype=np.bool_)
    answered[visit[in_time]] = True
    broken[visit[in_time & ~promises.kept]] = True
    return answered & ~broken, answered


def _thanked(counted: Counted) -> tuple[Flags, Flags]:
    """Which days were followed by a note in time, and which by one that was not held."""
    days, notes = counted.days, counted.records.notes
    in_time = days.note_seconds(counted.row_of_note, notes.done) <= NOTE_DAYS * 24 * HOUR
    due = np.zeros(days.patient.size, dtype=np.bool_)
    row = counted.row_of_note[~notes.held]
    due[row[row >= 0]] = True
    return in_time, due
