"""The page of those who are slipping away."""

import pytest

from loyalty.models import ContactPoint, DriftFit, DriftLeft, Touchpoint
from tests.rooms.drifting import COMING_BACK, LOOKED_BACK, drift_of


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def drifting(inside, patient, now):
    with inside():
        DriftFit.objects.create(
            day=now.date(), patient_count=900, repeat_count=500, k=2, r=2, alpha=110, a=1, b=2, log_likelihood=-5000
        )
        return drift_of(patient.id, now)


def test_the_list_says_who_and_why(frank, drifting, words):
    said = words(frank.get("/drifting/"))
    assert "O'Ellison" in said
    assert "Usually every 14 weeks; 23 weeks since the last visit." in said
    assert "A call could save about 1.4 visits a year" in said


def test_a_call_opens_on_the_desk_and_can_be_called_off(frank, drifting, inside, words):
    page = frank.post(f"/drifting/{drifting.patient_id}/contact/", {"channel": "call"}, follow=True)
    said = words(page)
    assert "Asked for. Here is the call to make." in said
    assert "Usually every 14 weeks; 23 weeks since the last visit." in said
    with inside():
        contact = Touchpoint.objects.get(patient_id=drifting.patient_id, kind="check_in")
    assert str(contact.id) in page.redirect_chain[-1][0]
    assert "Nobody is slipping away" in words(frank.get("/drifting/"))
    assert "1.4 visits" in words(frank.get("/drifting/?show=seen-to"))
    said = words(frank.post(f"/drifting/contacts/{contact.id}/undo/", follow=True))
    assert "Called off." in said
    assert "1.4 visits" in said


def test_a_number_that_must_not_be_used_is_not_offered(frank, drifting, inside, words):
    with inside():
        ContactPoint.objects.filter(patient_id=drifting.patient_id).update(do_not_use=True)
    page = frank.get("/drifting/")
    assert "No way to reach them is open" in words(page)
    refused = frank.post(f"/drifting/{drifting.patient_id}/contact/", {"channel": "call"})
    assert refused.status_code == 409
    assert "cannot be called (Not this number)" in words(refused)


def test_they_are_left_for_now_and_taken_up_again(frank, drifting, inside, now, words):
    address = f"/drifting/{drifting.patient_id}/leave/"
    wrong = frank.post(address, {"until": "2020-01-01", "reason": "Abroad for the winter"})
    assert wrong.status_code == 422
    assert "Choose a day within a year, from tomorrow on." in words(wrong)
    assert "Abroad for the winter" in wrong.content.decode()
    until = now.date().replace(year=now.year + 1, month=1, day=15)
    assert "Left for now." in words(frank.post(address, {"until": until, "reason": "Abroad"}, follow=True))
    assert "Until" in words(frank.get("/drifting/?show=left"))
    with inside():
        left = DriftLeft.objects.get()
    assert "stand on the list again" in words(frank.post(f"/drifting/left/{left.id}/undo/", follow=True))


def test_before_the_first_night_and_with_too_few_patients_it_says_so(frank, inside, now, words):
    assert "The list is made tonight" in words(frank.get("/drifting/"))
    with inside():
        DriftFit.objects.create(day=now.date(), patient_count=40, repeat_count=12)
    said = words(frank.get("/drifting/"))
    assert "Not enough history yet" in said
    assert "12 have so far" in said
    assert "Not enough history yet" in words(frank.get("/drifting/look-back/"))


def test_what_was_said_a_year_ago_stands_beside_what_happened(frank, drifting, inside, words):
    with inside():
        DriftFit.objects.update(backtest=LOOKED_BACK)
    page = frank.get("/drifting/look-back/")
    said = words(page)
    assert "It expected 1,131 visits of theirs; there were 1,011" in said
    assert "It expected 55 of 120 patients to come back within the year; 42 did." in said
    assert "80% 60% 47% to 71% 60" in said
    assert "In 1 of 2 what was said lies within the interval of what happened." in page.content.decode()


def test_no_such_part_of_the_list(frank, drifting):
    assert frank.get("/drifting/?show=everybody").status_code == 404


def test_the_page_of_new_patients_says_by_when_half_are_back(frank, inside, now, words):
    assert "Not enough new patients yet" in words(frank.get("/drifting/coming-back/"))
    with inside():
        DriftFit.objects.create(day=now.date(), patient_count=900, repeat_count=12, first_return=COMING_BACK)
    page = frank.get("/drifting/coming-back/")
    said = words(page)
    assert "Half of them are back within 132 days" in said
    assert "121 of 240 have come again by now" in said
    assert "How many of 240 new patients are back: within 30 days 8%; within 60 days 22%; within 90 days 41%." in (
        page.content.decode()
    )
    assert "90 41% 35% to 48% 140" in said


def test_where_half_are_not_back_it_says_so(frank, inside, now, words):
    with inside():
        DriftFit.objects.create(
            day=now.date(), patient_count=900, repeat_count=12, first_return={**COMING_BACK, "half": None}
        )
    assert "Fewer than half of them have been seen to come back so far." in words(frank.get("/drifting/coming-back/"))
