"""Told apart by place, by person and by service."""

from datetime import date, timedelta

import pytest

from loyalty.metrics.compute import compute
from loyalty.metrics.slices import SLICED, By, slices
from loyalty.metrics.windows import Month
from loyalty.models import Service, Staff, Visit
from tests.metrics.made import ASK, PLAIN, Made

OCTOBER = Month(2026, 10)
WEST, EAST = "America/Los_Angeles", "America/New_York"


@pytest.fixture
def made(in_aurora):
    return Made()


def told_apart(key, by=By.LOCATION):
    """Name → (numerator, denominator) in October 2026."""
    found = slices(key=key, by=by, months=[OCTOBER])
    return {one.name: (one.figures[0].numerator, one.figures[0].denominator) for one in found}


def test_visits_count_where_they_were(made):
    for patient, zone in ((0, 0), (1, 0), (1, 1)):
        made.visit(PLAIN | {"patient": patient, "zone": zone, "day": date(2026, 10, 1 + zone)})
    assert told_apart("visits") == {WEST: (2, 2), EAST: (1, 1)}


def test_a_return_counts_wherever_it_leads(made):
    first = date(2026, 3, 1)
    made.visit(PLAIN | {"day": first, "zone": 0})
    made.visit(PLAIN | {"day": first + timedelta(days=30), "zone": 1})
    assert told_apart("return_rate_180") == {WEST: (1, 1), EAST: (0, 1)}


def test_an_answer_counts_for_the_visit_it_is_about(made):
    for zone, score in ((0, 10), (1, 2)):
        ask = ASK | {"answer_after": 0, "score": score}
        made.visit(PLAIN | {"zone": zone, "day": date(2026, 10, 1 + zone), "asks": [ask]})
    assert told_apart("nps") == {WEST: (1, 1), EAST: (-1, 1)}


def test_by_service_only_what_names_one(made):
    made.visit(PLAIN | {"day": date(2026, 10, 1)})
    Visit.objects.update(service=Service.objects.create(name="Facial"))
    made.visit(PLAIN | {"day": date(2026, 10, 2)})
    assert told_apart("visits", By.SERVICE) == {"Facial": (1, 1)}


def test_by_provider_each_has_their_own_and_a_day_counts_for_its_last_visit(made):
    sato, ines = (Staff.objects.create(display_name=name, role="provider") for name in ("Dr. Sato", "Ines"))
    for patient, day, who in ((0, 1, sato), (1, 2, ines), (0, 3, ines)):
        made.visit(PLAIN | {"patient": patient, "day": date(2026, 10, day)})
        Visit.objects.filter(staff=None).update(staff=who)
    # Nobody is named for this one: it is in the practice's figure, and in no provider's.
    made.visit(PLAIN | {"patient": 2, "day": date(2026, 10, 5)})
    Visit.objects.filter(day=date(2026, 10, 5)).update(staff=None)
    assert told_apart("visits", By.PROVIDER) == {"Dr. Sato": (1, 1), "Ines": (2, 2)}
    assert told_apart("active_patients", By.PROVIDER) == {"Dr. Sato": (1, 1), "Ines": (2, 2)}


@pytest.mark.parametrize("key", SLICED)
def test_a_practice_with_one_place_has_there_what_it_has_in_all(made, key):
    ask = ASK | {"answer_after": 0, "worth": 4}
    for patient in range(4):
        for month in (1, 4, 8):
            made.visit(
                PLAIN
                | {"patient": patient, "day": date(2026, month, 5), "asks": [ask | {"score": 10 - patient * 2}]}
                | {"note_after": 60, "told_before": 90 if month > 1 else None, "brief": True}
            )
    months = [OCTOBER.shifted(-1), OCTOBER]
    whole = compute(months=months)
    (place,) = slices(key=key, by=By.LOCATION, months=months)
    assert place.figures == [whole[month][key] for month in months]
