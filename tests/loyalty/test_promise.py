"""What was promised before a visit, and whether it happened."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Promise, Visit
from loyalty.visits.complete import complete
from loyalty.visits.promise import answer, promise


def test_a_promise_keeps_its_words_and_who_gave_it(booked, front_desk, now):
    visit = booked()
    promise(visit_id=visit.id, text=" out by 11:30 ", by_staff_id=front_desk.id, now=now)
    kept = Promise.objects.get()
    assert (kept.visit, kept.text, kept.made_at, kept.made_by) == (visit, "out by 11:30", now, front_desk)


@pytest.mark.parametrize("text", ["", " \u200b", "a\0b", "x" * 301])
def test_a_promise_without_words_that_can_be_kept_is_refused(booked, now, text):
    with pytest.raises(DomainError) as refused:
        promise(visit_id=booked().id, text=text, by_staff_id=None, now=now)
    assert refused.value.field == "text"


def test_nothing_is_promised_for_what_is_over(treated, now):
    with pytest.raises(DomainError, match="for the next one"):
        promise(visit_id=treated().id, text="out by 11:30", by_staff_id=None, now=now)


def test_the_patient_says_afterwards_whether_it_happened_and_only_once(booked, now):
    visit = booked(starts_at=now)
    made = promise(visit_id=visit.id, text="out by 11:30", by_staff_id=None, now=now)
    with pytest.raises(DomainError, match="Ask after the visit"):
        answer(promise_id=made.id, kept="yes", now=now)
    complete(visit_id=visit.id, now=now)
    later = now + timedelta(hours=1)
    answer(promise_id=made.id, kept="partly", now=later)
    kept = Promise.objects.get()
    assert (kept.kept, kept.answered_at) == ("partly", later)
    with pytest.raises(Conflict, match="already: partly"):
        answer(promise_id=made.id, kept="no", now=later)


def test_there_are_three_answers(booked, now):
    made = promise(visit_id=booked().id, text="out by 11:30", by_staff_id=None, now=now)
    with pytest.raises(DomainError) as refused:
        answer(promise_id=made.id, kept="maybe", now=now)
    assert refused.value.field == "kept"
    assert Visit.objects.count() == 1


def test_what_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        answer(promise_id=uuid7(), kept="yes", now=now)
