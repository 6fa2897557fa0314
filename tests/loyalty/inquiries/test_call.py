"""Somebody who asked is called."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.inquiries.call import call
from loyalty.inquiries.close import close
from loyalty.models import Inquiry, InquiryCall

NEXT_DAY = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Tuesday, 5 pm


@pytest.fixture
def ring(ruth, front_desk, now):
    return lambda outcome="reached", **said: call(
        **{"inquiry_id": ruth.id, "outcome": outcome, "by_staff_id": front_desk.id, "now": now, **said}
    )


def test_whoever_speaks_with_them_makes_the_first_call(ring, ruth, front_desk, now):
    later = now + timedelta(hours=2)
    ring(notes="Wants to see\r\nthe rooms.", promised="We show you the rooms.", minutes=8, now=later)
    ring(now=now + timedelta(days=1))
    kept, made = Inquiry.objects.get(), InquiryCall.objects.order_by("at").first()
    assert (kept.state, kept.first_called_at, kept.due_at) == ("called", later, None)
    assert (made.inquiry, made.by, made.at, made.minutes) == (ruth, front_desk, later, 8)
    assert (made.notes, made.promised) == ("Wants to see\nthe rooms.", "We show you the rooms.")


@pytest.mark.parametrize("outcome", ["voicemail", "no_answer", "wrong_number"])
def test_who_is_not_reached_is_called_the_next_working_day(ring, outcome):
    ring(outcome)
    kept = Inquiry.objects.get()
    assert (kept.state, kept.first_called_at, kept.due_at) == ("open", None, NEXT_DAY)


def test_the_next_call_may_be_on_another_day(ring):
    ring(next_on=date(2026, 12, 4))
    assert Inquiry.objects.get().due_at == datetime(2026, 12, 5, 1, 0, tzinfo=UTC)
    with pytest.raises(DomainError) as refused:
        ring(next_on=date(2026, 11, 22))
    assert refused.value.field == "next_on"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": "fax"}, "outcome"),
        ({"outcome": "voicemail", "promised": "The rooms."}, "promised"),
        ({"promised": "x" * 301}, "promised"),
        ({"notes": "a\0b"}, "notes"),
        ({"minutes": -1}, "minutes"),
    ],
)
def test_what_cannot_be_is_refused(ring, said, field):
    with pytest.raises(DomainError) as refused:
        ring(**said)
    assert refused.value.field == field
    assert not InquiryCall.objects.exists()


def test_who_was_settled_is_not_called(ring, ruth, now):
    close(inquiry_id=ruth.id, because="Went elsewhere", now=now)
    with pytest.raises(Conflict, match="Open it again first"):
        ring()
