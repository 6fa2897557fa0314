"""The habits: what the team does before, at and after a visit.

Before the first of its kind was planned a practice did not keep them, and imported visits never had one: such visits
say nothing.
"""

from collections.abc import Iterator

import numpy as np

from loyalty.metrics.columns import NEVER, Flags
from loyalty.metrics.counting.answers import answered
from loyalty.metrics.counting.counted import HOUR, Counted, Series
from loyalty.metrics.definitions import NOTE_DAYS, RECOVERY_DAYS
from loyalty.metrics.rolling import first_in_window


def habits(counted: Counted) -> Iterator[Series]:
    yield preview_coverage(counted)
    yield _promises(counted)
    yield note_coverage(counted)
    yield _note_hours(counted)
    yield _occasions(counted)
    yield _birthdays(counted)
    yield from _recoveries(counted)


def preview_coverage(counted: Counted) -> Series:
    days, records = counted.days, counted.records
    rows = days.live & (days.day >= records.began.preview) & ~held_out(counted, preview=True)
    previews = records.previews
    begun = np.append(records.visits.begun, -NEVER)[counted.visit_of_preview]
    made = days.any_of(counted.visits_at(counted.visit_of_preview[previews.done < begun]))
    return counted.share("preview_coverage", days.patient[rows], counted.span.slots_of(days.day)[rows], made[rows])


def _promises(counted: Counted) -> Series:
    promises = counted.records.promises
    return counted.share("promise_kept_rate", promises.patient, counted.span.slots_of(promises.day), promises.kept)


def note_coverage(counted: Counted) -> Series:
    days, span = counted.days, counted.span
    rows = days.live & (days.day >= counted.records.began.note) & ~held_out(counted, preview=False)
    slot = span.slots_of(days.day, look_ahead_days=NOTE_DAYS)
    thanked = counted.thanked_on_paper <= NOTE_DAYS * 24 * HOUR
    return counted.share("note_coverage", days.patient[rows], slot[rows], thanked[rows])


def held_out(counted: Counted, *, preview: bool) -> Flags:
    """Rows of a hold-out's control arm: nobody meant to thank them, or to tell them before."""
    lots = counted.records.held_out
    of = lots.preview == preview
    return counted.days.within(lots.patient[of], lots.first[of], lots.last[of])


def _note_hours(counted: Counted) -> Series:
    days, seconds, span = counted.days, counted.thanked_on_paper, counted.span
    written = np.flatnonzero(seconds < NEVER)
    slot = days.slots_of_instants(days.ended + seconds, span)[written]
    return counted.median_hours("note_hours", days.patient[written], slot, seconds[written])


def _occasions(counted: Counted) -> Series:
    occasions = counted.records.occasions
    return counted.share(
        "occasion_coverage", occasions.patient, counted.span.slots_of(occasions.day), occasions.honored
    )


def _birthdays(counted: Counted) -> Series:
    days, people, span = counted.days, counted.records.people, counted.span
    known = np.zeros(int(people.patient.max(initial=0)) + 1, dtype=np.bool_)
    known[people.patient[people.has_birthday]] = True
    active = first_in_window(span.slots_of(days.day), span.slots_of(days.day_before()))
    return counted.share_of("occasion_recorded", active, active.only(known[days.patient]))


def _recoveries(counted: Counted) -> Iterator[Series]:
    recoveries, asks, span = counted.records.recoveries, counted.records.asks, counted.span
    reached = recoveries.reached < NEVER
    waited = np.maximum(recoveries.reached - recoveries.answered, 0)[reached]
    slot = span.slots_of(recoveries.reached_day[reached])
    yield counted.median_hours("recovery_hours", recoveries.patient[reached], slot, waited)

    answers = answered(asks, which=~asks.history)
    rows = (answers.side < 0) & (answers.day >= counted.records.began.recovery)
    in_time = recoveries.recovered & (recoveries.closed_day - recoveries.day <= RECOVERY_DAYS)
    # Wider than any day, so that the sum tells patient and day apart.
    made_good = np.isin(
        answers.patient[rows] * NEVER + answers.day[rows],
        recoveries.patient[in_time] * NEVER + recoveries.day[in_time],
    )
    slot = span.slots_of(answers.day[rows], look_ahead_days=RECOVERY_DAYS)
    yield counted.share("recovery_rate", answers.patient[rows], slot, made_good)
