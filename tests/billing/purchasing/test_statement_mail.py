"""Whoever may read a practice's statement is told by mail that it is there: once, and without an amount."""

from datetime import date

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from billing.purchasing.models import Statement, StatementMail
from billing.purchasing.programs.periods import quarter_of
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.statements.approve import approve
from billing.purchasing.statements.jobs import tell_of_statements
from billing.purchasing.statements.prepare import prepare
from billing.purchasing.statements.tell import tell_statements
from tenants.models import Membership, Practice

THIRD = quarter_of(date(2026, 9, 30))


@pytest.fixture
def approved(bring, make_program, now):
    """Aurora's statement of the third quarter: it earned $20.00."""
    make_program()
    bring("A-1,,2026-07-06,SF-100,,1,,1000,")
    accrue_since(THIRD.first, now=now)
    payout = sum(one.payout for one in prepare(quarter=THIRD, now=now))
    (statement,) = approve(quarter=THIRD, payout_seen=payout, by_name="Nora", now=now)
    mail.outbox.clear()
    return statement


def to():
    return sorted(one.to[0] for one in mail.outbox)


def test_owners_and_managers_are_told_once_where_to_read_it(approved, now):
    assert tell_statements(now=now) == 2
    assert tell_statements(now=now) == 0
    assert to() == ["martin@example.com", "olivia@example.com"]
    one = mail.outbox[0]
    assert one.subject == "Your statement of the third quarter of 2026 is ready"
    assert f"/statements/{approved.pk}/" in one.body
    assert "aurora." in one.body
    assert "Aurora Aesthetics" in one.body


def test_no_amount_and_no_vendor_is_in_it(approved, now):
    tell_statements(now=now)
    for one in mail.outbox:
        whole = one.subject + one.body + str(one.alternatives)
        assert not {part for part in ("20.00", "$", "Bluebell") if part in whole}


def test_who_left_or_may_not_read_it_is_not_told(approved, now):
    Membership.objects.filter(person__email="martin@example.com").update(role="provider")
    tell_statements(now=now)
    assert to() == ["olivia@example.com"]


def test_a_practice_that_is_not_active_is_not_told(approved, now, aurora):
    Practice.objects.filter(id=aurora.id).update(status=Practice.Status.SUSPENDED)
    assert tell_statements(now=now) == 0
    assert not StatementMail.objects.filter(sent_at__isnull=True).exists()


def test_a_server_that_does_not_answer_is_asked_again(approved, now, monkeypatch):
    def silent(_self, _messages):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", silent)
        assert tell_statements(now=now) == 0
    assert tell_statements(now=now) == 2


def test_the_job_that_approving_asks_for_sends_it(approved):
    assert tell_of_statements() == 2
    assert StatementMail.objects.get().statement == approved


def test_a_statement_that_was_there_before_is_not_told_of(now, aurora, deal):
    Statement.objects.create(
        practice_id=aurora.id, first=THIRD.first, last=THIRD.last, currency="USD", paid_minor=0, netted_minor=0,
        payout_minor=0, content={"paid": [], "earned": [], "waiting": []}, approved_at=now, approved_by="Nora",
    )  # fmt: skip
    assert tell_statements(now=now) == 0
