"""One measure in full."""

from datetime import UTC, date, datetime

import pytest

from core.tenancy.scope import practice_scope
from loyalty.benchmarks.contribute import refresh
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.models import Service, Staff, Visit
from tests.metrics.made import ASK, PLAIN, Made

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.fixture
def figures(aurora):
    with practice_scope(aurora):
        made = Made()
        for patient in range(4):
            ask = ASK | {"answer_after": 0, "score": 10}
            made.visit(PLAIN | {"patient": patient, "day": date(2026, 9, 5), "asks": [ask]})
        refresh(practice=aurora, now=NOW)


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


def test_it_says_what_it_is_how_it_is_counted_and_where_it_comes_from(figures, olivia, words):
    page = words(olivia.get("/benchmarks/measures/nps/"))
    definition = DEFINITIONS["nps"]
    assert definition.sentence in page
    assert "Percentage" + definition.formula.removeprefix("percentage") in page
    assert "America/Los_Angeles" in page
    assert "Checkout tablet" in page


def test_what_was_not_recorded_is_absent_and_what_there_is_not_is_not_found(figures, olivia, words):
    page = words(olivia.get("/benchmarks/measures/review_rate/"))
    assert "No public reviews, or requests for one, were recorded." in page
    assert olivia.get("/benchmarks/measures/made_up/").status_code == 404
    assert olivia.get("/benchmarks/measures/nps/?by=patient").status_code == 404


def test_managers_see_it_by_location_provider_and_service_with_two_years_and_nobody_else_does(
    figures, aurora, olivia, sign_in, words
):
    with practice_scope(aurora):
        Visit.objects.update(
            staff=Staff.objects.create(display_name="Dr. Sato", role="provider"),
            service=Service.objects.create(name="Facial"),
        )
    martin = sign_in("Martin", at="aurora")
    for by, name in (("location", "America/Los_Angeles"), ("provider", "Dr. Sato"), ("service", "Facial")):
        page = words(martin.get(f"/benchmarks/measures/visits/?by={by}"))
        assert f"By {by}" in page
        assert name in page
        assert "24 months" in page
    for person in ("Priya", "Frank"):
        signed_in = sign_in(person, at="aurora")
        assert signed_in.get("/").status_code == 200
        assert signed_in.get("/benchmarks/measures/visits/?by=provider").status_code == 404


def test_a_correction_stands_there_with_its_reason(figures, olivia, aurora, words):
    with practice_scope(aurora):
        Made().visit(PLAIN | {"day": date(2026, 9, 7)})
        refresh(practice=aurora, now=NOW)
    page = words(olivia.get("/benchmarks/measures/visits/?by=service"))
    assert "Something of that time was written down or corrected after it was counted." in page
    assert "names a service" in page
