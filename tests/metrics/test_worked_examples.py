"""Every metric once, counted by hand: a dozen rows, and the figure that follows from them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from loyalty.metrics.compute import compute
from loyalty.metrics.definitions import RELEASED
from tests.metrics.made import Made
from tests.metrics.worked import DAY, OCTOBER, answers, october, write


@pytest.fixture
def made(in_aurora):
    return Made()


@pytest.mark.parametrize("within", [90, 180, 365])
def test_return_rates(made, within):
    # Their first visit is as old as it may be: its last day to come back is the last of the window.
    first = date(2026, 10, 31) - timedelta(days=within)
    for patient, after in enumerate((1, within, within + 1, None)):
        write(made, {"patient": patient, "day": first})
        if after is not None:
            write(made, {"patient": patient, "day": first + timedelta(days=after)})
    write(made, {"patient": 3, "day": first + timedelta(days=1), "status": "no_show"})
    assert october(f"return_rate_{within}") == (50.0, 2, 4)


def test_first_return_rate_counts_first_ever_visits_only(made):
    write(
        made,
        {"patient": 0, "day": date(2026, 1, 10)}, {"patient": 0, "day": date(2026, 7, 9)},  # 180 days
        {"patient": 1, "day": date(2026, 1, 10)}, {"patient": 1, "day": date(2026, 7, 10)},  # 181 days
        {"patient": 2, "day": date(2019, 1, 10)}, {"patient": 2, "day": date(2026, 1, 10)},  # known for years
        {"patient": 3, "day": date(2026, 1, 10)}, {"patient": 3, "day": date(2026, 1, 11)},
    )  # fmt: skip
    made.person(3, since=date(2020, 5, 4))  # told to have come before
    assert october("first_return_rate_180") == (50.0, 1, 2)


def test_retention(made):
    # The window ends on May 4: 180 days before October does. Its 180 days are May 5 to October 31.
    write(
        made,
        {"patient": 0, "day": date(2025, 6, 1)}, {"patient": 0, "day": date(2026, 5, 5)},  # the first day after
        {"patient": 1, "day": date(2026, 5, 4)}, {"patient": 1, "day": date(2026, 10, 31)},  # the last of 180
        {"patient": 2, "day": date(2025, 6, 1)}, {"patient": 2, "day": date(2026, 4, 1)},  # twice in the window
        {"patient": 3, "day": date(2026, 5, 4)}, {"patient": 3, "day": date(2026, 11, 1)},  # a day too late
    )  # fmt: skip
    assert october("retention") == (50.0, 2, 4)


def test_net_promoter_score(made):
    for patient, score in enumerate((10, 9, 8, 3)):
        write(made, {"patient": patient, "day": DAY, "asks": answers({"score": score})})
    assert october("nps") == (25.0, 1, 4)


def test_net_promoter_score_of_first_visits(made):
    write(
        made,
        {"patient": 0, "day": date(2026, 2, 1), "asks": answers({"score": 10})},
        {"patient": 0, "day": DAY, "asks": answers({"score": 0})},  # their second visit
        {"patient": 1, "day": DAY, "asks": answers({"score": 5})},
        {"patient": 2, "day": DAY, "asks": answers({"score": 9})},
        {"patient": 3, "day": DAY, "asks": answers({"score": 1, "named": False})},  # nobody knows about which visit
    )
    assert october("first_visit_nps") == (33.3, 1, 3)


def test_perceived_value(made):
    for patient, worth in enumerate((5, 4, 3, None)):
        write(made, {"patient": patient, "day": DAY, "asks": answers({"worth": worth})})
    assert october("perceived_value") == (66.7, 2, 3)


def test_consistency(made):
    months = [date(2026, month, 1) for month in (2, 4, 6, 8)]
    for patient, scores in enumerate(((3, 9, 10, 9), (9, 9, 9, 8), (10, 10))):
        for day, score in zip(months, scores, strict=False):
            write(made, {"patient": patient, "day": day, "asks": answers({"score": score})})
    assert october("consistency") == (50.0, 1, 2)


def test_exclusive_share_takes_the_last_word(made):
    write(
        made,
        {"patient": 0, "day": date(2026, 2, 1), "asks": answers({"elsewhere": "mostly"})},
        {"patient": 0, "day": DAY, "asks": answers({"elsewhere": "no"})},
        {"patient": 1, "day": DAY, "asks": answers({"elsewhere": "sometimes"})},
        {"patient": 2, "day": DAY, "asks": answers({"elsewhere": ""})},
    )
    assert october("exclusive_share") == (50.0, 1, 2)


def test_review_rate_and_rating(made):
    for number in range(3):
        write(made, {"day": date(2026, 8, 1 + number), "patient": number, "invited": "sent"})
    write(made, {"day": date(2026, 8, 20), "patient": 3, "invited": "failed"})
    write(made, {"day": date(2026, 7, 1), "patient": 3, "invited": "sent"})  # before reviews were written down
    for day, rating in ((date(2026, 8, 1), 5), (date(2026, 9, 1), 4), (date(2026, 9, 2), None), (DAY, 3), (DAY, 1)):
        made.review(day, rating=rating)
    assert october("review_rate") == (166.7, 5, 3)
    assert october("review_rating") == (3.2, 13, 4)


def test_referral_rate(made):
    write(made, {"day": date(2026, 2, 1), "patient": 0})  # before referrals were written down
    for patient in (1, 2):
        write(made, {"day": DAY, "patient": patient})
    write(made, {"day": DAY, "patient": 3, "is_history": True})
    made.person(1, referred_on=date(2026, 9, 1))
    assert october("referral_rate") == (50.0, 1, 2)


def test_new_patients(made):
    write(
        made,
        {"patient": 0, "day": DAY}, {"patient": 4, "day": date(2020, 1, 1)},  # one person, merged
        {"patient": 1, "day": DAY}, {"patient": 1, "day": DAY + timedelta(days=9)},
        {"patient": 2, "day": date(2025, 10, 31)}, {"patient": 2, "day": DAY},
        {"patient": 3, "day": DAY, "status": "no_show"},
    )  # fmt: skip
    assert october("new_patients") == (1.0, 1, 1)


def test_no_show_rate(made):
    write(
        made,
        {"patient": 0, "day": DAY}, {"patient": 1, "day": DAY, "status": "no_show"},
        {"patient": 2, "day": DAY, "status": "no_show", "minute": 540}, {"patient": 2, "day": DAY, "minute": 900},
        {"patient": 3, "day": DAY, "status": "cancelled"},
    )  # fmt: skip
    assert october("no_show_rate") == (33.3, 1, 3)


def test_imported_history_without_no_shows_says_nothing_about_them(made):
    write(made, {"day": DAY, "is_history": True})
    assert october("no_show_rate") is None
    write(made, {"day": date(2026, 9, 1), "is_history": True, "status": "no_show"})
    assert october("no_show_rate") == (50.0, 1, 2)


def test_a_patient_who_died_counts_for_what_they_did(made):
    write(made, {"patient": 0, "day": date(2026, 3, 1)}, {"patient": 1, "day": date(2026, 3, 1)})
    before = october("return_rate_180"), october("active_patients")
    made.died(0)
    assert (october("return_rate_180"), october("active_patients")) == before


@pytest.mark.parametrize(
    "key",
    [
        "preview_coverage", "promise_kept_rate", "occasion_coverage", "recovery_hours", "recovery_rate", "review_rate",
        "review_rating", "referral_rate", "experience_score", "perceived_value", "exclusive_share", "consistency",
    ],
)  # fmt: skip
def test_what_was_not_recorded_is_absent_not_0(made, key):
    write(made, {"day": DAY}, {"day": DAY, "patient": 1, "asks": answers({"score": 9})})
    assert october(key) is None


def test_below_30_a_figure_is_flagged_and_at_100_percent_it_still_has_an_interval(made):
    write(made, {"day": DAY, "told_before": 60})
    figure = compute(months=[OCTOBER])[OCTOBER]["preview_coverage"]
    assert figure.is_uncertain
    assert (figure.value, figure.high) == (100, 100)
    assert figure.low < 30


def test_every_metric_has_a_worked_example():
    told = "".join(one.read_text() for one in Path(__file__).parent.glob("test_worked_examples*.py"))
    rates = [f"return_rate_{days}" for days in (90, 180, 365)]
    without = [one.key for one in RELEASED if f'october("{one.key}")' not in told and one.key not in rates]
    assert without == []
