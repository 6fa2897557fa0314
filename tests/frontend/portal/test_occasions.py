"""The days that matter."""

import pytest

from loyalty.patients.enrol import enrol


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


def test_birthdays_of_the_next_four_weeks_stand_by_day(frank, inside, now, words):
    with inside():
        enrol(given_name="Grace", family_name="Chen", birth=(1976, 11, 26), now=now)
        enrol(given_name="Emily", family_name="Kim", birth=(1993, 12, 5), now=now)
        enrol(given_name="Nora", family_name="Haddad", birth=(1990, 1, 9), now=now)
    page = words(frank.get("/occasions/"))
    assert "Thursday Grace Chen 50th birthday" in page
    assert "Saturday, December 5 Emily Kim" in page
    assert "Nora Haddad" not in page


def test_without_any_the_page_teaches_where_they_come_from(frank, words):
    assert "Birthdays come from the patient’s birth date" in words(frank.get("/occasions/"))
