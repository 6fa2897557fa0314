"""Reading and searching: resources, and one entry in the trail that names everybody who is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from core import audit
from core.errors import NotFound
from core.exchange.follow import Mark, following
from loyalty.exchange.fhir.kinds import FhirResource, FhirType


@dataclass(frozen=True, slots=True)
class Found:
    """next: where the following page begins, None where this is the last."""

    resources: list[FhirResource]
    next: Mark | None


def read_fhir(of: FhirType, row_id: UUID, *, application_id: UUID) -> FhirResource:
    """Raises NotFound: also for a visit that is a resource of the other type by now."""
    rows = list(of.rows().filter(id=row_id))
    if not rows:
        raise NotFound("resource_missing", "There is no such resource.")
    return _sent(of, rows, application_id)[0]


def search_fhir(of: FhirType, wanted: Iterable[Q], *, application_id: UUID, size: int, after: Mark | None) -> Found:
    """Those that all of `wanted` are true of, in the order in which they were written."""
    rows = of.rows()
    for one in wanted:
        rows = rows.filter(one)
    found = list(following(rows, after=after, since=0)[: size + 1])
    page = found[:size]
    last = Mark(page[-1].written_in, page[-1].id) if len(found) > size else None
    return Found(_sent(of, page, application_id), last)


def _sent(of: FhirType, rows: Sequence[Any], application_id: UUID) -> list[FhirResource]:
    if of.sent:
        audit.record(of.sent, patients={getattr(row, of.patient) for row in rows})
    return of.build(rows, application_id)
