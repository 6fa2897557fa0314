"""A statement as its page and its PDF show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.purchasing.accrual import Period
from billing.purchasing.models import Statement
from billing.purchasing.programs.periods import quarter_of
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
        """ "July 2026", "third quarter 2026", "2026", or by its months: "October 2025 to March 2026"."""
        if self.first.year != self.last.year:
            return f"{self.first:%B %Y} to {self.last:%B %Y}"
        if (self.first.month, self.last.month) == (1, 12):
            return str(self.first.year)
        if self.first.month == self.last.month:
            return f"{self.first:%B %Y}"
        quarter = Quarter(quarter_of(self.first))
        if quarter.period == Period(self.first, self.last):
            return quarter.name[:1].lower() + quarter.name[1:]
        return f"{self.first:%B} to {self.last:%B %Y}"


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
