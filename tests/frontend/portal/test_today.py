"""Today, as the team opens it in the morning."""

import zlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.queries import asked

DAY = "Monday, November 23"


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


def test_it_greets_by_the_clock_of_the_location(olivia, words):
    page = words(olivia.get("/"))
    assert DAY in page
    assert "Good morning, Olivia" in page


def test_the_next_visit_is_the_one_loud_row(olivia, booked):
    page = olivia.get("/").content.decode()
    assert page.count('class="visit next"') == 1
    assert f'action="/visits/{booked.id}/arrival/"' in page


def test_names_are_shown_as_they_are_written(olivia, booked):
    assert "Marguerite O&#x27;Ellison &lt;b&gt;" in olivia.get("/").content.decode()
    assert "O&amp;#x27;Ellison" not in olivia.get("/").content.decode()


def test_a_step_from_the_page_comes_back_to_it_and_says_so(olivia, booked, words):
    answer = olivia.post(f"/visits/{booked.id}/arrival/", {"back": "/"}, follow=True)
    assert "Marked as here." in words(answer)
    assert 'class="visit here"' in answer.content.decode()


def test_an_empty_day_teaches(olivia, words):
    page = words(olivia.get("/"))
    assert "No visits today" in page
    assert "Every note is written" in page
    assert "No answers yet" in page


def test_a_location_that_is_not_there_is_not_found(olivia):
    assert olivia.get("/?at=00000000-0000-0000-0000-000000000001").status_code == 404
    assert olivia.get("/?at=nonsense").status_code == 404


def test_words_to_say_come_from_a_list_and_never_from_the_address(olivia, words):
    assert "anything" not in words(olivia.get("/?said=anything"))


def test_a_day_of_twelve_visits_fits_in_12_kb(olivia, busy_day):
    page = olivia.get("/").content
    assert page.count(b'<li class="visit ') == 12
    assert len(zlib.compress(page, 6)) <= 12 * 1024


def test_a_day_of_twelve_visits_takes_eight_queries(olivia, busy_day):
    olivia.get("/")
    with CaptureQueriesContext(connection) as captured:
        olivia.get("/")
    assert len(asked(captured.captured_queries)) <= 8
