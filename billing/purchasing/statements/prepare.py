"""The statements of a quarter, as they would be approved now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum

from billing.purchasing.accrual import Period
from billing.purchasing.models import Accrual, ClaimLine, Every, PaymentShare, Statement
from billing.purchasing.programs.periods import previous, quarter_of
from billing.purchasing.statements.netting import subscriptions_due, who_nets
from core.errors import DomainError
from core.money import Money
from tenants.models import Practice


@dataclass(frozen=True, slots=True)
class Drafted:
    """One practice's statement. shares: the payments that it settles. netted: taken for the subscription."""

    practice_id: UUID
    practice_name: str
    currency: str
    shares: Sequence[PaymentShare]
    netted: int
    content: dict[str, Any]

    @property
    def paid(self) -> int:
        return sum(share.cents for share in self.shares)

    @property
    def payout(self) -> int:
        return self.paid - self.netted

    @property
    def paid_money(self) -> Money:
        return Money(self.paid, self.currency)

    @property
    def netted_money(self) -> Money:
        return Money(self.netted, self.currency)

    @property
    def payout_money(self) -> Money:
        return Money(self.payout, self.currency)


def prepare(*, quarter: Period, currency: str = "USD", now: datetime) -> list[Drafted]:
    """Of every practice that earned or was paid anything and has no statement of that quarter yet, by name.

    Raises DomainError for a quarter that has not ended.
    """
    if quarter != quarter_of(quarter.first):
        raise DomainError("statement_quarter", "A statement is of one quarter of the calendar.", field="quarter")
    if quarter.last >= now.date():
        raise DomainError(
            "statement_early",
            f"That quarter ends on {quarter.last:%B %-d, %Y}. Its statements are made after it.",
            field="quarter",
        )
    stated = Statement.objects.filter(first=quarter.first).values("practice")
    shares = _shares(quarter, currency, stated)
    earned = _earned(quarter, currency, stated)
    waiting = _waiting(quarter, currency, stated)
    members = {*shares, *earned, *waiting}
    names = dict(Practice.objects.filter(pk__in=members).values_list("pk", "name"))
    due = subscriptions_due(who_nets() & members, currency=currency)
    drafted = []
    for member in members:
        mine = shares.get(member, [])
        paid = sum(share.cents for share in mine)
        if paid < 0:
            # What a vendor took back waits for the next payment: nobody is sent a bill by a statement.
            mine, paid = [], 0
        content = {
            "paid": [_paid(share) for share in mine],
            "earned": earned.get(member, []),
            "waiting": waiting.get(member, []),
        }
        netted = max(0, min(paid, due.get(member, 0)))
        drafted.append(Drafted(member, names[member], currency, mine, netted, content))
    return sorted(drafted, key=lambda one: (one.practice_name, str(one.practice_id)))


def _shares(quarter: Period, currency: str, stated: Any) -> dict[UUID, list[PaymentShare]]:
    """Payments until the quarter's end that no statement settles yet: one that was recorded late is in the next one."""
    found: dict[UUID, list[PaymentShare]] = defaultdict(list)
    shares = (
        PaymentShare.objects.filter(
            settled__isnull=True, payment__day__lte=quarter.last, payment__claim__currency=currency
        )
        .exclude(of__practice__in=stated)
        .select_related("payment", "of__program", "of__claim__contract__vendor")
        .order_by("payment__day", "of__program__name", "pk")
    )
    for share in shares:
        found[share.of.practice_id].append(share)
    return found


def _paid(share: PaymentShare) -> dict[str, Any]:
    line = share.of
    return {
        "vendor": line.claim.contract.vendor.name,
        "program": line.program.name,
        "first": line.first.isoformat(),
        "last": line.last.isoformat(),
        "day": share.payment.day.isoformat(),
        "minor": share.cents,
    }


def _earned(quarter: Period, currency: str, stated: Any) -> dict[UUID, list[dict[str, Any]]]:
    """What was earned in periods that have days in the quarter, so far: a year stands in each of its quarters, and of
    months each of the three."""
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    accruals = (
        Accrual.objects.filter(first__lte=quarter.last, last__gte=quarter.first, program__contract__currency=currency)
        .exclude(practice__in=stated)
        .exclude(base_minor=0)
        .select_related("program__contract__vendor")
        .order_by("program__contract__vendor__name", "program__name", "first")
    )
    for one in accruals:
        found[one.practice_id].append({
            "vendor": one.program.contract.vendor.name,
            "program": one.program.name,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "bought": one.base_minor,
            "tier": one.tier,
            "minor": one.cents,
        })  # fmt: skip
    return found


def _waiting(quarter: Period, currency: str, stated: Any) -> dict[UUID, list[dict[str, Any]]]:
    """What was claimed until the quarter's end or since, and not paid or written off."""
    paid = dict(PaymentShare.objects.values_list("of").annotate(sum=Sum("cents")).values_list("of", "sum"))
    lines = (
        ClaimLine.objects.filter(claim__currency=currency, last__lte=quarter.last, claim__write_off__isnull=True)
        .exclude(practice__in=stated)
        .select_related("program", "claim__contract__vendor")
        .order_by("last", "program__name", "pk")
    )
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        if left := line.cents - int(paid.get(line.pk, 0)):
            found[line.practice_id].append({
                "vendor": line.claim.contract.vendor.name,
                "program": line.program.name,
                "first": line.first.isoformat(),
                "last": line.last.isoformat(),
                "due": line.claim.due_on.isoformat(),
                "minor": left,
            })  # fmt: skip
    return found


def last_quarter(today: date) -> Period:
    """The one that ended last."""
    return previous(quarter_of(today), Every.QUARTER)
