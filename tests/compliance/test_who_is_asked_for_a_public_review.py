"""Everybody who agreed and was here comes up, days later and elsewhere; nobody picks them, no wish is passed over."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.errors import DomainError, NotFound
from loyalty.messages.consent import answer
from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue, queue_invitation
from loyalty.messages.wording import VERSION
from loyalty.models import (
    Guardianship,
    Location,
    Message,
    MessageTemplate,
    Patient,
    ReviewAsking,
    ReviewInvitation,
    ReviewSite,
    Visit,
)
from loyalty.reviews.asking import set_asking
from loyalty.reviews.inviting.invite import invite
from loyalty.reviews.inviting.opened import go, places
from loyalty.reviews.sites import set_site
from loyalty.visits.book import book
from tests.compliance.five_steps import arrived, seen, somebody

PAGE = "https://www.google.com/maps/aurora"


@pytest.fixture
def site(in_aurora):
    Location.objects.update(address="12 Main Street", city="Portland", state="OR", postal_code="97205")
    site = set_site(site_id=ReviewSite.objects.get(name="Google").id, own_url=PAGE, asking_allowed=True)
    set_asking(is_on=True, every_days=180, share=100, after_days=2)
    return site


@pytest.fixture
def who(site, now):
    """Beatrice was here three days ago, and agreed to be asked by email."""
    who = somebody(now, emails=["bea@example.com"])
    say(who, now - timedelta(days=30))
    seen(who, at=now - timedelta(days=3))
    return who


def say(who, at, *, granted=True, purpose="reviews"):
    usual = {"channel": "email", "source": "told us", "version": VERSION, "by_person_id": None}
    answer(patient_id=who.id, purpose=purpose, granted=granted, **usual, now=at)


def booked(who, at):
    return book(patient_id=who.id, location_id=Location.objects.get().id, starts_at=at, now=at - timedelta(days=5))


def test_whoever_agreed_and_was_here_is_asked_once(who, now):
    assert invite(now=now) == 1
    assert invite(now=now) == 0
    assert Message.objects.get().patient_id == who.id


def is_merged(who, now):
    Patient.objects.filter(id=who.id).update(merged_into=somebody(now, given_name="Bea", phones=[]))


def has_a_guardian(who, now):
    Patient.objects.filter(id=who.id).update(birth_year=now.year - 12)
    Guardianship.objects.create(patient=who, name="Anna", email="anna@example.com")


def agreed_to_news_only(who, now):
    say(who, now, granted=False)
    say(who, now, purpose="marketing")


NEVER = {
    "who died": lambda who, _now: Patient.objects.filter(id=who.id).update(deceased=True),
    "who wants no contact": lambda who, _now: Patient.objects.filter(id=who.id).update(no_contact=True),
    "a record that was merged": is_merged,
    "a child": lambda who, now: Patient.objects.filter(id=who.id).update(birth_year=now.year - 12),
    "a child's guardian": has_a_guardian,
    "who took the yes back": lambda who, now: say(who, now, granted=False),
    "who agreed to something else": agreed_to_news_only,
    "who did not come": lambda _who, _now: Visit.objects.update(status="no_show"),
    "who is known from history": lambda _who, _now: Visit.objects.update(is_history=True),
    "who left the day before": lambda _who, now: Visit.objects.update(day=now.date() - timedelta(days=1)),
    "who was here long ago": lambda _who, now: Visit.objects.update(day=now.date() - timedelta(days=22)),
    "who is expected today": lambda who, now: booked(who, now + timedelta(hours=4)),
    "who is here": lambda who, now: arrived(who, at=now - timedelta(minutes=5)),
    "whose visit was left open": lambda who, now: arrived(who, at=now - timedelta(days=1)),
}


@pytest.mark.parametrize("change", NEVER.values(), ids=NEVER)
def test_never(who, now, change):
    change(who, now)
    assert invite(now=now) == 0
    assert not Message.objects.exists()


def test_never_twice_within_the_time_between(who, now):
    assert invite(now=now) == 1
    for days, asked in ((100, 0), (200, 1)):
        later = now + timedelta(days=days)
        seen(who, at=later - timedelta(days=3))
        assert invite(now=later) == asked


@pytest.mark.parametrize("wrong", [{"after_days": 0}, {"every_days": 30}, {"share": 10}])
def test_a_practice_can_set_neither_asking_on_the_day_nor_asking_all_the_time(site, wrong):
    with pytest.raises(DomainError):
        set_asking(**{"is_on": True, "every_days": 180, "share": 100, "after_days": 2, **wrong})


def test_switched_off_or_without_a_site_nobody_is_asked(who, site, now):
    ReviewAsking.objects.update(is_on=False)
    assert invite(now=now) == 0
    ReviewAsking.objects.update(is_on=True)
    ReviewSite.objects.filter(id=site.id).update(asking_allowed=False)
    assert invite(now=now) == 0


def test_nobody_picks_whom_to_ask_and_no_other_words_go_this_way(who, now):
    review = MessageTemplate.objects.filter(kind="review", channel="email")[0]
    with pytest.raises(DomainError, match="Nobody is picked for this"):
        queue(patient_id=who.id, template_id=review.id, by_person_id=None, now=now)
    other = MessageTemplate.objects.filter(kind="feedback", channel="email")[0]
    with pytest.raises(DomainError, match="asks for no public review"):
        queue_invitation(patient_id=who.id, template_id=other.id, review_link="", now=now)
    assert not Message.objects.exists()


def test_who_comes_back_before_it_goes_out_is_not_asked_while_here(who, now):
    tonight = now + timedelta(hours=14)
    invite(now=tonight)
    held = Message.objects.get()
    assert held.state == "held"
    booked(who, held.not_before + timedelta(hours=2))
    deliver(message_id=held.id, now=held.not_before)
    held.refresh_from_db()
    assert (held.state, held.rule) == ("refused", "on_the_premises")


def test_a_link_opens_for_whoever_was_asked_and_leads_to_sites_that_allow_it(who, site, now):
    invite(now=now)
    invitation = ReviewInvitation.objects.get()
    assert [one.name for one in places(invitation_id=invitation.id)] == ["Google"]
    assert go(invitation_id=invitation.id, site_id=site.id, now=now) == PAGE
    yelp = ReviewSite.objects.get(name="Yelp")
    for wrong in ({"site_id": yelp.id}, {"invitation_id": uuid4()}):
        with pytest.raises(NotFound):
            go(**{"invitation_id": invitation.id, "site_id": site.id, **wrong}, now=now)
    ReviewInvitation.objects.update(drawn=False, message=None, opened_at=None)
    with pytest.raises(NotFound):
        places(invitation_id=invitation.id)
    with pytest.raises(NotFound):
        go(invitation_id=invitation.id, site_id=site.id, now=now)
