"""An event about a customer that nobody knows is told to the network's admins by mail: once, and nothing of it."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from billing.models import StripeEvent
from billing.notices import tell_all
from billing.parked import tell_parked
from tenants.models import Person

NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)


@pytest.fixture
def park(db):
    def made(id="evt_1", state="parked"):
        StripeEvent.objects.create(
            id=id, type="invoice.paid", customer="cus_nobody", raw=b"{}", created_at=NOW, received_at=NOW, state=state,
            settled_at=None if state == "waiting" else NOW,
        )  # fmt: skip

    mail.outbox.clear()
    return made


def test_admins_are_told_once_of_all_together(park):
    park()
    park("evt_2")
    assert tell_all() == 1
    assert tell_all() == 0
    (one,) = mail.outbox
    assert one.to == ["nora@example.com"]
    assert one.subject == "The payments provider wrote about a customer nobody knows"
    assert "2 messages of the payments provider name a customer that belongs to no member." in one.body
    assert "/billing/" in one.body
    assert "cus_nobody" not in one.body


def test_what_comes_later_is_told_again(park):
    park()
    tell_parked(now=NOW)
    park("evt_2")
    assert tell_parked(now=NOW) == 1
    assert "1 message of the payments provider names a customer" in mail.outbox[-1].body


@pytest.mark.parametrize("state", ["waiting", "applied", "nothing"])
def test_what_is_not_parked_is_not_told(park, state):
    park(state=state)
    assert tell_parked(now=NOW) == 0


def test_a_server_that_does_not_answer_is_asked_again(park, monkeypatch):
    def silent(_self, _messages):
        raise OSError

    park()
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", silent)
        assert tell_parked(now=NOW) == 0
    assert tell_parked(now=NOW) == 1


def test_analysts_and_members_are_not_told(park):
    park()
    tell_parked(now=NOW)
    told = {one.to[0] for one in mail.outbox}
    assert told == set(
        Person.objects.filter(network_role="network_admin", is_active=True).values_list("email", flat=True)
    )
    assert not told & {"ana@example.com", "olivia@example.com"}
