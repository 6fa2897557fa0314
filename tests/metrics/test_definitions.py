"""One definition per metric, complete enough to be printed."""

import pytest

from loyalty.metrics.definition import Better, Definition, Kind, Source, Unit
from loyalty.metrics.definitions import DEFINITIONS, RELEASED


def test_the_network_compares_these_metrics():
    assert [definition.key for definition in RELEASED] == [
        "nps",
        "first_visit_nps",
        "perceived_value",
        "consistency",
        "exclusive_share",
        "feedback_response_rate",
        "return_rate_90",
        "return_rate_180",
        "return_rate_365",
        "first_return_rate_180",
        "retention",
        "rebooking_rate",
        "drifting_share",
        "preview_coverage",
        "promise_kept_rate",
        "note_coverage",
        "note_hours",
        "occasion_coverage",
        "occasion_recorded",
        "recovery_hours",
        "recovery_rate",
        "experience_score",
        "review_rate",
        "review_rating",
        "referral_rate",
        "active_patients",
        "new_patients",
        "visits",
        "no_show_rate",
    ]


def test_answers_by_tablet_and_by_link_are_also_reported_apart_but_not_compared():
    apart = [definition for definition in DEFINITIONS.values() if not definition.released]
    together = ["nps", "first_visit_nps", "perceived_value", "consistency", "exclusive_share", "feedback_response_rate"]
    assert [definition.key for definition in apart] == [
        f"{key}_{mode}" for key in together for mode in ("kiosk", "link")
    ]
    assert apart[0].sentence.endswith("than would not, checkout tablet only.")


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_each_is_found_by_its_key_and_says_itself_in_one_sentence(definition):
    assert DEFINITIONS[definition.key] is definition
    assert definition.sentence.endswith(".")
    assert definition.sentence.count(". ") == 0
    assert definition.minimum == 30


@pytest.mark.parametrize(
    "definition", [d for d in DEFINITIONS.values() if d.unit is Unit.PERCENT], ids=lambda definition: definition.key
)
def test_percentages_run_from_0_to_100(definition):
    assert (definition.low, definition.high) == (0, 100)
    assert definition.is_ratio


@pytest.mark.parametrize(
    ("key", "value", "rounded"),
    [
        ("nps", 71.5, 72),
        ("nps", -100, -100),
        ("return_rate_180", 57.49, 57),
        ("note_hours", 8.6, 9),
        ("visits", 1234, 1230),
        ("review_rating", 4.66, 4.7),
        ("experience_score", 99.6, 100),
    ],
)
def test_released_values_are_rounded_to_the_precision(key, value, rounded):
    assert DEFINITIONS[key].rounded(value) == rounded


def test_rounding_stays_in_the_range():
    coarse = make(precision=30, low=0, high=100)
    assert coarse.rounded(100) == 90
    assert make(precision=40, low=0, high=100).rounded(100) == 80
    assert make(precision=40, low=50, high=100).rounded(51) == 50


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 0},
        {"look_ahead_days": -1},
        {"minimum": 0},
        {"precision": 0},
        {"precision": float("nan")},
        {"low": 100},
    ],
)
def test_a_definition_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValueError, match="made_up"):
        make(**wrong)


def make(**changed):
    fields = {
        "key": "made_up",
        "version": 1,
        "name": "Made up",
        "sentence": "Made up.",
        "formula": "a ÷ b",
        "unit": Unit.PERCENT,
        "better": Better.HIGHER,
        "kind": Kind.PROPORTION_PATIENT,
        "source": Source.VISITS,
        "precision": 1,
        "high": 100,
    }
    return Definition(**(fields | changed))
