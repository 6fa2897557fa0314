"""Telephone numbers and email addresses, in the order in which they are to be tried."""

import re
from dataclasses import replace

from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.period import is_current
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import Reach

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_KINDS = {"phone": "phone", "sms": "phone", "email": "email"}
_LABELS = {"home", "work", "temp", "mobile"}
_FEWEST_DIGITS, _MOST_DIGITS = 5, 22
_LAST_RANK = 1_000_001


def read_reaches(fields: Fields, *, reading: Reading, name: str = "telecom") -> tuple[Reach, ...]:
    """Current phones and emails, each once, by rank and then as written. Fax, pager and web addresses are not read."""
    found: list[tuple[int, Reach]] = []
    for item in fields.parts(name):
        kind = _KINDS.get(item.text("system", most=64), "")
        value = _value(item, kind)
        if value and is_current(item, reading=reading):
            use = item.text("use", most=64)
            label = use if use in _LABELS else ""
            found.append((item.number("rank") or _LAST_RANK, Reach(kind, value, label, 0)))
    found.sort(key=lambda pair: pair[0])
    unique: dict[tuple[str, str], Reach] = {}
    for _, reach in found:
        unique.setdefault((reach.kind, _same(reach)), reach)
    ranks = dict.fromkeys(_KINDS.values(), 0)
    ordered: list[Reach] = []
    for reach in unique.values():
        ranks[reach.kind] += 1
        ordered.append(replace(reach, rank=ranks[reach.kind]))
    return tuple(ordered)


def first_of(reaches: tuple[Reach, ...], kind: str) -> str:
    return next((reach.value for reach in reaches if reach.kind == kind), "")


def _value(item: Fields, kind: str) -> str:
    if not kind:
        return ""
    value = item.text("value", most=254 if kind == "email" else 40)
    value = value.removeprefix("tel:").removeprefix("mailto:").strip()
    if not value:
        return ""
    if kind == "email" and not _EMAIL.fullmatch(value):
        item.remark(f"{item.path('value')} is not an email address; left out")
        return ""
    if kind == "phone" and not _FEWEST_DIGITS <= sum(c.isdecimal() for c in value) <= _MOST_DIGITS:
        item.remark(f"{item.path('value')} is not a whole phone number; left out")
        return ""
    return value


def _same(reach: Reach) -> str:
    return reach.value.lower() if reach.kind == "email" else "".join(c for c in reach.value if c.isdecimal())
