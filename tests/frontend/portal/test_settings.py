"""Settings: the hub, hours and days off, services."""

import re
from datetime import date, time

import pytest

from core.audit.models import Entry
from loyalty.locations.hours import calendar_of
from loyalty.models import Holiday, Location, Service
from loyalty.services.catalogue import add_service, change_service
from tenants.models import Practice

WEEK = {
    f"{key}_{n}": value for n in range(1, 6) for key, value in (("open", "on"), ("opens", "10:00"), ("closes", "19:00"))
}
WORDS = {"name": "Peel", "preview": "Red for a day.", "aftercare": "", "return_days": 90, "minutes": 45}


@pytest.fixture
def martin(sign_in):
    return sign_in("Martin", at="aurora")


@pytest.mark.parametrize(
    ("who", "sees", "not_"),
    [("Olivia", "Audit trail", "nothing"), ("Martin", "Services", "Audit trail"), ("Frank", "Agreements", "Services")],
)
def test_the_hub_shows_what_is_theirs(sign_in, words, who, sees, not_):
    said = words(sign_in(who, at="aurora").get("/settings/"))
    assert sees in said
    assert not_ not in said


@pytest.mark.parametrize("who", ["Olivia", "Martin", "Priya", "Frank"])
def test_every_way_of_the_hub_is_open_to_whoever_sees_it(sign_in, who):
    client = sign_in(who, at="aurora")
    page = client.get("/settings/").content.decode()
    ways = [way for part in page.split('<ul class="settings-ways">')[1:] for way in re.findall(r'href="([^"]+)"', part)]
    assert {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)
    assert "/agreements/" in ways


def hours_of(location):
    return f"/settings/locations/{location.id}/hours/"


def test_hours_are_kept(martin, inside, location, words):
    page = martin.get(hours_of(location))
    assert "Nothing is written down yet" in words(page)
    said = martin.post(hours_of(location), {**WEEK, "version": "1"}, follow=True)
    assert "The hours are kept" in words(said)
    with inside():
        assert calendar_of(location).hours == dict.fromkeys(range(1, 6), (time(10), time(19)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"opens_1": ""}, "Say when Tuesday opens, or take its mark off."),
        ({"opens_1": "soon"}, "Write a time like 9:00."),
        ({"closes_1": "9:00"}, "Tuesday closes before it opens."),
        ({f"open_{n}": "" for n in range(7)}, "Open on one day at least"),
    ],
)
def test_hours_that_cannot_be_come_back_as_they_were_typed(martin, inside, location, words, change, says):
    answer = martin.post(hours_of(location), {**WEEK, "version": "1", **change})
    assert answer.status_code == 422
    assert says in words(answer)
    assert 'value="19:00"' in answer.content.decode()
    with inside():
        assert not Location.objects.get().opening_hours.exists()


def test_who_read_older_hours_is_told(martin, location, words):
    martin.post(hours_of(location), {**WEEK, "version": "1"})
    answer = martin.post(hours_of(location), {**WEEK, "version": "1"})
    assert answer.status_code == 422
    assert "Somebody changed these hours meanwhile" in words(answer)


def test_a_federal_holiday_is_one_click_and_then_no_longer_suggested(martin, inside, location, words):
    page = martin.get(hours_of(location))
    assert page.context["suggested"][0].name == "Thanksgiving Day"
    form = {"day": "2026-11-26", "name": "Thanksgiving Day", "everywhere": "on"}
    page = martin.post(f"/settings/locations/{location.id}/holidays/", form, follow=True)
    assert "It is a day off" in words(page)
    assert page.context["suggested"][0].name == "Christmas Day"
    with inside():
        kept = Holiday.objects.get()
        assert (kept.day, kept.location_id) == (date(2026, 11, 26), None)
    page = martin.post(f"/settings/locations/{location.id}/holidays/{kept.id}/removal/", follow=True)
    assert "It is a working day again" in words(page)


def test_a_day_off_that_cannot_be_comes_back(martin, location, words):
    answer = martin.post(f"/settings/locations/{location.id}/holidays/", {"day": "2026-11-01", "name": "Over <b>"})
    assert answer.status_code == 422
    assert "Choose a day from today on" in words(answer)
    assert "Over &lt;b&gt;" in answer.content.decode()


def test_a_service_is_added_changed_retired_and_offered_again(martin, inside, words):
    said = martin.post("/settings/services/new/", {**WORDS, "name": "Facial <b>"}, follow=True)
    assert "The service is on the list." in words(said)
    with inside():
        service = Service.objects.get(name="Facial <b>")
    address = f"/settings/services/{service.id}/"
    assert martin.post(address, {**WORDS, "version": "1"}).status_code == 303
    said = martin.post(f"{address}retirement/", follow=True)
    assert "Undo" in words(said)
    martin.post(f"{address}return/")
    with inside():
        service.refresh_from_db()
        assert (service.name, service.is_active, service.version) == ("Peel", True, 4)


def test_who_comes_second_sees_theirs_beside_ours_and_can_keep_it(martin, inside, words):
    with inside():
        service = add_service(**WORDS)
        change_service(service_id=service.id, version=1, **{**WORDS, "preview": "Their words"})
    address = f"/settings/services/{service.id}/"
    answer = martin.post(address, {**WORDS, "preview": "My own words", "version": "1"})
    assert answer.status_code == 422
    said = words(answer)
    assert "Somebody changed this service meanwhile" in said
    assert "Their words" in said
    assert "My own words" in said
    assert 'name="version" value="2"' in answer.content.decode()
    assert martin.post(address, {**WORDS, "preview": "My own words", "version": "2"}).status_code == 303


def test_a_service_that_cannot_be_comes_back_with_what_was_typed(martin, words):
    answer = martin.post("/settings/services/new/", {**WORDS, "minutes": "many", "preview": "Kept <i>"})
    assert answer.status_code == 422
    assert "Write a whole number." in words(answer)
    assert "Kept &lt;i&gt;" in answer.content.decode()


PLACE = {"address": "1 Main St", "city": "Denver", "state": "CO", "postal_code": "80202", "time_zone": "America/Denver"}


def test_a_location_is_added_closed_and_opened_again(martin, inside, words):
    page = martin.post("/settings/locations/new/", {"name": "Second", **PLACE}, follow=True)
    assert "The location is open. Set its hours next." in words(page)
    with inside():
        second = Location.objects.get(name="Second")
    page = martin.post(f"/settings/locations/{second.id}/closing/", follow=True)
    assert "Closed. Nobody books there any more." in words(page)
    assert "Closed for good" in words(page)
    page = martin.post(f"/settings/locations/{second.id}/reopening/", follow=True)
    assert "Open again." in words(page)


def test_a_location_that_cannot_be_comes_back_with_what_was_typed(martin, inside, location, words):
    answer = martin.post("/settings/locations/new/", {"name": location.name.upper(), **PLACE})
    assert answer.status_code == 422
    assert "Give this one another name." in words(answer)
    assert 'value="1 Main St"' in answer.content.decode()
    with inside():
        assert Location.objects.count() == 1


def test_the_last_location_is_not_closed_and_the_page_says_why(martin, inside, location, words):
    answer = martin.post(f"/settings/locations/{location.id}/closing/")
    assert answer.status_code == 409
    assert "This is the only location." in words(answer)


def test_the_owner_gives_the_practice_another_name(sign_in, words, inside, django_capture_on_commit_callbacks):
    olivia = sign_in("Olivia", at="aurora")
    with django_capture_on_commit_callbacks(execute=True):
        olivia.post("/settings/name/", {"name": " Aurora Skin & Laser "})
    page = olivia.get("/settings/?said=practice-renamed")
    assert "The practice has its new name." in words(page)
    assert "Aurora Skin & Laser" in words(page)
    with inside():
        assert Entry.objects.filter(verb="practice.renamed").count() == 1


@pytest.mark.parametrize("name", ["  ", "\u200b", "Aurora\x1bSkin"])
def test_a_name_that_nobody_could_read_is_refused_and_nothing_changes(sign_in, name):
    olivia = sign_in("Olivia", at="aurora")
    before = Practice.objects.get(slug="aurora").name
    answer = olivia.post("/settings/name/", {"name": name})
    assert answer.status_code == 422
    assert Practice.objects.get(slug="aurora").name == before
