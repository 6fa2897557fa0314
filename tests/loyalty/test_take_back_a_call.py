"""What was said of a call was a slip: it is taken back with all that followed."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.models import ContactPoint, Promise, Visit
from loyalty.touchpoints.call import call, take_back
from loyalty.touchpoints.contacts import skip, to_call

SAID = {"by_staff_id": None, "by_person_id": None}


@pytest.fixture
def preview(booked, preview_of):
    return preview_of(booked())


@pytest.fixture
def ring(preview, now):
    """ring("reached"): the call about Marguerite's visit, now."""
    return lambda result, **given: call(**{"touchpoint_id": preview.id, "result": result, "now": now, **SAID, **given})


def state(preview):
    preview.refresh_from_db()
    return preview.state


@pytest.mark.parametrize("result", ["reached", "voicemail", "no_answer"])
def test_a_slip_is_taken_back_the_same_day_with_all_that_followed(ring, preview, now, result):
    promises = ["A quiet room"] if result == "reached" else []
    ring(result, confirmed=True, promises=promises)
    take_back(touchpoint_id=preview.id, now=now + timedelta(hours=8))
    assert (state(preview), preview.done_at, preview.outcome) == ("planned", None, "")
    assert (Promise.objects.count(), Visit.objects.get(id=preview.visit_id).status) == (0, "booked")
    assert to_call(now=now, limit=1)[0].tried == 0
    with pytest.raises(Conflict, match="waiting to be done"):
        take_back(touchpoint_id=preview.id, now=now)


def test_a_wrong_number_taken_back_may_be_called_again(ring, preview, patient, now):
    ring("wrong_number")
    take_back(touchpoint_id=preview.id, now=now)
    assert not ContactPoint.objects.get(patient=patient).do_not_use
    assert (state(preview), preview.channel) == ("planned", "call")


def test_on_a_later_day_it_stays(ring, preview, now):
    ring("no_answer")
    with pytest.raises(DomainError, match="earlier day"):
        take_back(touchpoint_id=preview.id, now=now + timedelta(days=1))


def test_a_no_is_not_taken_back_by_a_click(ring, preview, now):
    ring("no_calls")
    with pytest.raises(DomainError, match="kept as their consent"):
        take_back(touchpoint_id=preview.id, now=now)


def test_what_was_set_aside_comes_back_too(preview, now):
    skip(touchpoint_id=preview.id, reason="Told in person", by_staff_id=None, now=now)
    take_back(touchpoint_id=preview.id, now=now)
    assert state(preview) == "planned"
