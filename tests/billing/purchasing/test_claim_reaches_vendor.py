"""A claim is mailed to its vendor with the file, never twice; or somebody notes how it was sent."""

from datetime import date, timedelta
from email.utils import parseaddr
from smtplib import SMTPServerDisconnected

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from billing.purchasing.claims import deliver
from billing.purchasing.claims.deliveries import deliveries_of, reached
from billing.purchasing.claims.jobs import mail_waiting
from billing.purchasing.claims.mail_claim import mail_claim
from billing.purchasing.claims.note_delivery import note_delivery
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import ClaimDelivery, PurchaseLine, Vendor
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from core.models import NetworkEntry

THIRD = date(2026, 9, 30)
ADDRESS = "claims@bluebell.example"


@pytest.fixture
def claim(bring, make_program, deal, now):
    """Of $20.00; the vendor has an address."""
    Vendor.objects.filter(pk=deal.vendor.pk).update(email=ADDRESS, contact_name="Vera Vendor")
    make_program()
    bring("A-1,1,2026-07-06,SF-100,Zoe Quill lips,1,,1000,")
    return send_claim(contract_id=deal.contract.id, last=THIRD, total_seen=2_000, by_name="Nora Network", now=now)


@pytest.fixture
def ask(claim, person):
    def asked(**other):
        given = {"claim_id": claim.pk, "to_seen": ADDRESS, "by_person_id": person("Nora").pk, "by_name": "Nora Network"}
        return mail_claim(**given | other)

    return asked


@pytest.fixture
def broken(monkeypatch):
    """broken(error): the mail server answers so from now on; broken(None): as ever."""
    whole = EmailBackend.send_messages

    def answers(error):
        def send(self, messages):
            if error is None:
                return whole(self, messages)
            raise error

        monkeypatch.setattr(EmailBackend, "send_messages", send)

    return answers


def state():
    return ClaimDelivery.objects.order_by("created_at").values_list("state", flat=True)[::-1][0]


def verbs():
    return list(NetworkEntry.objects.filter(verb__startswith="claim.").order_by("at").values_list("verb", flat=True))


def test_the_mail_holds_the_file_and_what_to_pay_until_when(ask, claim, now):
    ask()
    assert deliver.deliver_waiting(now=now) == 1
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    assert sent.reply_to == ["nora@example.com"]
    assert parseaddr(sent.from_email)[1].startswith("no-reply@")
    assert sent.subject == "Rebate claim 2026-09-30-1 of Perennial Network: $20.00"
    for words in ("Dear Vera Vendor,", "Bluebell 2026, BB-2026", "pay it by November 29, 2026", "nora@example.com"):
        assert words in sent.body
    ((name, content, kind),) = sent.attachments
    assert (name, kind) == ("claim-BB-2026-2026-09-30-1.csv", "text/csv")
    assert "Aurora Aesthetics,Quarterly,2026-07-01,2026-09-30,A-1,1,2026-07-06,SF-100,1,,1000.00,20.00,USD" in content


def test_no_word_of_a_line_is_in_it(ask, now):
    ask()
    deliver.deliver_waiting(now=now)
    assert PurchaseLine.objects.filter(description__contains="Zoe Quill").exists()
    assert "Zoe" not in mail.outbox[0].message().as_string()
    assert "Zoe" not in mail.outbox[0].attachments[0][1]


def test_a_claim_that_takes_back_says_so(ask, claim, bring, deal, now):
    bring("R-1,1,2026-07-09,SF-100,,-1,,-400,")
    second = send_claim(contract_id=deal.contract.id, last=THIRD, total_seen=-2_000, by_name="Nora", now=now)
    ask(claim_id=second.pk)
    deliver.deliver_waiting(now=now)
    assert mail.outbox[0].subject == "Rebates taken back by Perennial Network: $20.00, claim 2026-09-30-2"
    assert "$20.00 of what we claimed before is taken back" in mail.outbox[0].body


def test_it_goes_out_once_however_often_it_is_asked_for(ask, now):
    ask()
    with pytest.raises(Conflict) as refused:
        ask()
    assert refused.value.code == "claim_mailed"
    deliver.deliver_waiting(now=now)
    assert deliver.deliver_waiting(now=now) == 0
    with pytest.raises(Conflict):
        ask()
    assert len(mail.outbox) == 1


def test_the_database_keeps_a_second_mail_out(ask):
    first = ask()
    first.pk, first._state.adding = uuid7(), True
    with pytest.raises(IntegrityError, match="claim_mailed_once"), transaction.atomic():
        first.save(force_insert=True)


def test_a_mail_that_somebody_is_sending_just_now_is_left_to_them(ask, now):
    ClaimDelivery.objects.filter(pk=ask().pk).update(state="sending", sending_at=now)
    assert deliver.deliver_waiting(now=now + timedelta(minutes=29)) == 0
    assert (mail.outbox, state()) == ([], "sending")


def test_a_worker_that_died_while_it_sent_sends_nothing_twice_and_a_person_decides(ask, claim, now):
    ClaimDelivery.objects.filter(pk=ask().pk).update(state="sending", sending_at=now)
    assert deliver.deliver_waiting(now=now + timedelta(minutes=31)) == 0
    assert (mail.outbox, state()) == ([], "unclear")
    assert deliveries_of(claim).may_mail
    ask()
    assert deliver.deliver_waiting(now=now) == 1


def test_an_answer_that_comes_after_it_was_taken_for_lost_changes_nothing(ask, now, monkeypatch):
    whole = EmailBackend.send_messages

    def slow(self, messages):
        # Another worker looks meanwhile.
        deliver.deliver_waiting(now=now + timedelta(minutes=31))
        return whole(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    ask()
    deliver.deliver_waiting(now=now)
    assert state() == "unclear"
    assert verbs()[-1] == "claim.not_mailed"


def test_a_server_that_does_not_answer_is_asked_again_and_given_up_after_two_days(ask, now, broken):
    asked = ask()
    broken(SMTPServerDisconnected())
    assert deliver.deliver_waiting(now=now) == 0
    assert state() == "waiting"
    broken(None)
    assert deliver.deliver_waiting(now=now) == 1
    ClaimDelivery.objects.filter(pk=asked.pk).update(state="waiting", day=None)
    broken(OSError())
    deliver.deliver_waiting(now=asked.created_at + timedelta(days=2))
    assert state() == "refused"
    assert verbs()[-1] == "claim.not_mailed"


@pytest.mark.parametrize(
    ("error", "becomes"), [(AnymailRecipientsRefused(), "refused"), (AnymailAPIError("gone"), "unclear")]
)
def test_what_is_refused_or_unclear_is_not_tried_again_by_itself(ask, now, broken, error, becomes):
    ask()
    broken(error)
    deliver.deliver_waiting(now=now)
    assert state() == becomes
    broken(None)
    assert deliver.deliver_waiting(now=now) == 0
    # Whoever looked into it may.
    ask()
    assert deliver.deliver_waiting(now=now) == 1


def test_a_file_that_no_server_takes_is_not_tried(ask, now, monkeypatch):
    monkeypatch.setattr(deliver, "LARGEST", 100)
    ask()
    assert deliver.deliver_waiting(now=now) == 0
    assert ClaimDelivery.objects.values_list("state", "failure").get() == ("refused", "file_too_large")


def test_a_vendor_without_an_address_is_told_of(ask, deal):
    Vendor.objects.filter(pk=deal.vendor.pk).update(email="")
    with pytest.raises(DomainError) as refused:
        ask(to_seen="")
    assert refused.value.code == "vendor_without_address"
    assert "Add it to the vendor, or send the file another way and note it." in refused.value.message
    assert not ClaimDelivery.objects.exists()


def test_another_address_than_was_looked_at_is_looked_at_first(ask):
    with pytest.raises(Conflict) as refused:
        ask(to_seen="old@bluebell.example")
    assert refused.value.code == "vendor_address_changed"
    assert not ClaimDelivery.objects.exists()


def test_a_new_address_may_be_mailed_too(ask, claim, now, deal):
    ask()
    deliver.deliver_waiting(now=now)
    assert not deliveries_of(claim).may_mail
    Vendor.objects.filter(pk=deal.vendor.pk).update(email="new@bluebell.example")
    claim.contract.vendor.refresh_from_db()
    assert deliveries_of(claim).may_mail
    ask(to_seen="new@bluebell.example")
    deliver.deliver_waiting(now=now)
    assert [one.to for one in mail.outbox] == [[ADDRESS], ["new@bluebell.example"]]


def test_the_trail_says_who_asked_and_that_it_went_out(ask, claim, now):
    ask()
    deliver.deliver_waiting(now=now)
    assert verbs() == ["claim.sent", "claim.mail_asked", "claim.mailed"]
    assert NetworkEntry.objects.get(verb="claim.mailed").subject_id == claim.pk


def test_the_job_that_asking_enqueues_sends_it(ask):
    ask()
    assert mail_waiting() == 1


def test_how_it_was_sent_is_noted(claim, now):
    assert reached([claim]) == set()
    note_delivery(claim_id=claim.pk, way="portal", to="Ticket 4711", day=now.date(), by_name="Nora", now=now)
    (noted,) = deliveries_of(claim).tries
    assert (noted.way, noted.to, noted.day, noted.by, noted.state) == (
        "portal", "Ticket 4711", now.date(), "Nora", "sent",
    )  # fmt: skip
    assert reached([claim]) == {claim.pk}
    assert verbs()[-1] == "claim.delivery_noted"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"way": "pigeon"}, "way"),
        ({"to": " "}, "to"),
        ({"to": "x" * 121}, "to"),
        ({"day": date(2026, 12, 31)}, "day"),
        ({"day": THIRD}, "day"),
    ],
)
def test_what_cannot_be_is_not_noted(claim, now, wrong, field):
    given = {"way": "post", "to": "Vera Vendor", "day": now.date()}
    with pytest.raises(DomainError) as refused:
        note_delivery(claim_id=claim.pk, **given | wrong, by_name="Nora", now=now)
    assert refused.value.field == field
    assert not ClaimDelivery.objects.exists()


def test_of_a_claim_that_is_not_there_nothing_is_noted_or_mailed(ask, now):
    with pytest.raises(NotFound):
        ask(claim_id=uuid7())
    with pytest.raises(NotFound):
        note_delivery(claim_id=uuid7(), way="post", to="V", day=now.date(), by_name="Nora", now=now)
