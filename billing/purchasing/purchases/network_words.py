"""What members' invoices say that matches no item of a vendor's catalog, as the network may see it.

Without the members and without amounts: what they buy elsewhere than on contract is theirs. Words may hold anything, a
patient's name too, so they are told once several members use the same; what looks like an item number is told at once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max

from billing.purchasing.purchases.match import alias_key
from billing.purchasing.purchases.unmatched import open_lines

# A name that three practices write on their invoices is that of a thing.
WORDS_FROM = 3
_NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._#-]{1,39}", re.ASCII)
# A day, and a social security number.
_NO_NUMBER = re.compile(r"\d{1,4}[-.]\d{1,2}[-.]\d{1,4}|\d{3}-?\d{2}-?\d{4}", re.ASCII)


@dataclass(slots=True)
class NetworkWord:
    """key: alias_key of it. code: "" where it is no item number. description: "" until enough members use it."""

    key: str
    code: str = ""
    description: str = ""
    lines: int = 0
    last: date = date.min
    members: set[UUID] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.description or self.code

    @property
    def is_told(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class NetworkWords:
    """told: those of most members first. hidden_words, hidden_lines: of what too few members say."""

    told: list[NetworkWord]
    hidden_words: int
    hidden_lines: int


def network_words(*, vendor_id: UUID) -> NetworkWords:
    """In the control plane."""
    found: dict[str, NetworkWord] = {}
    said_by: dict[tuple[str, str], set[UUID]] = {}
    alike = (
        open_lines()
        .filter(vendor=vendor_id)
        .values_list("code", "description")
        .annotate(n=Count("id"), last=Max("day"), members=ArrayAgg("practice_id", distinct=True))
        .order_by("code", "description")
    )
    for code, description, n, last, members in alike:
        key = alias_key(code, description)
        one = found.setdefault(key, NetworkWord(key))
        one.lines, one.last = one.lines + n, max(one.last, last)
        one.members.update(members)
        if looks_like_number(code):
            one.code = one.code or code
        said_by.setdefault((key, description), set()).update(members)
    for (key, description), members in sorted(said_by.items(), key=lambda one: (-len(one[1]), one[0])):
        if len(members) >= WORDS_FROM and not found[key].description:
            found[key].description = description
    told = [one for one in found.values() if one.is_told]
    hidden = [one for one in found.values() if not one.is_told]
    told.sort(key=lambda one: (-len(one.members), -one.lines, one.key))
    return NetworkWords(told, len(hidden), sum(one.lines for one in hidden))


def told_word(*, vendor_id: UUID, key: str) -> NetworkWord | None:
    """One that the network may see; None for any other."""
    return next((one for one in network_words(vendor_id=vendor_id).told if one.key == key), None)


def vendors_with_words(vendor_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many lines match no item, by vendor; those without are missing. In the control plane."""
    lines = open_lines().filter(vendor__in=list(vendor_ids)).values_list("vendor")
    return dict(lines.annotate(n=Count("id")).values_list("vendor", "n"))


def looks_like_number(code: str) -> bool:
    """Of an item: one word with a digit in it, and neither a day nor what a person is numbered by."""
    return bool(_NUMBER.fullmatch(code)) and not _NO_NUMBER.fullmatch(code)
