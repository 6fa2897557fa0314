"""The promoters: who they are, thanked by hand, asked for a story."""

from datetime import date, timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.loved import note_loved
from loyalty.feedback.promoters import promoters
from loyalty.feedback.record import record
from loyalty.feedback.story import answer_story, plan_story
from loyalty.feedback.thank import thank
from loyalty.models import Feedback, Memory, Referral, StoryAsk, Touchpoint


@pytest.fixture
def say(completed, patient, now):
    """say(10): Marguerite comes and answers, a day after the one before."""
    days = iter(range(100))

    def said(score, *, who=None, **more):
        at = now - timedelta(days=50) + timedelta(days=next(days))
        visit = completed(patient_id=(who or patient).id, at=at)
        answer = record(visit_id=visit.id, mode="link", score=score, now=at, **more)
        Touchpoint.objects.filter(kind="note").update(state="cancelled")
        return answer

    return said


def rows(now):
    return promoters(now=now, limit=10).rows


def test_the_last_answer_decides(say, make_patient, now):
    say(10, liked="Kind people.")
    say(9)
    grace = make_patient("Grace Chen")
    say(10, who=grace)
    say(7, who=grace)
    found = promoters(now=now, limit=10)
    assert [(one.name, one.score, one.quote, one.visits) for one in found.rows] == [
        ("Marguerite Ellison", 9, "Kind people.", 2)
    ]
    assert (found.count, found.answered) == (1, 2)


def test_how_to_do_it_again_comes_from_the_record(say, patient, now):
    say(10)
    say(10)
    Memory.objects.create(patient=patient, text="Ask after her garden", part="say", source="told us", consented=True)
    Memory.objects.create(patient=patient, text="Afraid", part="say", source="told us", sensitivity="clinical")
    (found,) = rows(now)
    assert found.again == ("With Dr. Sato, in the morning", "Ask after her garden")


def test_whom_they_sent_is_named_here_and_in_the_trail(say, patient, make_patient, now):
    say(10)
    ruth = make_patient("Ruth Calloway")
    Referral.objects.create(patient=ruth, referrer=patient, on=date(2026, 11, 1))
    assert rows(now)[0].sent == ("Ruth Calloway",)
    assert set(Entry.objects.get(verb="promoters.read").patients) == {patient.id, ruth.id}


def test_themes_and_shares_are_counts_and_nothing_else(say, make_patient, now):
    note_loved(answer_id=say(10, liked="Kind, on time.").id, loved=["kind", "on_time"])
    grace = make_patient("Grace Chen")
    note_loved(answer_id=say(9, who=grace, liked="Kind.").id, loved=["kind"])
    note_loved(answer_id=say(7, who=make_patient("Ada Ames"), liked="Kind.").id, loved=["kind"])
    found = promoters(now=now, limit=10)
    assert [(one.theme, one.mentions) for one in found.themes] == [("Kind people", 2), ("On time", 1)]
    assert [(one.name, one.promoters, one.answers) for one in found.by_provider] == [("Dr. Sato", 2, 3)]
    assert [(one.name, one.promoters, one.answers) for one in found.by_service] == [("Chemical peel", 2, 3)]


def test_pages_follow_each_other(say, make_patient, now):
    for number in range(5):
        say(10, who=make_patient(f"Ada {number}"))
    first = promoters(now=now, limit=3)
    second = promoters(now=now, limit=3, after=first.after)
    assert [one.name for one in (*first.rows, *second.rows)] == [f"Ada {number}" for number in (4, 3, 2, 1, 0)]
    assert second.after is None


def test_the_dead_and_the_merged_are_left_out(say, patient, now):
    say(10)
    patient.deceased = True
    patient.save()
    assert rows(now) == ()


# --- Thanked


def test_a_thank_you_is_a_note_for_who_treated_them(say, patient, provider, now):
    say(10)
    note = thank(patient_id=patient.id, now=now)
    assert (note.kind, note.channel, note.state, note.assigned_to) == ("note", "card", "planned", provider)
    assert (note.day, note.due_at) == (date(2026, 11, 23), now + timedelta(hours=48))
    assert rows(now)[0].note_waits


def test_who_has_left_is_not_asked_to_write(say, patient, provider, now):
    say(10)
    provider.is_active = False
    provider.save()
    assert thank(patient_id=patient.id, now=now).assigned_to is None


def test_nobody_is_thanked_twice(say, patient, now):
    say(10)
    note = thank(patient_id=patient.id, now=now)
    with pytest.raises(Conflict, match="waits to be written already"):
        thank(patient_id=patient.id, now=now)
    Touchpoint.objects.filter(id=note.id).update(state="done", done_at=now)
    with pytest.raises(Conflict, match="One a day is enough"):
        thank(patient_id=patient.id, now=now)


def test_a_thank_you_waits_while_a_recovery_is_open(say, patient, now):
    say(2)
    say(10)
    assert thank(patient_id=patient.id, now=now).state == "held"


@pytest.mark.parametrize("wish", ["no_contact", "deceased"])
def test_who_must_not_be_contacted_is_neither_thanked_nor_asked(say, patient, now, wish):
    say(10)
    setattr(patient, wish, True)
    patient.save()
    for verb in (lambda: thank(patient_id=patient.id, now=now), lambda: ask(patient, now)):
        with pytest.raises(DomainError, match="must not be contacted"):
            verb()


def test_who_is_no_promoter_any_more_is_not_thanked_as_one(say, patient, now):
    with pytest.raises(DomainError, match="did not give a 9 or 10"):
        thank(patient_id=patient.id, now=now)
    say(10)
    say(8)
    with pytest.raises(DomainError, match="did not give a 9 or 10"):
        ask(patient, now)
    with pytest.raises(NotFound):
        thank(patient_id=uuid7(), now=now)


# --- Asked for a story


def ask(patient, now):
    return plan_story(patient_id=patient.id, by_staff_id=None, now=now)


def test_asking_for_a_story_plans_a_call_and_keeps_the_answer(say, patient, provider, now):
    say(10)
    asking = plan_story(patient_id=patient.id, by_staff_id=provider.id, now=now)
    call = Touchpoint.objects.get(kind="story")
    assert (asking.call, call.channel, call.state, call.assigned_to) == (call, "call", "planned", provider)
    assert rows(now)[0].story == "asked"
    answer_story(story_ask_id=asking.id, answer="agreed", by_staff_id=provider.id, now=now)
    call.refresh_from_db()
    assert (call.state, call.done_by, call.outcome) == ("done", provider, "Will tell it")
    kept = StoryAsk.objects.get()
    assert (kept.answer, kept.answered_at, kept.answered_to) == ("agreed", now, provider)
    assert rows(now)[0].story == "agreed"


def test_the_answer_is_kept_once(say, patient, now):
    say(10)
    asking = ask(patient, now)
    with pytest.raises(DomainError, match="Choose whether"):
        answer_story(story_ask_id=asking.id, answer="maybe", by_staff_id=None, now=now)
    answer_story(story_ask_id=asking.id, answer="declined", by_staff_id=None, now=now)
    with pytest.raises(Conflict, match="would rather not"):
        answer_story(story_ask_id=asking.id, answer="agreed", by_staff_id=None, now=now)
    with pytest.raises(NotFound):
        answer_story(story_ask_id=uuid7(), answer="agreed", by_staff_id=None, now=now)


def test_nobody_is_pressed(say, patient, now):
    say(10)
    asking = ask(patient, now)
    with pytest.raises(Conflict, match="is planned since November 23"):
        ask(patient, now)
    answer_story(story_ask_id=asking.id, answer="declined", by_staff_id=None, now=now)
    with pytest.raises(DomainError, match="Ask again after a year"):
        ask(patient, now + timedelta(days=364))
    again = ask(patient, now + timedelta(days=366))
    answer_story(story_ask_id=again.id, answer="agreed", by_staff_id=None, now=now + timedelta(days=367))
    with pytest.raises(Conflict, match="agreed to tell their story"):
        ask(patient, now + timedelta(days=800))


def test_a_minor_and_somebody_who_waits_for_us_are_not_asked(say, patient, now):
    say(2)
    say(10)
    with pytest.raises(DomainError, match="Make that good first"):
        ask(patient, now)
    patient.birth_year = 2012
    patient.save()
    with pytest.raises(DomainError, match="a minor"):
        ask(patient, now)
    assert Feedback.objects.count() == 2
    assert not Touchpoint.objects.filter(kind="story").exists()
