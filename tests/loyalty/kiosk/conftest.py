"""A tablet at Aurora's front desk, and Marguerite, who is here and about to leave."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from loyalty.feedback.said import Said
from loyalty.kiosk.answer import answer
from loyalty.kiosk.open_visit import open_on
from loyalty.kiosk.questions import Questions
from loyalty.kiosk.take import take
from loyalty.models import Feedback, Kiosk, Visit
from loyalty.visits.arrive import arrive
from tests.kiosks import enrolled


@pytest.fixture
def kiosk(in_aurora, now) -> Kiosk:
    return enrolled(now=now)[0]


@pytest.fixture
def visit(booked, now) -> Visit:
    visit = booked(starts_at=now - timedelta(minutes=40), now=now - timedelta(days=7))
    return arrive(visit_id=visit.id, now=now - timedelta(minutes=40))


@pytest.fixture
def opened(kiosk, visit, now) -> UUID:
    """The id of an opening of the visit that waits for the tablet."""
    return open_on(visit_id=visit.id, kiosk_id=kiosk.id, by_staff_id=None, now=now).id


@pytest.fixture
def taken(kiosk, opened, now) -> Questions:
    return take(kiosk_id=kiosk.id, opening_id=opened, now=now)


@pytest.fixture
def say(kiosk, taken, now) -> Callable[..., Feedback]:
    """say(score, …): the tablet sends an answer, two minutes after it was taken, given just then."""

    def said(
        score: int = 9, *, submission: UUID | None = None, ago: int = 0, at: datetime | None = None, **more: object
    ):
        return answer(
            kiosk_id=kiosk.id,
            opening_id=taken.opening_id,
            submission_id=submission or uuid4(),
            seconds_ago=ago,
            said=Said(score=score, **more),
            now=at or now + timedelta(minutes=2),
        )

    return said
