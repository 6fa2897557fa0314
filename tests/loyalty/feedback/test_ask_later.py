"""Whoever was not asked, or did not answer, gets one link: the next working morning, by their consent."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from core.audit.models import Entry
from core.errors import Conflict, NotFound
from core.tenancy.scope import practice_scope
from loyalty.feedback.ask_by_hand import draft_by_hand, queue_by_hand
from loyalty.feedback.ask_later import NOT_AFTER, ask_later
from loyalty.feedback.by_link import answer_by_link, asked_by_link
from loyalty.feedback.record import record
from loyalty.feedback.said import Said
from loyalty.messages.consent import answer
from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue
from loyalty.messages.wording import VERSION
from loyalty.models import (
    Feedback,
    FeedbackLink,
    FeedbackRequest,
    Holiday,
    Message,
    MessageTemplate,
    Promise,
    Visit,
)
from loyalty.visits.walk_in import walk_in

# The visit ends on Monday morning; Tuesday at nine in Los Angeles it is their morning.
TUESDAY = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


@pytest.fixture
def place(location):
    location.address, location.city, location.state, location.postal_code = "12 Main Street", "Portland", "OR", "97205"
    location.save()
    return location


@pytest.fixture
def agree(now):
    def said(patient, *, channel="email", granted=True):
        answer(
            patient_id=patient.id,
            channel=channel,
            purpose="feedback",
            granted=granted,
            source="told the front desk",
            version=VERSION,
            by_person_id=None,
            now=now - timedelta(days=30),
        )

    return said


@pytest.fixture
def marguerite(make_patient, agree, place):
    one = make_patient("Marguerite Ellison", emails=["marguerite@example.com"])
    agree(one)
    return one


@pytest.fixture
def visit(completed, marguerite):
    return completed(patient_id=marguerite.id)


@pytest.fixture
def token(visit):
    """Of the link that went out on Tuesday morning."""
    ask_later(now=TUESDAY)
    deliver(message_id=Message.objects.get().id, now=TUESDAY)
    return re.search(r"/f/([\w-]{43})/", mail.outbox[-1].body)[1]


def test_the_next_working_morning_a_link_is_queued_once(visit):
    assert ask_later(now=TUESDAY) == 1
    assert ask_later(now=TUESDAY + timedelta(hours=1)) == 0
    message = Message.objects.get()
    assert (message.visit, message.channel, message.purpose) == (visit, "email", "feedback")
    assert FeedbackLink.objects.get().sent_at is None


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 23, 19, 0, tzinfo=UTC),  # the same day
        TUESDAY - timedelta(minutes=1),
        TUESDAY + timedelta(hours=3),  # noon
        TUESDAY + NOT_AFTER,
    ],
)
def test_not_on_the_day_itself_not_before_nine_nor_in_the_afternoon_nor_days_later(visit, at):
    assert ask_later(now=at) == 0


def test_a_day_off_is_no_morning(visit):
    Holiday.objects.create(day=TUESDAY.date(), name="Closed")
    assert ask_later(now=TUESDAY) == 0
    assert ask_later(now=TUESDAY + timedelta(days=1)) == 1


def test_who_was_not_asked_on_the_first_morning_is_not_asked_on_a_day_off_either(visit):
    later = TUESDAY + timedelta(days=1)
    Holiday.objects.create(day=later.date(), name="Closed")
    assert ask_later(now=later) == 0


def test_the_link_itself_is_in_the_email_and_nowhere_else(visit, token):
    kept = f"{Message.objects.values().get()} {FeedbackLink.objects.values().get()}"
    assert token not in kept
    assert "[link]" in Message.objects.get().body
    assert "Ellison" not in mail.outbox[-1].body


def test_from_then_on_they_count_as_asked_by_link(visit, token):
    request = FeedbackRequest.objects.get()
    assert (request.mode, request.visit, request.asked_at) == ("link", visit, TUESDAY)


def test_whoever_answered_in_any_way_is_not_asked(visit, now):
    record(visit_id=visit.id, mode="staff", score=9, now=now)
    assert ask_later(now=TUESDAY) == 0


def test_a_message_held_overnight_is_called_off_once_they_answer(visit, marguerite):
    template = MessageTemplate.objects.get(name="How was it (email)")
    night = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    message = queue_by_hand(patient_id=marguerite.id, template_id=template.id, by_person_id=None, now=night)
    assert message.state == "held"
    record(visit_id=visit.id, mode="staff", score=9, now=night)
    deliver(message_id=message.id, now=TUESDAY)
    kept = Message.objects.get()
    assert (kept.state, kept.rule, kept.settled_at) == ("cancelled", "answered", night)
    assert Entry.objects.get(verb="message.refused").subject_id == message.id
    assert mail.outbox == []


def test_whoever_was_asked_on_the_tablet_and_said_no_gets_the_one_link(visit, marguerite, now):
    FeedbackRequest.objects.create(
        patient=marguerite, visit=visit, mode="kiosk", asked_at=now, day=now.date(), skipped_at=now
    )
    assert ask_later(now=TUESDAY) == 1


def test_without_consent_to_be_asked_nothing_goes_out_and_nothing_is_noted(visit, marguerite, agree):
    agree(marguerite, granted=False)
    assert ask_later(now=TUESDAY) == 0
    assert not Message.objects.exists()
    assert not FeedbackLink.objects.exists()


@pytest.mark.parametrize("field", ["deceased", "no_contact"])
def test_who_died_or_wants_no_contact_is_not_asked(visit, marguerite, field):
    setattr(marguerite, field, True)
    marguerite.save()
    assert ask_later(now=TUESDAY) == 0


def test_whoever_may_not_be_asked_keeps_nobody_else_from_being_asked(completed, marguerite, make_patient, now):
    """They come first, and stay among the visits of these days; and of two who may be, one a time is asked."""
    for name in ("Ada Byron", "Ben Coe"):
        completed(patient_id=make_patient(name).id, at=now - timedelta(hours=2))
    completed(patient_id=marguerite.id)
    assert [ask_later(now=TUESDAY, most=1) for _ in range(2)] == [1, 0]
    assert FeedbackLink.objects.get().visit.patient == marguerite


def test_imported_history_is_never_asked_about(visit):
    Visit.objects.update(is_history=True)
    assert ask_later(now=TUESDAY) == 0


def test_of_two_visits_of_these_days_the_later_one_is_asked_about(visit, completed, marguerite, now):
    later = completed(patient_id=marguerite.id, at=now + timedelta(hours=3))
    assert ask_later(now=TUESDAY) == 1
    assert FeedbackLink.objects.get().visit == later
    assert ask_later(now=TUESDAY + timedelta(hours=1)) == 0


def test_who_was_merged_away_is_not_asked(visit, marguerite, make_patient):
    marguerite.merged_into = make_patient("Marguerite Ellison")
    marguerite.save()
    assert ask_later(now=TUESDAY) == 0


def test_nobody_is_asked_while_they_are_on_the_premises(visit, marguerite, place):
    walk_in(patient_id=marguerite.id, location_id=place.id, now=TUESDAY - timedelta(minutes=5))
    assert ask_later(now=TUESDAY) == 0


def test_of_a_minor_without_a_guardian_nobody_is_asked(completed, make_patient, agree, place):
    child = make_patient("Mia Ellison", emails=["mia@example.com"], birth=(2014, 5, 17))
    agree(child)
    completed(patient_id=child.id)
    assert ask_later(now=TUESDAY) == 0


def test_a_practice_whose_templates_carry_no_link_asks_nobody(visit):
    MessageTemplate.objects.filter(kind="feedback").update(body="How was it?")
    assert ask_later(now=TUESDAY) == 0


# --- The answer -----------------------------------------------------------------------------------------------------


def test_it_is_answered_once_and_says_that_it_came_by_link(visit, token, now):
    promised = Promise.objects.create(visit=visit, text="No waiting", made_at=now)
    assert asked_by_link(token, now=TUESDAY).promises == {promised.id: "No waiting"}
    answer_by_link(token, said=Said(score=9, promises={promised.id: "yes"}), now=TUESDAY)
    kept = Feedback.objects.get()
    assert (kept.mode, kept.visit, kept.score) == ("link", visit, 9)
    assert Promise.objects.get().kept == "yes"
    with pytest.raises(NotFound):
        answer_by_link(token, said=Said(score=1), now=TUESDAY)
    assert Feedback.objects.get().score == 9


def test_used_too_old_and_unknown_get_one_answer(token):
    said = set()
    for given, at in ((token, TUESDAY + timedelta(days=14)), ("x" * 43, TUESDAY)):
        with pytest.raises(NotFound) as refused:
            asked_by_link(given, now=at)
        said.add((refused.value.code, refused.value.message))
    answer_by_link(token, said=Said(score=9), now=TUESDAY)
    with pytest.raises(NotFound) as refused:
        asked_by_link(token, now=TUESDAY)
    said.add((refused.value.code, refused.value.message))
    assert len(said) == 1


def test_nobody_answers_by_the_link_of_somebody_who_has_died(token, marguerite):
    marguerite.deceased = True
    marguerite.save()
    with pytest.raises(NotFound):
        asked_by_link(token, now=TUESDAY)
    with pytest.raises(NotFound):
        answer_by_link(token, said=Said(score=9), now=TUESDAY)


def test_a_link_of_one_practice_is_none_at_another(borealis, token):
    with practice_scope(borealis), pytest.raises(NotFound):
        asked_by_link(token, now=TUESDAY)


# --- By hand


@pytest.fixture
def by_hand(visit):
    """by_hand(at) queues the email that asks how it was, as staff does from the patient's page."""
    template = MessageTemplate.objects.get(kind="feedback", channel="email")
    return lambda at: queue(patient_id=visit.patient_id, template_id=template.id, by_person_id=None, now=at)


def test_by_hand_it_carries_the_link_about_the_last_visit_and_the_link_works_once(by_hand, visit, now):
    message = by_hand(now)
    assert "[link]" in message.body
    deliver(message_id=message.id, now=now)
    token = re.search(r"/f/([\w-]{43})/", mail.outbox[-1].body)[1]
    assert answer_by_link(token, said=Said(score=9), now=now).visit == visit
    with pytest.raises(NotFound):
        asked_by_link(token, now=now)


def test_whoever_got_a_link_by_hand_gets_none_in_the_morning_nor_a_second_by_hand(by_hand, now):
    by_hand(now)
    assert ask_later(now=TUESDAY) == 0
    assert by_hand(now + timedelta(hours=1)).rule == "day_cap"
    assert FeedbackLink.objects.count() == 1


@pytest.mark.parametrize(("mode", "how"), [("kiosk", "on the tablet already"), ("staff", "how this visit was already")])
def test_by_hand_nobody_is_asked_again_about_a_visit_that_they_told_us_about(visit, now, mode, how):
    record(visit_id=visit.id, mode=mode, score=9, now=now)
    template = MessageTemplate.objects.get(kind="feedback", channel="email")
    same = {"patient_id": visit.patient_id, "template_id": template.id, "now": now}
    for verb in (lambda: draft_by_hand(**same), lambda: queue_by_hand(**same, by_person_id=None)):
        with pytest.raises(Conflict, match=f"{how}, at 9:00 am"):
            verb()
    assert not Message.objects.exists()
    assert not FeedbackLink.objects.exists()


@pytest.mark.parametrize("change", [{"is_history": True}, {"status": "no_show"}, {"completed_at": None}])
def test_by_hand_there_is_no_link_about_what_was_no_visit_of_ours_to_ask_about(by_hand, visit, now, change):
    if change == {"completed_at": None}:
        change = {"completed_at": now - timedelta(days=31)}
    Visit.objects.filter(id=visit.id).update(**change)
    assert "[link]" not in by_hand(now).body
    assert not FeedbackLink.objects.exists()
