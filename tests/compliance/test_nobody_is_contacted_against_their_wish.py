"""Calls, cards and letters: a wish ends at once what waits, nothing new is made, and what it forbids is refused."""

from datetime import timedelta

import pytest

from core.errors import DomainError
from loyalty.drifting.ask import plan_contact
from loyalty.feedback.reopen_recovery import reopen
from loyalty.messages.consent import answer
from loyalty.messages.queue import queue
from loyalty.messages.wording import VERSION
from loyalty.models import Call, Drift, Location, Message, Occasion, Patient, Recovery, Staff, Touchpoint, Wish
from loyalty.occasions.honor import honor
from loyalty.occasions.plan import plan_occasions
from loyalty.patients.wishes import keep_wishes, take_back, wishes_as_text
from loyalty.referrals.note import note_referral
from loyalty.referrals.thank import plan_thanks
from loyalty.touchpoints.call import call
from loyalty.touchpoints.call_desk import call_desk
from loyalty.touchpoints.channel import channel_for
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from loyalty.visits.move import move
from tests.compliance.five_steps import arrived, said, seen, somebody
from tests.frontend.portal.messaging import asking

ENDS = [Wish.NO_CONTACT, Wish.DECEASED]


@pytest.fixture
def who(in_aurora, now):
    return somebody(now, emails=["bea@example.com"])


@pytest.fixture
def wish(who, now):
    def noted(which):
        was = wishes_as_text(Patient.objects.get(id=who.id))
        (change,) = keep_wishes(patient_id=who.id, wishes={which: True}, was=was, by_person_id=None, now=now)
        return change

    return noted


@pytest.fixture
def say_no(who, now):
    """say_no("call"): they want none about visits."""
    asked = {"purpose": "visits", "source": "told us", "version": VERSION, "by_person_id": None}
    return lambda channel: answer(patient_id=who.id, channel=channel, granted=False, **asked, now=now)


@pytest.fixture
def book_visit(who, now):
    def booked(days):
        staff, place = Staff.objects.filter(role="provider").get(), Location.objects.get()
        starts = now + timedelta(days=days)
        return book(patient_id=who.id, location_id=place.id, staff_id=staff.id, starts_at=starts, now=now)

    return booked


@pytest.fixture
def waiting(who, book_visit, now):
    """A call before a visit, a note after one, and a message."""
    Location.objects.update(address="12 Main Street", city="Portland")
    seen(who, at=now)
    book_visit(7)
    asked = {"purpose": "feedback", "source": "told us", "version": VERSION, "by_person_id": None}
    answer(patient_id=who.id, channel="email", granted=True, **asked, now=now)
    queue(patient_id=who.id, template_id=asking("email").id, by_person_id=None, now=now)
    assert states() == {"planned"}
    assert messages() == {"queued"}


def states():
    return set(Touchpoint.objects.values_list("state", flat=True))


def messages():
    return set(Message.objects.values_list("state", flat=True))


@pytest.mark.parametrize("which", ENDS)
def test_all_that_waits_is_called_off_with_the_wish_and_comes_back_with_it(who, waiting, wish, which, now):
    other = somebody(now, given_name="Ben", phones=[])
    seen(other, at=now)
    sent = Message.objects.get()
    sent.pk, sent.patient = None, other
    sent.save(force_insert=True)
    change = wish(which)
    assert set(Touchpoint.objects.exclude(patient=other).values_list("state", flat=True)) == {"cancelled"}
    assert set(Message.objects.values_list("patient", "state")) == {(who.id, "cancelled"), (other.id, "queued")}
    assert set(Touchpoint.objects.filter(patient=other).values_list("state", flat=True)) == {"planned"}
    take_back(change_id=change.id, by_person_id=None, now=now)
    assert states() == {"planned"}


def test_taken_back_by_who_wanted_none_it_does_not_wake_what_a_death_ended(waiting, wish, now):
    change = wish(Wish.NO_CONTACT)
    wish(Wish.DECEASED)
    take_back(change_id=change.id, by_person_id=None, now=now)
    assert states() == {"cancelled"}


@pytest.mark.parametrize("which", ENDS)
def test_nothing_is_planned_for_them_whatever_happens(who, wish, book_visit, which, now):
    Occasion.objects.create(patient=who, kind="custom", label="Marathon", month=11, day=25)
    visit = seen(somebody(now, given_name="Ben", phones=[]), at=now)
    booked, here = book_visit(7), arrived(who, at=now)
    Touchpoint.objects.all().delete()
    wish(which)
    complete(visit_id=here.id, now=now + timedelta(hours=1))
    move(visit_id=booked.id, starts_at=booked.starts_at + timedelta(days=1), now=now)
    plan_occasions(now=now)
    assert not Touchpoint.objects.filter(patient=who).exists()
    sent = note_referral(patient_id=visit.patient_id, referrer_id=who.id, now=now)
    with pytest.raises(DomainError, match="must not be contacted"):
        plan_thanks(referral_id=sent.id, now=now)
    with pytest.raises(DomainError, match="must not be contacted"):
        honor(patient_id=who.id, day=now.date() + timedelta(days=2), channel="call", by_staff_id=None, now=now)


@pytest.mark.parametrize("which", ENDS)
def test_of_the_unhappy_who_want_none_the_recovery_is_opened_and_nobody_calls(who, wish, which, now):
    visit = seen(who, at=now)
    wish(which)
    said(visit, 2, now=now)
    recovery = Recovery.objects.get()
    assert not Touchpoint.objects.filter(kind="recovery").exists()
    Recovery.objects.update(closed_at=now, recovered=False, done_text="Nothing.", untold_because="No contact")
    reopen(recovery_id=recovery.id, because="It came up again.", by_staff_id=None, now=now)
    assert not Touchpoint.objects.filter(kind="recovery").exists()


@pytest.mark.parametrize("why", [{"no_contact": True}, {"deceased": True}, {"birth_year": 2015}])
def test_a_day_that_was_planned_before_is_not_honored_against_it(who, why, now):
    day = now.date() + timedelta(days=2)
    Occasion.objects.create(patient=who, kind="custom", label="Marathon", month=day.month, day=day.day)
    Touchpoint.objects.create(
        patient=who, kind="occasion", channel="call", day=day, due_at=now, role="provider", state="planned"
    )
    Patient.objects.filter(id=who.id).update(**why)
    with pytest.raises(DomainError, match=r"must not be contacted|note who the guardian is"):
        honor(patient_id=who.id, day=day, channel="call", by_staff_id=None, now=now)


@pytest.mark.parametrize("channel", ["call", "letter"])
@pytest.mark.parametrize(
    ("why", "said"),
    [({"no_contact": True}, "Wants no contact"), ({"deceased": True}, "Has died"), ({"birth_year": 2015}, "A minor")],
)
def test_no_way_is_open_to_who_wants_none_has_died_or_is_a_child(who, channel, why, said, now):
    Drift.objects.create(patient=who, visits=1, last_on=now.date())
    Patient.objects.filter(id=who.id).update(**why)
    assert channel_for(Patient.objects.get(id=who.id), planned=channel, today=now.date()) == "in_person"
    with pytest.raises(DomainError, match=said):
        plan_contact(patient_id=who.id, channel=channel, by_staff_id=None, now=now)


@pytest.mark.parametrize("channel", ["call", "letter"])
def test_whoever_said_no_to_a_way_is_not_reached_by_it(who, say_no, channel, now):
    Drift.objects.create(patient=who, visits=1, last_on=now.date())
    say_no(channel)
    assert channel_for(Patient.objects.get(id=who.id), planned=channel, today=now.date()) != channel
    with pytest.raises(DomainError, match=f"Said no to {channel}s"):
        plan_contact(patient_id=who.id, channel=channel, by_staff_id=None, now=now)


def test_not_at_home_means_no_letter_and_no_card_but_in_a_plain_envelope(who, now):
    day = now.date() + timedelta(days=2)
    Occasion.objects.create(patient=who, kind="custom", label="Marathon", month=day.month, day=day.day)
    Drift.objects.create(patient=who, visits=1, last_on=now.date())
    Patient.objects.filter(id=who.id).update(not_at_home=True)
    with pytest.raises(DomainError, match="wishes no mail at home"):
        honor(patient_id=who.id, day=day, channel="card", by_staff_id=None, now=now)
    with pytest.raises(DomainError, match="not at home"):
        plan_contact(patient_id=who.id, channel="letter", by_staff_id=None, now=now)
    Patient.objects.filter(id=who.id).update(plain_envelope=True)
    assert honor(patient_id=who.id, day=day, channel="card", by_staff_id=None, now=now).state == "done"
    assert plan_contact(patient_id=who.id, channel="letter", by_staff_id=None, now=now).channel == "letter"


def test_a_text_or_an_email_is_no_way_without_a_yes(who, say_no, now):
    say_no("call")
    say_no("letter")
    assert channel_for(who, planned="email", today=now.date()) == "in_person"
    asked = {"purpose": "visits", "source": "told us", "version": VERSION, "by_person_id": None}
    answer(patient_id=who.id, channel="email", granted=True, **asked, now=now)
    assert channel_for(who, planned="email", today=now.date()) == "email"
    who.contact_points.update(do_not_use=True)
    assert channel_for(who, planned="email", today=now.date()) == "in_person"


@pytest.fixture
def ring(book_visit, now):
    visit = book_visit(3)
    due = Touchpoint.objects.get(visit=visit, kind="preview")
    return lambda result, **more: call(
        touchpoint_id=due.id, result=result, by_staff_id=None, by_person_id=None, now=now, **more
    )


def test_who_says_on_the_phone_that_they_want_no_calls_gets_none_any_more(who, ring, now):
    ring("no_calls")
    assert who.consents.filter(channel="call", granted=False).exists()
    assert Touchpoint.objects.get(kind="preview").channel == "letter"
    with pytest.raises(DomainError, match="no number at which"):
        ring("reached")


def test_a_wrong_number_is_never_called_again(who, ring, now):
    ring("wrong_number")
    assert who.contact_points.get(kind="phone").do_not_use
    with pytest.raises(DomainError, match="no number at which"):
        ring("reached")
    assert Call.objects.count() == 1


def test_the_front_desk_sees_on_the_call_nothing_that_providers_keep_to_themselves(who, ring, now):
    who.memories.create(text="Faints at needles", source="told Priya", sensitivity="clinical")
    due = Touchpoint.objects.get(kind="preview")
    for clinical, sees in ((False, 0), (True, 1)):
        desk = call_desk(touchpoint_id=due.id, clinical=clinical, practice="Aurora", now=now)
        assert len(desk.remembered) == sees
