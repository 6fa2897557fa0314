"""Private feedback: asked for by one link at most, never of history or while here; and the unhappy are made good to."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.feedback.ask_by_hand import queue_by_hand
from loyalty.feedback.ask_later import ask_later
from loyalty.feedback.record import record
from loyalty.feedback.recover import close, tell
from loyalty.models import Feedback, Location, Message, MessageTemplate, Patient, Recovery, Touchpoint, Visit
from loyalty.touchpoints.playbook import install_default_playbook
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from tests.compliance.five_steps import arrived, said, seen
from tests.frontend.portal.messaging import asking, somebody

# The visit ends on Monday morning; Tuesday at nine in Los Angeles it is their morning.
TUESDAY = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


@pytest.fixture
def who(in_aurora, now):
    return somebody(now, agreed=("email",))


@pytest.fixture
def visit(who, now):
    return seen(who, at=now)


def test_whoever_did_not_answer_gets_one_link_and_never_a_second(who, visit):
    assert ask_later(now=TUESDAY) == 1
    assert ask_later(now=TUESDAY + timedelta(hours=1)) == 0
    # Not by hand either, once the week of the first is over.
    later = TUESDAY + timedelta(days=8)
    with pytest.raises(Conflict, match="went out already, or waits to"):
        queue_by_hand(patient_id=who.id, template_id=asking("email").id, by_person_id=None, now=later)
    assert Message.objects.count() == 1


NEVER = {
    "who answered": lambda visit, now: said(visit, 9, now=now),
    "who is known from history": lambda _visit, _now: Visit.objects.update(is_history=True),
    "who did not come": lambda _visit, _now: Visit.objects.update(status="no_show"),
    "who is here": lambda visit, _now: arrived(visit.patient, at=TUESDAY),
    "who died": lambda visit, _now: Patient.objects.filter(id=visit.patient_id).update(deceased=True),
    "who wants no contact": lambda visit, _now: Patient.objects.filter(id=visit.patient_id).update(no_contact=True),
    "a child without a guardian": lambda visit, _now: Patient.objects.filter(id=visit.patient_id).update(
        birth_year=2015
    ),
}


@pytest.mark.parametrize("change", NEVER.values(), ids=NEVER)
def test_never(visit, change, now):
    change(visit, now)
    assert ask_later(now=TUESDAY) == 0
    assert not Message.objects.exists()


def test_by_hand_nobody_is_asked_again_about_what_they_told(who, visit, now):
    said(visit, 9, now=now)
    with pytest.raises(Conflict, match="Do not ask again"):
        queue_by_hand(patient_id=who.id, template_id=asking("email").id, by_person_id=None, now=TUESDAY)
    assert not Message.objects.exists()


def test_a_link_that_waits_is_called_off_once_they_answer(visit, now):
    ask_later(now=TUESDAY)
    said(visit, 9, now=TUESDAY)
    assert list(Message.objects.values_list("state", "rule")) == [("cancelled", "answered")]


def test_an_answer_is_about_a_visit_that_took_place_and_one_each(who, visit, now):
    ahead = book(patient_id=who.id, location_id=Location.objects.get().id, starts_at=now + timedelta(days=3), now=now)
    with pytest.raises(DomainError, match="a visit that took place"):
        said(ahead, 9, now=now)
    said(visit, 9, now=now)
    with pytest.raises(Conflict, match="taken"):
        said(visit, 2, now=now)
    for wrong in ({"score": 11}, {"score": -1}, {"score": True}, {"worth": 6}, {"mode": "post"}):
        with pytest.raises(DomainError):
            record(**{"visit_id": visit.id, "mode": "link", "score": 9, **wrong}, now=now)
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(("score", "opens"), [(0, 1), (6, 1), (7, 0), (10, 0)])
def test_each_unhappy_answer_opens_a_recovery_and_a_call_with_an_owner_in_time(visit, score, opens, now):
    said(visit, score, now=now)
    assert Recovery.objects.count() == Touchpoint.objects.filter(kind="recovery").count() == opens
    for recovery in Recovery.objects.all():
        assert recovery.owner.role == "manager"
        assert now < recovery.due_at <= now + timedelta(days=4)


def test_nobody_is_made_good_to_behind_their_back(visit, now):
    said(visit, 2, now=now)
    recovery = Recovery.objects.get()
    shut = {"recovery_id": recovery.id, "recovered": True, "by_staff_id": None, "now": now}
    with pytest.raises(DomainError, match="does not know yet"):
        close(**shut, done_text="Called.")
    with pytest.raises(DomainError, match="does not know yet"):
        close(**shut, done_text="Called.", untold_because="\u200b")
    with pytest.raises(DomainError, match="Write what was done"):
        close(**shut, done_text=" ", untold_because="Away")
    tell(recovery_id=recovery.id, by_staff_id=None, now=now)
    assert close(**shut, done_text="Called.").closed_at == now
    for again in (
        lambda: close(**shut, done_text="Again."),
        lambda: tell(recovery_id=recovery.id, by_staff_id=None, now=now),
    ):
        with pytest.raises(Conflict):
            again()


def test_history_makes_no_contact(who, now):
    install_default_playbook()
    here = arrived(who, at=now)
    Visit.objects.filter(id=here.id).update(is_history=True)
    Touchpoint.objects.all().delete()
    complete(visit_id=here.id, now=now)
    assert not Touchpoint.objects.exists()
    assert MessageTemplate.objects.exists()
    assert not Message.objects.exists()
