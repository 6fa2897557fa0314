"""The list of calls: whom, what to say, and what became of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loyalty.models import Call, ContactPoint, Memory, Patient, Promise, Service, Touchpoint, Visit
from loyalty.patients.enrol import enrol
from loyalty.touchpoints.contacts import made
from loyalty.visits.book import book


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def service(inside):
    with inside():
        return Service.objects.create(name="Chemical peel", preview="Your skin will be <red> for a day.\nNo sun.")


@pytest.fixture
def preview(inside, patient, location, provider, service, now):
    """To call about Marguerite's visit on Monday."""
    with inside():
        visit = book(
            patient_id=patient.id,
            location_id=location.id,
            staff_id=provider.id,
            service_id=service.id,
            starts_at=now + timedelta(days=7),
            now=now,
        )
        return Touchpoint.objects.get(visit=visit, kind="preview")


def outcome(preview):
    return f"/calls/{preview.id}/outcome/"


def test_an_empty_list_says_what_will_come(frank, words):
    said = words(frank.get("/calls/"))
    assert "Every call is made" in said
    assert "two working days before it" in said


def test_the_first_call_is_on_the_desk_with_what_to_say(frank, preview, words):
    page = frank.get("/calls/")
    said = words(page)
    for part in ("1 to make this week", "In the next days", "What to say", "No sun.", "By 5:00 pm", "Left a voicemail"):
        assert part in said
    html = page.content.decode()
    assert "Your skin will be &lt;red&gt; for a day." in html
    assert 'href="tel:5035550148"' in html


def test_what_is_late_stands_first(frank, preview, inside, now, words):
    with inside():
        Touchpoint.objects.filter(id=preview.id).update(due_at=now - timedelta(days=1))
    said = words(frank.get("/calls/"))
    assert "Late 1" in said
    assert "Due since Sunday, November 22" in said


def test_reached_with_a_promise_and_a_confirmation_is_undone_by_one_click(frank, preview, inside, words):
    form = {"result": "reached", "confirmed": "on", "promises": "Numbing <b>first\nA quiet room", "minutes": "4"}
    page = frank.post(outcome(preview), form, follow=True)
    assert "Written down: reached." in words(page)
    assert f'action="/calls/{preview.id}/undo/"' in page.content.decode()
    with inside():
        assert sorted(Promise.objects.values_list("text", flat=True)) == ["A quiet room", "Numbing <b>first"]
        assert Visit.objects.get(id=preview.visit_id).status == "confirmed"
        assert Call.objects.get().by_staff.display_name == "Frank Ford"
    assert "It is to be made again." in words(frank.post(f"/calls/{preview.id}/undo/", follow=True))
    with inside():
        assert Touchpoint.objects.get(id=preview.id).state == "planned"
        assert Promise.objects.count() == 0


def test_without_an_answer_it_stays_and_says_how_often(frank, preview, words):
    frank.post(outcome(preview), {"result": "no_answer"})
    said = words(frank.get("/calls/"))
    assert "Tried once" in said
    assert "No answer at 9:00 am by Frank Ford" in said


def test_the_language_is_told_in_words_and_only_where_it_is_another_one(frank, preview, patient, inside, words):
    for code, said in (("en-US", ""), ("es-US", "Speaks Spanish"), ("eo", "Speaks eo")):
        with inside():
            Patient.objects.filter(id=patient.id).update(language=code)
        page = words(frank.get("/calls/"))
        assert said in page
        assert ("Speaks" in page) is bool(said)


def test_no_voicemail_is_neither_offered_nor_taken(frank, preview, patient, inside, words):
    with inside():
        Patient.objects.filter(id=patient.id).update(no_voicemail=True)
    page = frank.get("/calls/")
    assert 'value="voicemail"' not in page.content.decode()
    assert "They wish no voicemail" in words(page)
    answer = frank.post(outcome(preview), {"result": "voicemail", "minutes": "3"})
    assert answer.status_code == 422
    assert "wishes no voicemail" in words(answer)
    with inside():
        assert Touchpoint.objects.get(id=preview.id).state == "planned"


def test_a_number_that_must_not_be_called_has_no_link(frank, preview, patient, inside, words):
    with inside():
        ContactPoint.objects.create(
            patient=patient, kind="phone", value="(503) 555-0999", search="5035550999", do_not_use=True, rank=2
        )
    page = frank.get("/calls/")
    assert "tel:5035550999" not in page.content.decode()
    assert "not this number" in words(page)


def test_nothing_typed_is_lost_when_a_field_is_wrong(frank, preview, inside, words):
    answer = frank.post(outcome(preview), {"result": "reached", "promises": "Numbing first", "minutes": "many"})
    assert answer.status_code == 422
    said = words(answer)
    assert "Write a whole number." in said
    assert "Numbing first" in said
    answer = frank.post(outcome(preview), {"result": "no_answer", "promises": "Numbing first"})
    assert "A promise is made to somebody." in words(answer)
    with inside():
        assert Call.objects.count() == 0


def test_whoever_comes_second_reads_who_was_first(frank, preview, inside, provider, now, words):
    with inside():
        made(touchpoint_id=preview.id, by_staff_id=provider.id, now=now)
    answer = frank.post(outcome(preview), {"result": "reached", "promises": "Numbing first"})
    assert answer.status_code == 422
    said = words(answer)
    assert "was done at 9:00 am by Priya Patel." in said
    assert "You had typed: Numbing first" in said
    with inside():
        assert Promise.objects.count() == 0


def test_clinical_memories_stay_with_those_who_treat(sign_in, frank, preview, patient, inside, words):
    with inside():
        Memory.objects.create(patient=patient, text="Afraid of needles", source="Told Priya", sensitivity="clinical")
    assert "Afraid of needles" not in words(frank.get("/calls/"))
    assert "Afraid of needles" in words(sign_in("Priya", at="aurora").get("/calls/"))


def test_a_wrong_number_goes_by_letter_and_is_done_by_hand(frank, preview, inside, patient, words):
    with inside():
        Patient.objects.filter(id=patient.id).update(address="1 Main St")
    page = frank.post(outcome(preview), {"result": "wrong_number"}, follow=True)
    said = words(page)
    assert "Nobody calls that number any more." in said
    assert "by letter" in said
    assert "Done." in words(frank.post(f"/calls/{preview.id}/made/", follow=True))


def test_it_is_left_with_a_reason(frank, preview, inside, words):
    address = f"/calls/{preview.id}/not-this-time/"
    assert "Choose a reason." in words(frank.post(address))
    assert "Write the reason in a few words." in words(frank.post(address, {"why": "other"}))
    page = frank.post(address, {"why": "other", "other": "Knows it all"}, follow=True)
    assert "Not this time." in words(page)
    with inside():
        assert Touchpoint.objects.get(id=preview.id).outcome == "Knows it all"


def test_mine_and_everybodys(frank, sign_in, preview, words):
    assert "1 to make" in words(frank.get("/calls/?mine=1"))
    assert "None to make" in words(sign_in("Priya", at="aurora").get("/calls/?mine=1"))


@pytest.mark.parametrize("contact", ["nothing", "00000000-0000-7000-8000-000000000000"])
def test_a_call_that_is_none_is_not_found(frank, contact):
    assert frank.get(f"/calls/?contact={contact}").status_code == 404


def test_a_long_list_shows_the_first_five_and_folds_the_rest_away(frank, preview, inside, location, now, words):
    for number in range(6):
        with inside():
            patient = enrol(given_name=f"Later{number}", family_name="Moss", now=now)
            book(patient_id=patient.id, location_id=location.id, starts_at=now + timedelta(days=7, hours=1), now=now)
    html = frank.get("/calls/").content.decode()
    before, folded = html.split('<details class="fold">')
    assert (before.count("?contact="), folded.count("?contact=")) == (5, 2)
    assert "Show all 7" in words(frank.get("/calls/"))
    last = folded.split("?contact=")[-1].split("#")[0]
    assert '<details class="fold" open>' in frank.get(f"/calls/?contact={last}").content.decode()


def test_the_list_asks_no_more_for_more_calls(frank, preview, inside, location, now, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as one:
        frank.get("/calls/")
    with inside():
        for n in range(8):
            who = enrol(given_name=f"Patient {n}", family_name="More", phones=[f"(503) 555-02{n:02}"], now=now)
            book(patient_id=who.id, location_id=location.id, starts_at=now + timedelta(days=7, hours=n), now=now)
    with django_assert_max_num_queries(len(one)):
        frank.get("/calls/")
