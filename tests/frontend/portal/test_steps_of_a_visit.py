"""A visit is moved, begun, over, cancelled or never come to."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from loyalty.models import Touchpoint, Visit


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def status_of(inside):
    def read(visit):
        with inside():
            return Visit.objects.get(id=visit.id).status

    return read


@pytest.mark.parametrize(
    ("step", "status", "said"),
    [
        ("arrival", "arrived", "visit-arrived"),
        ("cancellation", "cancelled", "visit-cancelled"),
    ],
)
def test_a_booked_visit_takes_a_step_and_the_page_says_so(frank, booked, status_of, now, step, status, said):
    answer = frank.post(f"/visits/{booked.id}/{step}/", {"back": "/?at=x"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/?at=x&said={said}&of={booked.id}"
    assert status_of(booked) == status


def test_who_did_not_come_is_marked_after_the_time(frank, booked, status_of, now, sign_in):
    assert frank.post(f"/visits/{booked.id}/no-show/").status_code == 409
    with time_machine.travel(now + timedelta(hours=3), tick=False):
        answer = sign_in("Frank", at="aurora").post(f"/visits/{booked.id}/no-show/")
    assert answer.headers["Location"] == f"/?said=visit-no-show&of={booked.id}"
    assert status_of(booked) == "no_show"


def test_a_visit_that_is_over_asks_for_a_note(frank, here, status_of, inside):
    frank.post(f"/visits/{here.id}/completion/")
    assert status_of(here) == "completed"
    with inside():
        assert Touchpoint.objects.filter(visit=here, kind="note").count() == 1


def test_a_step_that_was_taken_already_is_refused_on_a_page_of_its_own(frank, booked):
    frank.post(f"/visits/{booked.id}/arrival/")
    answer = frank.post(f"/visits/{booked.id}/arrival/")
    assert answer.status_code == 409
    assert "This was not done" in answer.content.decode()


def test_a_refusal_in_the_background_changes_the_message_only(frank, booked):
    frank.post(f"/visits/{booked.id}/arrival/")
    answer = frank.post(f"/visits/{booked.id}/arrival/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refused"] == "true"
    assert answer.content.decode().startswith('<hx-partial hx-target="#flash"')
    assert "<html" not in answer.content.decode()


def test_it_leads_back_within_this_host_only(frank, booked):
    answer = frank.post(f"/visits/{booked.id}/arrival/", {"back": "https://elsewhere.example/"})
    assert answer.headers["Location"] == f"/?said=visit-arrived&of={booked.id}"


def test_a_visit_is_moved_on_the_clock_of_its_location(frank, booked, inside):
    answer = frank.post(f"/visits/{booked.id}/time/", {"day": "2026-12-02", "clock": "16:00"})
    assert answer.headers["Location"] == f"/visits/{booked.id}/?said=visit-moved"
    with inside():
        assert Visit.objects.get().starts_at == datetime(2026, 12, 3, 0, 0, tzinfo=UTC)


def test_a_move_without_a_day_keeps_the_time_that_was_typed(frank, booked):
    answer = frank.post(f"/visits/{booked.id}/time/", {"day": "", "clock": "16:00"})
    assert answer.status_code == 422
    assert 'value="16:00"' in answer.content.decode()
    assert "Choose a day." in answer.content.decode()


def test_the_page_of_a_visit_shows_its_time_where_it_is(frank, booked, words):
    assert "Monday, November 23, 10:30 am" in words(frank.get(f"/visits/{booked.id}/"))


def test_a_visit_that_was_called_off_offers_another_one_or_the_way_back(frank, booked, words):
    frank.post(f"/visits/{booked.id}/cancellation/")
    page = words(frank.get(f"/visits/{booked.id}/"))
    assert "Book another visit" in page
    assert "It takes place after all" in page
    assert "Move the visit" not in page


def test_who_is_here_is_called_in_and_the_page_tells_how_long_they_waited(frank, here, words, sign_in, now):
    assert "Call in" in words(frank.get(f"/visits/{here.id}/"))
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        frank = sign_in("Frank", at="aurora")
        frank.post(f"/visits/{here.id}/beginning/")
        page = words(frank.get(f"/visits/{here.id}/"))
    assert "Seen within 10 minutes : missing Waited 14 minutes" in page


def test_what_was_said_can_be_taken_back_where_it_was_said(frank, booked, status_of):
    said = frank.post(f"/visits/{booked.id}/arrival/", {"back": f"/visits/{booked.id}/"}).headers["Location"]
    page = frank.get(said).content.decode()
    assert f'action="/visits/{booked.id}/undo/"' in page
    answer = frank.post(f"/visits/{booked.id}/undo/", {"back": f"/visits/{booked.id}/"})
    assert answer.headers["Location"].startswith(f"/visits/{booked.id}/?said=visit-back")
    assert status_of(booked) == "booked"


def test_each_step_keeps_who_took_it(frank, booked, inside):
    frank.post(f"/visits/{booked.id}/arrival/")
    with inside():
        assert Visit.objects.get(id=booked.id).status_by.display_name == "Frank Ford"


def test_a_brief_is_read_once_and_the_page_says_so(frank, booked, words):
    frank.post(f"/visits/{booked.id}/brief/")
    assert "Read before the visit" in words(frank.get(f"/visits/{booked.id}/"))
