"""Whatever is bought, returned, claimed, paid, written off and stated, in whatever order: the books come to zero, and
say what the records say."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from billing.ledger.balance import balance, owed_to_members
from billing.ledger.models import AccountKind, Posting
from billing.purchasing.claims.prepare import prepare as prepare_claim
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import (
    Claim,
    ClaimedPurchase,
    ClaimLine,
    PaymentShare,
    PurchaseLine,
    Statement,
    VendorPayment,
    WriteOff,
)
from billing.purchasing.payments.open_claim import standing
from billing.purchasing.payments.record_payment import record_payment
from billing.purchasing.payments.write_off import write_off
from billing.purchasing.programs.periods import quarter_of
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.statements import netting
from billing.purchasing.statements.approve import approve
from billing.purchasing.statements.netting import choose_netting
from billing.purchasing.statements.prepare import prepare as prepare_statements
from core.errors import DomainError
from core.tenancy.scope import practice_scope

QUARTERS = [quarter_of(date(2026, month, 1)) for month in (1, 4, 7, 10)]
JANUARY = date(2026, 1, 1)
NEW_YEAR = datetime(2027, 1, 20, 12, tzinfo=UTC)
# Every history begins with something to claim, so that the others have something to do.
BEGINNING = [(what, which, 2_345_679) for which in (0, 1) for what in ("buy", "claim")]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["buy", "buy", "claim", "claim", "pay", "pay", "back", "off", "state"]),
        st.integers(0, 3),
        st.integers(1, 3_000_000),
    ),
    min_size=4,
    max_size=22,
)


@contextmanager
def forgotten():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class History:
    """Aurora and Borealis buy of one vendor; Aurora's subscription of $150.00 a quarter is netted."""

    def __init__(self, deal, members):
        self.deal, self.members, self.done = deal, members, Counter()

    def step(self, number, what, which, amount):
        """One thing happens, or is refused; then nothing has."""
        before = Posting.objects.count()
        now = NEW_YEAR + timedelta(minutes=number)
        try:
            with transaction.atomic():
                getattr(self, what)(number, which, amount, now)
            self.done[what] += 1
        except DomainError:
            assert Posting.objects.count() == before

    def buy(self, number, which, amount, _):
        for place, member in enumerate(self.members):
            signed = -amount if (amount + place) % 4 == 0 else amount
            PurchaseLine.objects.create(
                practice_id=member.id, vendor=self.deal.vendor, item=self.deal.filler, invoice=f"H-{number}", line="1",
                day=QUARTERS[which].first + timedelta(days=amount % 80), quantity=1, units=1,
                amount_minor=signed + place,
            )  # fmt: skip

    def claim(self, _number, which, _, now):
        accrue_since(JANUARY, now=now)
        last = QUARTERS[which].last
        seen = prepare_claim(contract=self.deal.contract, last=last, now=now).total.minor
        send_claim(contract_id=self.deal.contract.pk, last=last, total_seen=seen, by_name="Nora", now=now)

    def pay(self, number, which, amount, now):
        claim = self._one(which)
        left = standing(claim).left
        part = left if amount % 3 == 0 else (1 if left > 0 else -1) * min(abs(left), amount)
        day = now.date()
        record_payment(claim_id=claim.pk, minor=part, day=day, reference=f"W{number}", by_name="Nora", now=now)

    def back(self, number, which, amount, now):
        record_payment(
            claim_id=self._one(which).pk, minor=-amount, day=now.date(), reference=f"B{number}", by_name="N", now=now
        )

    def off(self, _number, which, _, now):
        write_off(claim_id=self._one(which).pk, why="The vendor closed.", by_name="Nora", now=now)

    def state(self, _number, which, _, now):
        # Payments of this January are of the quarter after.
        later = now + timedelta(days=100)
        quarter = quarter_of(now.date()) if which % 2 else QUARTERS[which]
        seen = sum(one.payout for one in prepare_statements(quarter=quarter, now=later))
        approve(quarter=quarter, payout_seen=seen, by_name="Nora", now=later)

    @staticmethod
    def _one(which):
        claims = list(Claim.objects.order_by("sent_at", "pk"))
        if not claims:
            raise DomainError("none", "Nothing is claimed yet.")
        return claims[which % len(claims)]


def total(model, field, **of):
    return int(model.objects.filter(**of).aggregate(sum=Sum(field))["sum"] or 0)


def check(members):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert sum(balance(kind, currency="USD") for kind in AccountKind) == 0
    entries = Posting.objects.values("entry", "currency").annotate(sum=Sum("minor"))
    assert {int(one["sum"]) for one in entries} <= {0}
    claimed, paid, off = total(Claim, "minor"), total(VendorPayment, "minor"), total(WriteOff, "minor")
    assert balance(AccountKind.VENDOR_OWES, currency="USD") == claimed - paid - off
    assert balance(AccountKind.BANK, currency="USD") == paid - total(Statement, "payout_minor")
    assert balance(AccountKind.SUBSCRIPTIONS, currency="USD") == -total(Statement, "netted_minor")
    owed = owed_to_members(currency="USD")
    for member in members:
        shares = total(PaymentShare, "cents", of__practice=member.id)
        assert owed.get(member.id, 0) == shares - total(Statement, "paid_minor", practice=member.id)
    for payment in VendorPayment.objects.all():
        assert total(PaymentShare, "cents", payment=payment) == payment.minor
    for line in ClaimLine.objects.all():
        assert total(ClaimedPurchase, "cents", of=line) == line.cents
    for claim in Claim.objects.all():
        assert total(ClaimLine, "cents", claim=claim) == claim.minor
    for statement in Statement.objects.all():
        assert 0 <= statement.netted_minor <= statement.paid_minor
        assert statement.payout_minor == statement.paid_minor - statement.netted_minor


HAPPENED: Counter[str] = Counter()


@settings(
    max_examples=25,
    deadline=None,
    # To find the smallest history takes minutes; the first one tells enough.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def walked(deal, members, steps):
    with forgotten():
        history = History(deal, members)
        for number, (what, which, amount) in enumerate([*BEGINNING, *steps]):
            history.step(number, what, which, amount)
            check(members)
        HAPPENED.update(history.done)


def test_the_books_come_to_zero_after_every_step_of_any_history(deal, make_program, aurora, borealis, monkeypatch, now):
    monkeypatch.setattr(netting, "_due", [lambda members, _: dict.fromkeys(members, 15_000)])
    make_program(tiers=((100_000, "0.02"), (1_000_000, "0.0425")))
    make_program(name="Marginal", way="marginal", tiers=((50_000, "0.01"), (333_333, "0.035")))
    with practice_scope(aurora):
        choose_netting(practice_id=aurora.id, nets=True, by_name="Olivia", now=now)
    HAPPENED.clear()
    walked(deal, [aurora, borealis])
    # A history in which everything is refused proves nothing.
    assert {"buy", "claim", "pay", "off", "state"} <= set(HAPPENED), HAPPENED
