"""The network approves the statements of a quarter: they are kept as they are, and what they settle is booked."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from billing.ledger.book import On, book
from billing.ledger.models import AccountKind, EntryKind
from billing.purchasing.accrual import Period
from billing.purchasing.models import Statement, StatementLine, StatementMail
from billing.purchasing.statements.jobs import credit_netted, tell_of_statements
from billing.purchasing.statements.prepare import Drafted, prepare
from core import audit
from core.errors import Conflict, DomainError
from core.jobs import enqueue
from core.money import Money
from core.violated import violated


def approve(
    *, quarter: Period, payout_seen: int, currency: str = "USD", by_name: str, now: datetime
) -> list[Statement]:
    """payout_seen: what all of them pay out, in minor units, as the page showed it.

    Raises DomainError where there is none to approve; Conflict where it is not what was seen, or somebody was faster.
    """
    try:
        with transaction.atomic():
            drafted = prepare(quarter=quarter, currency=currency, now=now)
            if not drafted:
                raise DomainError("statements_none", "There is no statement to approve for that quarter.")
            payout = sum(one.payout for one in drafted)
            if payout != payout_seen:
                raise Conflict(
                    "statements_changed",
                    f"The statements changed while you looked: they pay out {Money(payout, currency)} now. Look at"
                    " them again, then approve them.",
                )
            return _keep(drafted, quarter, by_name, now)
    except IntegrityError as error:
        if violated(error) not in ("statement_once", "purchasing_statementline_share_id_key"):
            raise
        raise Conflict("statements_approved", "Somebody approved these statements just now.") from None


def _keep(drafted: Sequence[Drafted], quarter: Period, by_name: str, now: datetime) -> list[Statement]:
    statements = [
        Statement(
            practice_id=one.practice_id,
            first=quarter.first,
            last=quarter.last,
            currency=one.currency,
            paid_minor=one.paid,
            netted_minor=one.netted,
            payout_minor=one.payout,
            content=one.content,
            approved_at=now,
            approved_by=by_name,
        )
        for one in drafted
    ]
    Statement.objects.bulk_create(statements)
    StatementMail.objects.bulk_create(StatementMail(statement=one) for one in statements)
    for statement, one in zip(statements, drafted, strict=True):
        StatementLine.objects.bulk_create(StatementLine(statement=statement, share=share) for share in one.shares)
        if one.paid:
            book(
                EntryKind.STATEMENT,
                statement.pk,
                [
                    On(AccountKind.MEMBER_OWED, one.paid, member_id=one.practice_id),
                    On(AccountKind.SUBSCRIPTIONS, -one.netted),
                    On(AccountKind.BANK, -one.payout),
                ],
                currency=one.currency,
                day=now.date(),
            )
        audit.record("statement.approved", subject=statement, practice_id=one.practice_id)
    if any(one.netted for one in drafted):
        enqueue(credit_netted, swept=True)
    enqueue(tell_of_statements, swept=True)
    return statements
