"""One metric of the practice that the caller has entered, by where, by whom or with what patients were treated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import numpy as np
from django.db import connection

from loyalty.metrics.columns import Ints
from loyalty.metrics.counting.coming_back import rebookings, returns
from loyalty.metrics.counting.counted import Counted, Series
from loyalty.metrics.counting.experience import experience
from loyalty.metrics.counting.habits import note_coverage, preview_coverage
from loyalty.metrics.counting.said import net_promoter_score, perceived_value
from loyalty.metrics.counting.size import active_patients, visits
from loyalty.metrics.definitions import DEFINITIONS, RETURN_DAYS
from loyalty.metrics.figure import Figure
from loyalty.metrics.records import fetch
from loyalty.metrics.rolling import Span
from loyalty.metrics.unpack import whole
from loyalty.metrics.visit_days import visit_days
from loyalty.metrics.windows import Month, index_window


class By(StrEnum):
    LOCATION = "location"
    PROVIDER = "provider"
    SERVICE = "service"


# What is about single visits, so that it can be told where, by whom and with what.
SLICED: dict[str, Callable[[Counted], Series]] = {
    "visits": visits,
    "active_patients": active_patients,
    f"return_rate_{RETURN_DAYS}": lambda counted: returns(counted, RETURN_DAYS),
    "rebooking_rate": rebookings,
    "preview_coverage": preview_coverage,
    "note_coverage": note_coverage,
    "experience_score": experience,
    "nps": net_promoter_score,
    "perceived_value": perceived_value,
}

_GROUPS = {
    By.LOCATION: ("location_id", "loyalty_location", "name"),
    By.PROVIDER: ("staff_id", "loyalty_staff", "display_name"),
    By.SERVICE: ("service_id", "loyalty_service", "name"),
}
_SQL = """
WITH groups AS MATERIALIZED (SELECT id, {name} AS name, row_number() OVER (ORDER BY {name}, id) - 1 AS no FROM {table})
SELECT (SELECT array_agg(id ORDER BY no) FROM groups), (SELECT array_agg(name::text ORDER BY no) FROM groups),
       string_agg(int8send(uuid_hash_extended(v.id, 0)), ''), string_agg(int8send(groups.no), '')
FROM loyalty_visit v JOIN groups ON groups.id = v.{column}
WHERE v.status = 'completed' AND v.day >= %(first)s
"""


@dataclass(frozen=True, slots=True)
class Slice:
    """figures: one a month, None where it is absent. None of them need add up: a patient may come to two places."""

    id: UUID
    name: str
    figures: list[Figure | None]


def slices(*, key: str, by: By, months: Sequence[Month]) -> list[Slice]:
    """Of each location, provider or service that has a figure in any of the months, by name. Two queries.

    A day with several visits counts for the last of them, an answer for the visit it is about. A return counts
    wherever the patient came back to. Raises KeyError for a metric that is not about single visits.
    """
    count, span = SLICED[key], Span.of(months)
    first = index_window(span.first, look_ahead_days=DEFINITIONS[key].look_ahead_days).first
    records = fetch(first)
    counted = Counted(days=visit_days(records.visits, records.zones), records=records, span=span)
    ids, names, group = _groups(by, counted, first)
    found = []
    for number, (id, name) in enumerate(zip(ids, names, strict=True)):
        rows = group == number
        if rows.any():
            made = Slice(id, name, count(counted.only(rows))[1])
            if any(figure is not None for figure in made.figures):
                found.append(made)
    return found


def _groups(by: By, counted: Counted, first: date) -> tuple[list[UUID], list[str], Ints]:
    """The groups there are, and the number of each visit-day's; -1 where it is in none."""
    column, table, name = _GROUPS[by]
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(column=column, table=table, name=name), {"first": first})
        ids, names, keys, numbers = cursor.fetchone()
    of_visit = np.full(counted.records.visits.key.size + 1, -1, dtype=np.int64)
    of_visit[counted.visit_of(whole(keys))] = whole(numbers)
    days = counted.days
    last = np.append(days.begin[1:], days.visits.size)[: days.begin.size] - 1
    return list(ids or ()), list(names or ()), of_visit[days.visits[last]]
