"""Twilio's later reports on a text."""

import pytest

from core.errors import NotFound
from core.ids import uuid7
from loyalty.messages.status import note_status
from loyalty.models import Message, Suppression


@pytest.fixture
def sent(patient, write, send, texts) -> Message:
    return send(write(patient))


@pytest.fixture
def reports(now):
    def report(message, status, *, error_code="", provider_id=""):
        note_status(
            message_id=message.id,
            provider_id=provider_id or message.provider_id or "SM1",
            status=status,
            error_code=error_code,
            now=now,
        )
        return Message.objects.get(id=message.id)

    return report


def test_it_arrived(sent, reports, now):
    assert reports(sent, "delivered").delivered_at == now


def test_it_did_not_arrive(sent, reports):
    message = reports(sent, "undelivered", error_code="30003")
    assert (message.state, message.rule) == ("failed", "not_delivered")
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("code", ["21610", "30006"])
def test_a_number_that_takes_nothing_is_put_on_the_list(sent, reports, code):
    reports(sent, "failed", error_code=code)
    assert Suppression.objects.get().reason == "unreachable"


def test_late_reports_do_not_undo_that_it_arrived(sent, reports):
    reports(sent, "delivered")
    assert reports(sent, "sent").delivered_at is not None
    assert reports(sent, "failed").state == "sent"


@pytest.mark.parametrize("state", ["sending", "unclear"])
def test_a_report_settles_what_we_did_not_know(patient, write, reports, now, state):
    message = write(patient)
    Message.objects.filter(id=message.id).update(state=state, rule="may_have_gone", claimed_at=now)
    settled = reports(message, "sent", provider_id="SM9")
    assert (settled.state, settled.rule, settled.provider_id) == ("sent", "", "SM9")


def test_a_report_of_another_message_is_not_found(sent, reports):
    with pytest.raises(NotFound):
        reports(sent, "failed", provider_id="SM-other")
    with pytest.raises(NotFound):
        note_status(message_id=uuid7(), provider_id="SM1", status="sent", error_code="", now=sent.queued_at)
    assert Message.objects.get(id=sent.id).state == "sent"


def test_a_word_that_we_do_not_know_changes_nothing(sent, reports):
    assert reports(sent, "partially_delivered").updated_at == sent.updated_at
