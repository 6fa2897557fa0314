"""Who treats. An imported practitioner never signs in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from core.copying import copy_rows, select_rows
from core.ids import uuid7
from loyalty.intake.fhir.plan import Batch
from loyalty.intake.fhir.rows import PractitionerRow
from loyalty.intake.loading.external_id import external_id
from loyalty.models import Staff

_COLUMNS = ("id", "external_id", "display_name", "is_active")


def load_staff(batches: Iterable[Batch[PractitionerRow]], *, now: datetime) -> tuple[dict[str, UUID], int]:
    """Staff ids by the practitioner's id in the export, and how many were added. Known staff stay as they are."""
    by_id: dict[str, UUID] = {}
    added = 0
    for batch in batches:
        names = {external_id("Practitioner", row.id): row for _, row in batch}
        known: dict[str, UUID] = dict(select_rows(Staff, ("external_id", "id"), "external_id = ANY(%s)", [list(names)]))
        new = [(uuid7(), name, row.name, row.active) for name, row in names.items() if name not in known]
        copy_rows(Staff, _COLUMNS, new, now=now)
        known |= {name: id for id, name, _, _ in new}
        added += len(new)
        by_id |= {row.id: known[name] for name, row in names.items()}
    return by_id, added
