"""What patients say when they are asked: together, and apart by how they were asked."""

from collections.abc import Iterator

import numpy as np

from loyalty.metrics import figure
from loyalty.metrics.columns import MODES, NEVER, Flags, Ints
from loyalty.metrics.counting.answers import Answered, answered, asked
from loyalty.metrics.counting.counted import Counted, Series
from loyalty.metrics.definitions import ANSWER_DAYS, DEFINITIONS
from loyalty.metrics.rolling import Runs, last_in_window, rolling_count, rolling_sums

WORTH_IT = 4
ONLY_HERE = 1


def said(counted: Counted) -> Iterator[Series]:
    first_visit = _about_first_visits(counted)
    for mode in (None, MODES.index("kiosk"), MODES.index("link")):
        yield from _of_mode(counted, mode, first_visit)


def _of_mode(counted: Counted, mode: int | None, first_visit: Flags) -> Iterator[Series]:
    asks, span = counted.records.asks, counted.span
    apart = _apart(mode)

    requests = asked(asks, mode=mode)
    slot = span.slots_of(requests.asked, look_ahead_days=ANSWER_DAYS)
    in_time = requests.answered_after <= ANSWER_DAYS
    yield counted.share(f"feedback_response_rate{apart}", requests.patient, slot, in_time)

    answers = answered(asks, mode=mode)
    yield _net_score(f"nps{apart}", answers, counted)
    yield _net_score(f"first_visit_nps{apart}", answered(asks, mode=mode, which=first_visit), counted)
    yield _consistency(f"consistency{apart}", answers, counted)

    yield perceived_value(counted, mode)

    told = answered(asks, mode=mode, which=asks.elsewhere > 0)
    last = last_in_window(span.slots_of(told.day), span.slots_of(_day_after(told)))
    yield counted.share_of(f"exclusive_share{apart}", last, last.only(told.elsewhere == ONLY_HERE))


def net_promoter_score(counted: Counted) -> Series:
    return _net_score("nps", answered(counted.records.asks), counted)


def perceived_value(counted: Counted, mode: int | None = None) -> Series:
    asks = counted.records.asks
    worth = answered(asks, mode=mode, which=asks.worth > 0)
    slot = counted.span.slots_of(worth.day)
    return counted.share(f"perceived_value{_apart(mode)}", worth.patient, slot, worth.worth >= WORTH_IT)


def _apart(mode: int | None) -> str:
    return "" if mode is None else f"_{MODES[mode]}"


def _net_score(key: str, answers: Answered, counted: Counted) -> Series:
    definition, span = DEFINITIONS[key], counted.span
    slot = span.slots_of(answers.day)
    detractors = rolling_count(slot[answers.side < 0], span).tolist()
    sums = rolling_sums(answers.patient, slot, answers.side, span)
    return definition, [
        figure.net_score(definition, s, promoters=s.total + against, detractors=against)
        for s, against in zip(sums, detractors, strict=True)
    ]


def _consistency(key: str, answers: Answered, counted: Counted) -> Series:
    """Of each patient's last answer in the window, if two more are in it: whether all three promote."""
    span = counted.span
    same = np.zeros(answers.patient.size, dtype=np.bool_)
    same[2:] = answers.patient[2:] == answers.patient[:-2]
    slot = span.slots_of(answers.day)
    # The slot of the answer two before, below any window where there is none.
    third = np.where(same, np.roll(slot, 2), -1)
    promotes = answers.side > 0
    all_three = promotes & np.roll(promotes, 1) & np.roll(promotes, 2)
    last = last_in_window(slot, span.slots_of(_day_after(answers)))
    chosen = Runs(last.first, np.minimum(last.last, third))
    return counted.share_of(key, chosen, chosen.only(all_three))


def _day_after(answers: Answered) -> Ints:
    """The day of the patient's next answer; NEVER after the last one."""
    after = np.full(answers.patient.size, NEVER, dtype=np.int64)
    after[:-1] = np.where(answers.patient[1:] == answers.patient[:-1], answers.day[1:], NEVER)
    return after


def _about_first_visits(counted: Counted) -> Flags:
    """Which requests are about the first visit of a patient's life here."""
    days = counted.days
    # One more at the end, which the requests find whose visit is not among the records.
    is_first = np.zeros(counted.records.visits.key.size + 1, dtype=np.bool_)
    is_first[days.visits] = counted.first_ever[days.row_of_visit]
    return is_first[counted.visit_of_ask]
