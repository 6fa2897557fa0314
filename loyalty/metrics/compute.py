"""All figures of the practice that the caller has entered, for many months at once: one query, then sums."""

from collections.abc import Iterator, Sequence

import numpy as np

from loyalty.metrics import figure
from loyalty.metrics.answers import answered, asked
from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions import ANSWER_DAYS, DEFINITIONS, NOTE_DAYS, RETURN_DAYS
from loyalty.metrics.figure import Figure
from loyalty.metrics.records import MODES, NEVER, Asks, Records, fetch
from loyalty.metrics.rolling import Span, first_in_window, rolling_count, rolling_sums
from loyalty.metrics.visit_days import VisitDays, visit_days
from loyalty.metrics.windows import WINDOW_MONTHS, Month, index_window

HOUR = 3600

# A definition, and its figures of each month of the span; None where it is absent.
Series = tuple[Definition, list[Figure | None]]


def compute(*, months: Sequence[Month]) -> dict[Month, dict[str, Figure]]:
    """The figures of each month by the key of their definition; a metric that is absent has no entry.

    `months` must be consecutive, oldest first, and closed (see `windows.months_to_compute`). Nothing is written.
    """
    if not months:
        return {}
    span = Span.of(months)
    longest = max(definition.look_ahead_days for definition in DEFINITIONS.values())
    records = fetch(index_window(span.first, look_ahead_days=longest).first)
    found: dict[Month, dict[str, Figure]] = {month: {} for month in months}
    for definition, series in _all(records, span):
        for month, made in zip(months, series, strict=True):
            if made is not None:
                found[month][definition.key] = made
    return found


def _all(records: Records, span: Span) -> Iterator[Series]:
    days = visit_days(records.visits, records.zones)
    yield from _visits(days, span)
    yield _returns(days, span)
    yield _rebookings(days, records, span)
    yield from _notes(days, records, span)
    for mode in (None, MODES.index("kiosk"), MODES.index("link")):
        yield from _feedback(records.asks, mode, span)


def _visits(days: VisitDays, span: Span) -> Iterator[Series]:
    visits, active = DEFINITIONS["visits"], DEFINITIONS["active_patients"]
    sums = rolling_sums(days.patient, span.slots_of(days.day), np.ones_like(days.day), span)
    yield visits, [figure.count(visits, s.trials, patients=s.patients, squared=s.trials_squared) for s in sums]
    yield active, [figure.count(active, s.patients, patients=s.patients) for s in sums]


def _returns(days: VisitDays, span: Span) -> Series:
    definition = DEFINITIONS["return_rate_180"]
    slot = span.slots_of(days.day, look_ahead_days=RETURN_DAYS)
    slot_before = span.slots_of(days.day_before(), look_ahead_days=RETURN_DAYS)
    returned = days.days_until_next() <= RETURN_DAYS
    return definition, [
        figure.patient_share(definition, successes=int((first & returned).sum()), patients=int(first.sum()))
        for first in first_in_window(slot, slot_before, span)
    ]


def _rebookings(days: VisitDays, records: Records, span: Span) -> Series:
    definition = DEFINITIONS["rebooking_rate"]
    counted = days.booking_recorded
    rebooked = days.rebooked(records.visits).astype(np.int64)
    sums = rolling_sums(days.patient[counted], span.slots_of(days.day)[counted], rebooked[counted], span)
    return definition, [figure.visit_share(definition, s) for s in sums]


def _notes(days: VisitDays, records: Records, span: Span) -> Iterator[Series]:
    coverage, hours = DEFINITIONS["note_coverage"], DEFINITIONS["note_hours"]
    seconds = days.note_seconds(records.notes)

    # Before its first note was planned a practice did not keep notes, and imported visits never had one.
    began = NEVER if records.first_note_day is None else records.first_note_day
    counted = days.live & (days.day >= began)
    slot = span.slots_of(days.day, look_ahead_days=NOTE_DAYS)
    thanked = (seconds <= NOTE_DAYS * 24 * HOUR).astype(np.int64)
    sums = rolling_sums(days.patient[counted], slot[counted], thanked[counted], span)
    yield coverage, [figure.visit_share(coverage, s) for s in sums]

    written = np.flatnonzero(seconds < NEVER)
    slot = days.slots_of_instants(days.ended + seconds, span)[written]
    by_slot = np.argsort(slot, kind="stable")
    patient, waited = days.patient[written][by_slot], seconds[written][by_slot] / HOUR
    starts = np.searchsorted(slot[by_slot], np.arange(span.slots + 1)).tolist()
    windows = [slice(starts[month], starts[month + WINDOW_MONTHS]) for month in range(span.months)]
    yield (
        hours,
        [
            figure.median(hours, np.sort(waited[w]), patients=int(np.count_nonzero(np.bincount(patient[w]))))
            for w in windows
        ],
    )


def _feedback(asks: Asks, mode: int | None, span: Span) -> Iterator[Series]:
    apart = "" if mode is None else f"_{MODES[mode]}"
    response, score = DEFINITIONS[f"feedback_response_rate{apart}"], DEFINITIONS[f"nps{apart}"]

    requests = asked(asks, mode=mode)
    slot = span.slots_of(requests.asked, look_ahead_days=ANSWER_DAYS)
    in_time = (requests.answered_after <= ANSWER_DAYS).astype(np.int64)
    yield response, [figure.visit_share(response, s) for s in rolling_sums(requests.patient, slot, in_time, span)]

    answers = answered(asks, mode=mode)
    slot = span.slots_of(answers.day)
    detractors = rolling_count(slot[answers.side < 0], span).tolist()
    sums = rolling_sums(answers.patient, slot, answers.side, span)
    yield (
        score,
        [
            figure.net_score(score, s, promoters=s.total + against, detractors=against)
            for s, against in zip(sums, detractors, strict=True)
        ],
    )
