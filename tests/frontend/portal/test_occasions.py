"""The days that matter."""

import re

import pytest

from loyalty.models import Occasion
from loyalty.patients.enrol import enrol


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def grace(inside, now):
    with inside():
        return enrol(given_name="Grace", family_name="Chen", birth=(1976, 11, 26), now=now)


def test_birthdays_of_the_week_and_of_the_month_stand_by_day(frank, inside, now, words):
    with inside():
        enrol(given_name="Grace", family_name="Chen", birth=(1976, 11, 26), now=now)
        enrol(given_name="Emily", family_name="Kim", birth=(1993, 12, 5), now=now)
        enrol(given_name="Nora", family_name="Haddad", birth=(1990, 1, 9), now=now)
    page = words(frank.get("/occasions/"))
    assert "Thursday, November 26 Grace Chen 50th birthday" in page
    assert "Emily Kim" not in page
    page = words(frank.get("/occasions/?view=month&day=2026-12-01"))
    assert "Saturday, December 5 Emily Kim" in page
    assert "Nora Haddad" not in page


def test_a_day_is_honored_from_the_list_and_taken_back(frank, grace, words):
    answer = frank.post(f"/patients/{grace.id}/occasions/honored/", {"day": "2026-11-26", "channel": "call"})
    page = frank.get(answer.headers["Location"])
    assert "Honored Call, at 9:00 am by Frank Ford" in words(page)
    undo = re.search(r"/occasions/made/[0-9a-f-]+/undo/", page.content.decode()).group()
    frank.post(undo)
    assert "Honored" not in words(frank.get("/occasions/"))


def test_twice_is_refused_with_who_was_first(frank, grace):
    for status in (303, 409):
        answer = frank.post(f"/patients/{grace.id}/occasions/honored/", {"day": "2026-11-26", "channel": "call"})
        assert answer.status_code == status
    assert "was done at 9:00 am by Frank Ford" in answer.content.decode()


@pytest.mark.parametrize("body", [{}, {"day": "soon", "channel": "call"}, {"day": "2026-11-26", "channel": "fax"}])
def test_nonsense_is_refused_with_a_sentence(frank, grace, body):
    assert frank.post(f"/patients/{grace.id}/occasions/honored/", body).status_code == 409


def test_left_out_needs_a_reason(frank, grace, words):
    address = f"/patients/{grace.id}/occasions/not-this-time/"
    assert frank.post(address, {"day": "2026-11-26", "reason": ""}).status_code == 422
    frank.post(address, {"day": "2026-11-26", "reason": "They travel"})
    assert "Not this time They travel" in words(frank.get("/occasions/"))


def test_a_day_is_added_changed_and_removed(frank, grace, inside, words):
    form = {"kind": "custom", "label": "Marathon", "month": "2", "day": "29", "lead_days": "7"}
    answer = frank.post(f"/patients/{grace.id}/occasions/new/", form)
    assert "Feb 28 Marathon" in words(frank.get(answer.headers["Location"]))
    with inside():
        day = Occasion.objects.get()
    assert frank.post(f"/patients/{grace.id}/occasions/new/", form).status_code == 422
    frank.post(f"/occasions/{day.id}/", {**form, "label": "Regatta"})
    assert "Feb 28 Regatta" in words(frank.get(f"/patients/{grace.id}/"))
    frank.post(f"/occasions/{day.id}/removal/")
    assert "Regatta" not in words(frank.get(f"/patients/{grace.id}/"))


def test_a_day_that_is_none_is_refused_and_what_was_typed_stays(frank, grace):
    form = {"kind": "custom", "label": "Marathon", "month": "2", "day": "30", "lead_days": "7"}
    answer = frank.post(f"/patients/{grace.id}/occasions/new/", form)
    page = answer.content.decode()
    assert (answer.status_code, "There is no such day." in page, "Marathon" in page) == (422, True, True)


@pytest.mark.parametrize("nonsense", ["day=tomorrow", "day=2026-02-30"])
def test_a_day_that_cannot_be_read_is_not_found(frank, nonsense):
    assert frank.get(f"/occasions/?{nonsense}").status_code == 404


def test_the_edges_of_the_calendar_are_pages_too(frank):
    for day in ("0001-01-01", "9999-12-31"):
        assert frank.get(f"/occasions/?view=month&day={day}").status_code == 200
        assert frank.get(f"/occasions/?day={day}").status_code == 200


def test_without_any_the_page_teaches_where_they_come_from(frank, words):
    assert "Birthdays come from the patient’s birth date" in words(frank.get("/occasions/"))
