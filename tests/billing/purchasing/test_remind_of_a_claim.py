"""A claim that is not paid by its day is told to the network, and its vendor is reminded by a press, once a week."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from billing.purchasing.claims import deliver
from billing.purchasing.claims.deliveries import deliveries_of, reached
from billing.purchasing.claims.listed import open_claims, settled_claims
from billing.purchasing.claims.overdue import Step, overdue
from billing.purchasing.claims.remind import remind
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import ClaimDelivery, Vendor
from billing.purchasing.payments.record_payment import record_payment
from billing.purchasing.payments.write_off import write_off
from core.errors import Conflict, DomainError
from core.ids import uuid7
from core.models import NetworkEntry
from tests.billing.purchasing.test_claim_reaches_vendor import ADDRESS, THIRD, ask, broken, claim  # noqa: F401

DAY = timedelta(days=1)


@pytest.fixture
def late(claim, now):  # noqa: F811
    """The day after payment of the claim was due, a Monday: November 29 is a Sunday."""
    assert claim.due_on == date(2026, 11, 29)
    return datetime(2026, 11, 30, 15, tzinfo=now.tzinfo)


@pytest.fixture
def there(ask, now):  # noqa: F811
    """The vendor has the claim."""
    ask()
    deliver.deliver_waiting(now=now)
    mail.outbox.clear()


@pytest.fixture
def press(claim, person, late):  # noqa: F811
    def pressed(**other):
        given = {"claim_id": claim.pk, "to_seen": ADDRESS, "by_person_id": person("Nora").pk, "by_name": "Nora Network"}
        return remind(**given | {"now": late} | other)

    return pressed


def told(now):
    return [(one.days, one.step, one.standing.left) for one in overdue(open_claims(), now=now)]


def refused(act):
    with pytest.raises(DomainError) as error:
        act()
    return error.value.code


def test_it_is_overdue_from_the_day_after_with_what_to_do_next(claim, there, press, late):  # noqa: F811
    assert told(late - DAY) == []
    assert told(late) == [(1, Step.REMIND, 2_000)]
    press()
    # An ordinary clock wrote the reminder down.
    asked = ClaimDelivery.objects.get(reminds__isnull=False).created_at
    assert told(max(asked, late))[0][1] == Step.WAIT
    assert told(max(asked, late) + 8 * DAY)[0][1] == Step.REMIND


def test_what_the_vendor_never_got_is_mailed_first(claim, press, late):  # noqa: F811
    assert told(late)[0][1] == Step.SEND
    assert refused(press) == "claim_not_sent"
    assert not ClaimDelivery.objects.exists()


def test_without_an_address_it_is_added_first(there, press, late, deal):
    Vendor.objects.filter(pk=deal.vendor.pk).update(email="")
    assert told(late)[0][1] == Step.ADDRESS
    assert refused(press) == "vendor_without_address"


def test_another_address_than_was_looked_at_is_looked_at_first(there, press, deal):
    Vendor.objects.filter(pk=deal.vendor.pk).update(email="new@bluebell.example")
    assert refused(press) == "vendor_address_changed"
    press(to_seen="new@bluebell.example")


def test_what_is_paid_or_written_off_is_not_overdue_and_what_is_left_is(claim, there, press, late):  # noqa: F811
    record_payment(claim_id=claim.pk, minor=1_500, day=late.date(), reference="W 1", by_name="Nora", now=late)
    assert told(late) == [(1, Step.REMIND, 500)]
    write_off(claim_id=claim.pk, why="Late files.", by_name="Nora", now=late)
    assert told(late) == []
    assert open_claims() == []
    assert [one.claim for one in settled_claims(most=5)] == [claim]
    assert refused(press) == "claim_not_overdue"


def test_nobody_is_reminded_of_what_the_network_owes(claim, there, bring, deal, late, now):  # noqa: F811
    bring("R-1,1,2026-07-09,SF-100,,-1,,-400,")
    back = send_claim(contract_id=deal.contract.id, last=THIRD, total_seen=-2_000, by_name="Nora", now=now)
    assert [one.claim for one in open_claims()] == [back, claim]
    assert [one.claim for one in overdue(open_claims(), now=late)] == [claim]


def test_the_reminder_says_what_is_open_and_since_when(claim, there, press, late):  # noqa: F811
    record_payment(claim_id=claim.pk, minor=500, day=late.date(), reference="W 1", by_name="Nora", now=late)
    press()
    assert deliver.deliver_waiting(now=late) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == ([ADDRESS], ["nora@example.com"])
    assert sent.subject == "Overdue since November 29, 2026: $15.00 of rebate claim 2026-09-30-1 of Perennial Network"
    assert "Payment was due on November 29, 2026. $5.00 came in; $15.00 is still open." in sent.body
    assert sent.attachments[0][0] == "claim-BB-2026-2026-09-30-1.csv"
    assert "Zoe" not in sent.message().as_string()
    assert [(one.state, one.reminds) for one in deliveries_of(claim).tries] == [
        ("sent", date(2026, 11, 30)), ("sent", None),
    ]  # fmt: skip
    verbs = NetworkEntry.objects.filter(verb__contains="remind").order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["claim.reminder_asked", "claim.reminded"]


def test_it_goes_out_once_a_week_however_often_it_is_pressed(there, press, late):
    press()
    asked = ClaimDelivery.objects.get(reminds__isnull=False).created_at
    assert refused(press) == "claim_reminded"
    assert refused(lambda: press(now=max(asked, late) + 6 * DAY)) == "claim_reminded"
    deliver.deliver_waiting(now=late)
    assert deliver.deliver_waiting(now=late) == 0
    assert len(mail.outbox) == 1
    press(now=max(asked, late) + 8 * DAY)
    assert deliver.deliver_waiting(now=late + 8 * DAY) == 1


def test_the_database_keeps_a_second_of_one_week_out(there, press):
    first = press()
    first.pk, first._state.adding = uuid7(), True
    with pytest.raises(IntegrityError, match="claim_reminded_once_a_week"), transaction.atomic():
        first.save(force_insert=True)
    first.reminds = date(2026, 12, 8)
    with pytest.raises(IntegrityError, match="claim_delivery_reminds_by_mail"), transaction.atomic():
        first.save(force_insert=True)


def test_what_was_paid_before_the_mail_goes_out_is_not_reminded_of(claim, there, press, late):  # noqa: F811
    press()
    record_payment(claim_id=claim.pk, minor=2_000, day=late.date(), reference="W 1", by_name="Nora", now=late)
    assert deliver.deliver_waiting(now=late) == 0
    assert mail.outbox == []
    newest = deliveries_of(claim).tries[0]
    assert (newest.state, newest.failure) == ("refused", "paid_meanwhile")
    assert NetworkEntry.objects.filter(verb="claim.not_reminded").exists()


def test_a_reminder_that_did_not_go_out_can_be_asked_for_again(claim, there, press, late, broken):  # noqa: F811
    press()
    broken(ConnectionRefusedError())
    deliver.deliver_waiting(now=late + 30 * DAY)
    assert deliveries_of(claim).tries[0].state == "refused"
    broken(None)
    press()
    assert deliver.deliver_waiting(now=late) == 1


def test_a_reminder_is_not_how_a_claim_arrives(claim, late):  # noqa: F811
    ClaimDelivery.objects.create(
        claim=claim, way="mail", to=ADDRESS, state="sent", by="Nora", day=late.date(), reminds=date(2026, 11, 30)
    )
    assert reached([claim]) == set()
    assert not deliveries_of(claim).arrived
    assert deliveries_of(claim).may_mail


def test_conflicts_are_conflicts(there, press):
    press()
    with pytest.raises(Conflict):
        press()
