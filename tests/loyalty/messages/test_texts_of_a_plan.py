"""A plan has so many texts a month: the next is refused with what to do, whatever waits or went out is counted."""

from datetime import UTC, datetime

import pytest

from core.tenancy.scope import control_plane
from loyalty.messages.texts_used import month_of, texts_of_month
from tenants.actions.entitle import entitle
from tenants.models import Capability, Standing


@pytest.fixture
def plan_with(in_aurora):
    def texts(most):
        limits = dict.fromkeys(Capability) | {Capability.TEXTS: most}
        with control_plane():
            entitle(practice_id=in_aurora.id, plan="practice", limits=limits, standing=Standing.OPEN)

    return texts


def used_up(message):
    return (message.state, message.rule) == ("refused", "plan_texts")


def test_with_none_left_a_text_is_refused_and_an_email_goes(plan_with, patient, write):
    plan_with(0)
    assert used_up(write(patient))
    assert write(patient, channel="email").state == "queued"


def test_what_is_paid_by_the_text_has_no_end(plan_with, patient, write):
    plan_with(None)
    assert write(patient).state == "queued"


def test_a_refused_text_uses_nothing_and_a_waiting_one_does(plan_with, patient, write, now):
    plan_with(1)
    assert texts_of_month(now=now) == 0
    write(patient)
    assert texts_of_month(now=now) == 1
    assert used_up(write(patient))
    assert texts_of_month(now=now) == 1


def test_the_last_one_waiting_is_not_refused_by_itself(plan_with, patient, write, send, texts):
    plan_with(1)
    assert send(write(patient)).state == "sent"


def test_the_month_begins_anew(plan_with, patient, write, now):
    plan_with(1)
    write(patient)
    assert used_up(write(patient))
    assert write(patient, at=datetime(2026, 12, 1, 20, tzinfo=UTC)).state == "queued"
    assert month_of(now) == datetime(2026, 11, 1, tzinfo=UTC)
