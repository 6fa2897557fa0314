"""Who is asked for a public review, and when: by consent and visit alone."""

from datetime import timedelta
from itertools import count

import pytest
from django.core import mail

from core.audit.models import Entry
from core.errors import DomainError
from loyalty.messages.deliver import deliver
from loyalty.messages.queue import draft, queue
from loyalty.models import Guardianship, Message, MessageTemplate, Patient, ReviewAsking, ReviewInvitation, Visit
from loyalty.reviews.asking import set_asking
from loyalty.reviews.inviting.draw import is_drawn
from loyalty.reviews.inviting.invite import invite
from loyalty.reviews.sites import set_site
from loyalty.visits.book import book
from loyalty.visits.walk_in import walk_in


def asked() -> list[str]:
    return list(ReviewInvitation.objects.filter(drawn=True).values_list("patient__given_name", flat=True))


def test_some_days_after_the_visit_they_are_asked_once(asking, patient, was_here, now):
    visit = was_here()
    assert invite(now=now) == 1
    invitation = ReviewInvitation.objects.get()
    assert (invitation.patient_id, invitation.visit_id, invitation.drawn) == (patient.id, visit.id, True)
    assert (invitation.message.state, invitation.message.purpose) == ("queued", "reviews")
    assert "http://aurora.perennial.localhost:8000/r/" in invitation.message.body
    assert Entry.objects.get(verb="review_invitation.drawn").patients == [patient.id]
    assert invite(now=now) == 0
    assert ReviewInvitation.objects.count() == 1


def test_the_message_goes_out_and_says_how_to_stop(asking, patient, was_here, now):
    was_here()
    invite(now=now)
    deliver(message_id=Message.objects.get().id, now=now)
    (email,) = mail.outbox
    assert (email.to, email.subject) == (["marguerite@example.com"], "An honest word about us")
    assert "Stop all email from us" in email.body
    assert "marguerite" not in Message.objects.get().body.split("/r/")[1].lower()


@pytest.mark.parametrize("days", [0, 1, 22, 400])
def test_too_soon_or_long_ago_nobody_is_asked(asking, was_here, now, days):
    was_here(days=days)
    assert invite(now=now) == 0
    assert not ReviewInvitation.objects.exists()


def test_on_the_first_and_on_the_last_day_they_are(asking, was_here, make_patient, agree, now):
    other = make_patient("Hugo Hart", emails=["hugo@example.com"])
    agree(other)
    was_here(days=2)
    was_here(days=21, someone=other)
    assert invite(now=now) == 2


@pytest.mark.parametrize("wish", [{"deceased": True}, {"no_contact": True}])
def test_who_has_died_or_wants_no_contact_is_not_asked(asking, patient, was_here, now, wish):
    was_here()
    Patient.objects.filter(id=patient.id).update(**wish)
    assert invite(now=now) == 0
    assert not ReviewInvitation.objects.exists()


def test_who_was_merged_away_is_not_asked(asking, patient, was_here, make_patient, now):
    was_here()
    Patient.objects.filter(id=patient.id).update(merged_into=make_patient("Marguerite Smith"))
    assert invite(now=now) == 0
    assert not ReviewInvitation.objects.exists()


def test_no_minor_is_asked_nor_their_guardian(asking, patient, was_here, now):
    was_here()
    Patient.objects.filter(id=patient.id).update(birth_year=now.year - 15)
    Guardianship.objects.create(patient=patient, name="Anna Ellison", email="anna@example.com")
    assert invite(now=now) == 0


def test_silence_is_no_and_so_is_a_no(asking, was_here, make_patient, patient, agree, now):
    was_here(someone=make_patient("Hugo Hart", emails=["hugo@example.com"]))
    was_here()
    agree(patient, granted=False, at=now)
    assert invite(now=now) == 0


def test_of_a_no_and_a_yes_at_one_moment_the_no_holds(asking, was_here, patient, agree, now):
    at = now - timedelta(days=4)
    agree(patient, granted=False, at=at)
    agree(patient, granted=True, at=at)
    was_here()
    assert invite(now=now) == 0
    assert not ReviewInvitation.objects.exists()


def test_consent_to_anything_else_is_no_consent_to_this(asking, make_patient, was_here, now):
    from loyalty.messages.consent import answer_many  # noqa: PLC0415
    from loyalty.messages.wording import VERSION  # noqa: PLC0415

    other = make_patient("Hugo Hart", emails=["hugo@example.com"])
    yes = {("email", purpose): True for purpose in ("visits", "feedback", "marketing")}
    answer_many(patient_id=other.id, given=yes, source="told us", version=VERSION, by_person_id=None, now=now)
    was_here(someone=other)
    assert invite(now=now) == 0


def test_imported_history_asks_nobody(asking, was_here, now):
    Visit.objects.filter(id=was_here().id).update(is_history=True)
    assert invite(now=now) == 0


def test_nobody_is_asked_on_a_day_on_which_they_come(asking, patient, location, was_here, now):
    was_here()
    later_today = book(patient_id=patient.id, location_id=location.id, starts_at=now + timedelta(hours=6), now=now)
    assert invite(now=now) == 0
    # Who was here this morning may come back for what they forgot.
    Visit.objects.filter(id=later_today.id).update(status="completed", completed_at=now)
    assert invite(now=now) == 0
    Visit.objects.filter(id=later_today.id).update(status="cancelled", cancelled_at=now, completed_at=None)
    assert invite(now=now) == 1


def test_a_visit_that_was_never_closed_is_still_open(asking, patient, location, provider, was_here, now):
    was_here()
    walk_in(patient_id=patient.id, location_id=location.id, staff_id=provider.id, now=now - timedelta(days=1))
    assert invite(now=now) == 0


def test_who_walks_in_before_it_goes_out_gets_nothing(asking, patient, location, provider, was_here, now):
    was_here()
    invite(now=now)
    walk_in(patient_id=patient.id, location_id=location.id, staff_id=provider.id, now=now)
    message = Message.objects.get()
    deliver(message_id=message.id, now=now)
    assert Message.objects.get(id=message.id).rule == "on_the_premises"
    assert mail.outbox == []


def test_nobody_is_asked_again_before_the_cap_is_over(asking, was_here, now):
    was_here()
    assert invite(now=now) == 1
    later = now + timedelta(days=179)
    was_here(days=-170)
    assert invite(now=later) == 0
    Visit.objects.filter(day__gt=now.date()).update(day=(now + timedelta(days=175)).date())
    assert invite(now=now + timedelta(days=180)) == 1


def test_who_was_left_out_by_the_hash_does_not_come_up_again_before_the_cap_either(asking, was_here, now):
    """Or else whoever comes often would be asked more often."""
    visit = was_here(days=8)
    # A salt of our own would leave this visit in once in a hundred times.
    salt = next(salt for salt in map(str, count()) if not is_drawn(salt=salt, visit_id=visit.id, share=1))
    ReviewAsking.objects.update(share=1, salt=salt)
    assert invite(now=now) == 0
    assert ReviewInvitation.objects.get().drawn is False
    was_here(days=3)
    ReviewAsking.objects.update(share=100)
    assert invite(now=now) == 0


def test_what_never_reached_them_does_not_count_as_asked(asking, patient, was_here, agree, now):
    patient.contact_points.filter(kind="email").update(do_not_use=True)
    was_here(days=8)
    assert invite(now=now) == 0
    assert ReviewInvitation.objects.get().message.rule == "not_this_address"
    patient.contact_points.filter(kind="email").update(do_not_use=False)
    # Their next visit may be asked about, not the same one once more.
    assert invite(now=now) == 0
    was_here(days=3)
    assert invite(now=now) == 1


def test_the_preferred_channel_is_used(asking, patient, was_here, agree, now):
    agree(patient, channel="text")
    Patient.objects.filter(id=patient.id).update(preferred_channel="text")
    was_here()
    invite(now=now)
    assert Message.objects.get().channel == "text"


def test_switched_off_or_without_a_site_nobody_is_asked(asking, google, was_here, now):
    was_here()
    ReviewAsking.objects.update(is_on=False)
    assert invite(now=now) == 0
    ReviewAsking.objects.update(is_on=True)
    set_site(site_id=google.id, own_url=google.own_url, asking_allowed=False)
    assert invite(now=now) == 0


def test_without_words_nobody_is_asked(asking, was_here, now):
    was_here()
    MessageTemplate.objects.filter(kind="review").update(is_on=False)
    assert invite(now=now) == 0
    assert not ReviewInvitation.objects.exists()


def test_no_person_picks_who_is_asked(asking, patient, now):
    template = MessageTemplate.objects.get(kind="review", channel="email")
    for by_hand in (
        lambda: queue(patient_id=patient.id, template_id=template.id, by_person_id=None, now=now),
        lambda: draft(patient_id=patient.id, template_id=template.id, now=now),
    ):
        with pytest.raises(DomainError) as caught:
            by_hand()
        assert caught.value.code == "review_asked_by_hand"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [({"every_days": 30}, "every_days"), ({"share": 33}, "share"), ({"after_days": 0}, "after_days")],
)
def test_what_may_not_be_set_is_refused_with_its_field(google, given, field):
    with pytest.raises(DomainError) as caught:
        set_asking(**{"is_on": True, "every_days": 180, "share": 100, "after_days": 2, **given})
    assert caught.value.field == field


def test_it_cannot_be_switched_on_without_a_site(in_aurora):
    with pytest.raises(DomainError) as caught:
        set_asking(is_on=True, every_days=180, share=100, after_days=2)
    assert caught.value.code == "review_no_site_to_ask_for"
