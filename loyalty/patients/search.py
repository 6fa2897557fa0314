"""Finding a patient by what somebody remembers: a name, the end of a phone number, an email, a record number."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from core import audit
from loyalty.patients.name import shown_name
from loyalty.patients.partial_date import PartialDate
from loyalty.patients.search_query import cleaned, queries_for


@dataclass(frozen=True, slots=True)
class PatientHit:
    """phone, email: the one tried first, "" where there is none. Days are local to the visit's location.

    next_visit_day: of the earliest visit that is still open.
    """

    id: UUID
    name: str
    record_number: str
    phone: str
    email: str
    birth: PartialDate
    deceased: bool
    last_visit_day: date | None
    next_visit_day: date | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """more: there are further hits beyond these."""

    hits: list[PatientHit]
    more: bool


def search(*, text: str, limit: int = 20, offset: int = 0) -> SearchResult:
    """Patients that match `text`, best first; all by family name when `text` is empty. Merged ones are left out.

    The exact record number comes first, then whole words, beginnings of words, middles, and at last what only sounds
    alike, with the fewest slips first. Three statements: a setting, the search, and the trail.
    """
    setting, query, parameters = queries_for(cleaned(text), limit=limit, offset=offset)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(setting)
        cursor.execute(query, parameters)
        rows = cursor.fetchall()
        audit.record(
            "patients.searched", patients=[row[0] for row in rows[:limit]], detail={"by_text": bool(text.strip())}
        )
    return SearchResult(hits=[_hit(row) for row in rows[:limit]], more=len(rows) > limit)


def _hit(row: tuple[Any, ...]) -> PatientHit:
    return PatientHit(
        id=row[0],
        name=shown_name(*row[1:4]),
        record_number=row[4],
        birth=PartialDate(*row[5:8]),
        deceased=row[8],
        phone=row[9],
        email=row[10],
        last_visit_day=row[11],
        next_visit_day=row[12],
    )
