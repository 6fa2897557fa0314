"""On the phone: a guardian is called, never the child; and nobody is called, or left a message, against their wish."""

from datetime import timedelta

import pytest

from core.errors import DomainError, NotFound
from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import Call, ContactPoint, Guardianship, Location, Patient, Staff, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.touchpoints.call import call
from loyalty.touchpoints.call_desk import call_desk
from loyalty.touchpoints.contacts import made, to_call
from loyalty.touchpoints.playbook import install_default_playbook
from loyalty.visits.book import book

NUMBER, MOTHERS = "(503) 555-0148", "(503) 555-0122"


@pytest.fixture
def mia(in_aurora, now):
    """Twelve years old, with a phone of her own."""
    return enrol(given_name="Mia", family_name="Ellison", phones=[NUMBER], birth=(now.year - 12, 5, 4), now=now)


@pytest.fixture
def due(mia, now):
    """What is to be called about: Mia's visit next week."""
    install_default_playbook()
    staff = Staff.objects.create(display_name="Dr. Sato", role="provider")
    visit = book(
        patient_id=mia.id,
        location_id=Location.objects.get().id,
        starts_at=now + timedelta(days=3),
        staff_id=staff.id,
        now=now,
    )
    return Touchpoint.objects.get(visit=visit, kind="preview")


@pytest.fixture
def desk(due, now):
    return lambda: call_desk(touchpoint_id=due.id, clinical=False, practice="Aurora", now=now)


@pytest.fixture
def ring(due, now):
    return lambda result="reached", **given: call(
        touchpoint_id=due.id, result=result, by_staff_id=None, by_person_id=None, now=now, **given
    )


@pytest.fixture
def mother(mia):
    return Guardianship.objects.create(patient=mia, name="Anna Ellison", phone=MOTHERS, relation="mother")


@pytest.fixture
def grown_up(mia):
    Patient.objects.filter(id=mia.id).update(birth_year=1980)


def test_of_a_child_the_desk_shows_the_guardians_number_as_the_only_one(desk, mother):
    shown = desk()
    assert shown.to == "Anna Ellison"
    assert [one.value for one in shown.numbers if one.allowed] == [MOTHERS]
    assert "Mia" not in shown.opening


def test_a_child_without_a_guardian_is_not_called_and_not_written_down_as_called(desk, ring, due, now):
    assert not any(one.allowed for one in desk().numbers)
    for attempt in (ring, lambda: made(touchpoint_id=due.id, by_staff_id=None, now=now)):
        with pytest.raises(DomainError, match="note who the guardian is"):
            attempt()
    assert not Call.objects.exists()


def test_the_childs_own_number_is_no_number_that_was_called(ring, mother):
    own = ContactPoint.objects.get(value=NUMBER)
    with pytest.raises(DomainError, match="Choose the number that you called"):
        ring(point_id=own.id)


def test_who_may_still_be_a_minor_counts_as_one(desk, mia, mother, now):
    """Only the year is known: in December they may still be seventeen."""
    Patient.objects.filter(id=mia.id).update(birth_year=now.year - 18, birth_month=None, birth_day=None)
    assert [one.value for one in desk().numbers if one.allowed] == [MOTHERS]


@pytest.fixture
def anna(mia, now):
    """Her mother, who is a patient, too."""
    anna = enrol(given_name="Anna", family_name="Ellison", phones=[MOTHERS], now=now)
    Guardianship.objects.create(patient=mia, guardian=anna)
    return anna


@pytest.mark.parametrize("why", [{"no_contact": True}, {"deceased": True}, {"birth_year": 2015}])
def test_a_guardian_who_must_not_be_contacted_is_neither_asked_for_nor_called(desk, ring, anna, due, why, now):
    assert desk().to == "Anna Ellison"
    Patient.objects.filter(id=anna.id).update(**why)
    assert desk().to == ""
    assert not any(one.allowed for one in desk().numbers)
    for attempt in (ring, lambda: made(touchpoint_id=due.id, by_staff_id=None, now=now)):
        with pytest.raises(DomainError, match="note who the guardian is"):
            attempt()


@pytest.mark.parametrize("whose", ["the child", "the guardian"])
def test_a_guardian_is_not_called_at_a_number_that_was_ruled_out(desk, ring, mia, anna, whose):
    ContactPoint.objects.filter(patient=anna).update(label="home")
    assert any(one.allowed for one in desk().numbers)
    Patient.objects.filter(id=mia.id if whose == "the child" else anna.id).update(not_at_home=True)
    assert not any(one.allowed for one in desk().numbers)
    Patient.objects.update(not_at_home=False)
    ContactPoint.objects.filter(patient=anna).update(do_not_use=True)
    assert not any(one.allowed for one in desk().numbers)
    with pytest.raises(DomainError, match="no number at which"):
        ring()


@pytest.mark.parametrize("whose", ["the child", "the guardian"])
def test_no_voicemail_of_either_holds_for_both(desk, ring, mia, anna, whose):
    assert not desk().no_voicemail
    Patient.objects.filter(id=mia.id if whose == "the child" else anna.id).update(no_voicemail=True)
    assert desk().no_voicemail
    assert desk().wishes == ("No voicemail",)
    assert [one.wish for one in desk().numbers if one.allowed] == ["Guardian, no voicemail"]
    with pytest.raises(DomainError, match="wishes no voicemail"):
        ring("voicemail")
    assert not Call.objects.exists()
    assert ring().result == "reached"


def test_beside_a_guardian_who_wishes_no_voicemail_none_is_left_for_the_other_either(desk, ring, mia, anna):
    Guardianship.objects.create(patient=mia, name="Ben Ellison", phone="(503) 555-0133")
    Patient.objects.filter(id=anna.id).update(no_voicemail=True)
    assert desk().no_voicemail
    with pytest.raises(DomainError, match="The guardian wishes no voicemail"):
        ring("voicemail")


def test_what_a_guardian_wishes_who_is_not_turned_to_binds_nobody_else(desk, ring, mia, anna):
    Guardianship.objects.create(patient=mia, name="Ben Ellison", phone="(503) 555-0133")
    Patient.objects.filter(id=anna.id).update(no_voicemail=True, no_contact=True)
    assert (desk().to, desk().no_voicemail, desk().wishes) == ("Ben Ellison", False, ())
    assert ring("voicemail").result == "voicemail"


@pytest.mark.parametrize("whose", ["the child", "the guardian"])
def test_a_no_to_calls_is_kept_whether_it_stands_with_the_child_or_with_the_guardian(desk, ring, mia, anna, whose, now):
    no_calls(mia if whose == "the child" else anna, now)
    (number,) = (one for one in desk().numbers if one.value == MOTHERS)
    assert (number.wish, number.allowed) == ("Said no to calls", False)
    with pytest.raises(DomainError, match="no number at which"):
        ring()


def test_a_later_yes_of_the_guardian_opens_the_phone_again(desk, anna, now):
    no_calls(anna, now)
    no_calls(anna, now + timedelta(hours=1), granted=True)
    assert [one.value for one in desk().numbers if one.allowed] == [MOTHERS]


@pytest.mark.parametrize("why", ["no_contact", "deceased", "merged_into"])
def test_who_must_not_be_contacted_stands_on_no_list_and_on_no_desk(desk, ring, mia, grown_up, why, now):
    other = enrol(given_name="Mia", family_name="Ellyson", now=now)
    Patient.objects.filter(id=mia.id).update(**{why: other if why == "merged_into" else True})
    assert to_call(now=now + timedelta(days=2), limit=10) == []
    with pytest.raises(NotFound):
        desk()
    with pytest.raises(DomainError, match="must not be contacted"):
        ring()


def test_no_voicemail_is_said_before_the_call_and_refused_after_it(desk, ring, mia, grown_up, due, now):
    Patient.objects.filter(id=mia.id).update(no_voicemail=True)
    assert desk().no_voicemail
    (card,) = to_call(now=now + timedelta(days=2), limit=10)
    assert card.wishes == ("No voicemail",)
    with pytest.raises(DomainError, match="wishes no voicemail"):
        ring("voicemail")


def not_this_number(_mia, _now):
    ContactPoint.objects.update(do_not_use=True)


def not_at_home(_mia, _now):
    ContactPoint.objects.update(label="home")
    Patient.objects.update(not_at_home=True)


def no_calls(who, now, granted=False):
    asked = {"channel": "call", "purpose": "visits", "source": "told us", "version": VERSION}
    answer(patient_id=who.id, granted=granted, by_person_id=None, now=now, **asked)


@pytest.mark.parametrize("say", [not_this_number, not_at_home, no_calls])
def test_a_number_that_was_ruled_out_is_not_called(desk, ring, mia, grown_up, say, now):
    say(mia, now)
    assert not any(one.allowed for one in desk().numbers)
    with pytest.raises(DomainError, match="no number at which"):
        ring()
