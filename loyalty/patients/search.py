"""Finding a patient by what somebody remembers: a name, the end of a phone number, an email, a record number."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from core import audit
from loyalty.patients.filter import PatientFilter
from loyalty.patients.name import shown_name
from loyalty.patients.partial_date import PartialDate
from loyalty.patients.search_query import EVERYBODY, MOST_COUNTED, cleaned, queries_for


@dataclass(frozen=True, slots=True)
class PatientHit:
    """phone, email: the one tried first that may be used, "" where there is none. Days are local to the location.

    next_visit_day: of the earliest visit that is still open.
    """

    id: UUID
    name: str
    record_number: str
    phone: str
    email: str
    birth: PartialDate
    deceased: bool
    no_contact: bool
    tags: tuple[str, ...]
    last_visit_day: date | None
    next_visit_day: date | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """more: there are further hits beyond these. total: how many match in all; at_least: there are even more."""

    hits: list[PatientHit]
    more: bool
    total: int
    at_least: bool


def search(
    *,
    text: str,
    today: date,
    asked: PatientFilter = EVERYBODY,
    after: UUID | None = None,
    limit: int = 20,
) -> SearchResult:
    """Patients that match `text` and pass the filter, best first; in the filter's order when `text` is empty.

    after: the last patient of the page before. Merged ones are left out. The exact record number comes first, then
    whole words, beginnings of words, middles, and at last what only sounds alike, with the fewest slips first. Three
    statements: a setting, the search, and the trail.
    """
    setting, query, parameters = queries_for(cleaned(text), limit=limit, today=today, asked=asked, after=after)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(setting)
        cursor.execute(query, parameters)
        rows = cursor.fetchall()
        audit.record(
            "patients.searched",
            patients=[row[0] for row in rows[:limit]],
            detail={"by_text": bool(text.strip()), "by": sorted(set(asked.to_json()) - {"version"})},
        )
    total = rows[0][-1] if rows else 0
    return SearchResult(
        hits=[_hit(row) for row in rows[:limit]],
        more=len(rows) > limit,
        total=min(total, MOST_COUNTED),
        at_least=total > MOST_COUNTED,
    )


def _hit(row: tuple[Any, ...]) -> PatientHit:
    return PatientHit(
        id=row[0],
        name=shown_name(*row[1:4]),
        record_number=row[4],
        birth=PartialDate(*row[5:8]),
        deceased=row[8],
        no_contact=row[9],
        tags=tuple(row[10]),
        phone=row[11],
        email=row[12],
        last_visit_day=row[13],
        next_visit_day=row[14],
    )
