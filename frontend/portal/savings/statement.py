"""A statement as its page and its PDF show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.purchasing.accrual import Period
from billing.purchasing.models import Statement
from core.money import Money
from frontend.quarter import Quarter


@dataclass(frozen=True, slots=True)
class Line:
    """day: when it was paid, or is due; None for what was earned. tier: as people count, from 1."""

    vendor: str
    program: str
    first: date
    last: date
    day: date | None
    amount: Money
    tier: int | None = None

    @property
    def period(self) -> str:
        """ "third quarter 2026", "2026", or of a year that is not the calendar's "July 2026 to June 2027"."""
        if (self.first.month, self.last.month) == (1, 12):
            return str(self.first.year)
        if self.first.year != self.last.year:
            return f"{self.first:%B %Y} to {self.last:%B %Y}"
        name = Quarter(Period(self.first, self.last)).name
        return name[:1].lower() + name[1:]


@dataclass(frozen=True, slots=True)
class Sheet:
    statement: Statement
    quarter: Quarter
    paid: Sequence[Line]
    waiting: Sequence[Line]
    earned: Sequence[Line]

    @property
    def number(self) -> str:
        return f"{self.quarter.slug}-{str(self.statement.pk)[-4:].upper()}"

    @property
    def paid_money(self) -> Money:
        return Money(self.statement.paid_minor, self.statement.currency)

    @property
    def netted(self) -> Money:
        return Money(self.statement.netted_minor, self.statement.currency)

    @property
    def payout(self) -> Money:
        return Money(self.statement.payout_minor, self.statement.currency)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """For a file: what was paid, waits and was earned, then what was taken and sent."""
        for what, lines in (("Paid", self.paid), ("Waiting", self.waiting), ("Earned", self.earned)):
            for line in lines:
                yield (
                    what,
                    line.vendor,
                    line.program,
                    line.first.isoformat(),
                    line.last.isoformat(),
                    line.day.isoformat() if line.day else "",
                    f"{line.amount.decimal}",
                    line.amount.currency,
                )
        last = self.statement.last.isoformat()
        for what, money in (("Subscription", -self.netted), ("Sent to you", self.payout)):
            yield (what, "", "", self.statement.first.isoformat(), last, "", f"{money.decimal}", money.currency)


def sheet_of(statement: Statement) -> Sheet:
    content = statement.content
    return Sheet(
        statement=statement,
        quarter=Quarter(Period(statement.first, statement.last)),
        paid=_lines(content["paid"], statement.currency, "day"),
        waiting=_lines(content["waiting"], statement.currency, "due"),
        earned=_lines(content["earned"], statement.currency, ""),
    )


def _lines(kept: list[dict[str, Any]], currency: str, day: str) -> list[Line]:
    return [
        Line(
            vendor=one["vendor"],
            program=one["program"],
            first=date.fromisoformat(one["first"]),
            last=date.fromisoformat(one["last"]),
            day=date.fromisoformat(one[day]) if day else None,
            amount=Money(one["minor"], currency),
            tier=None if one.get("tier") is None else one["tier"] + 1,
        )
        for one in kept
    ]
