"""Writes visits. No touchpoint, link or invitation is made for them."""

from datetime import datetime
from uuid import UUID

from core.copying import copy_rows, select_rows, update_rows
from core.ids import uuid7
from loyalty.intake.fhir.plan import Batch
from loyalty.intake.fhir.rows import VisitRow
from loyalty.intake.loading.changes import Changes
from loyalty.intake.loading.external_id import external_id
from loyalty.intake.loading.known_patients import patients_by_fhir_id
from loyalty.intake.loading.locations import Sites
from loyalty.intake.loading.services import Catalogue
from loyalty.intake.loading.visit_columns import COLUMNS, VisitColumns, columns_of, renewed, values_of
from loyalty.models import Visit


def load_visits(
    batch: Batch[VisitRow], *, sites: Sites, staff: dict[str, UUID], catalogue: Catalogue, now: datetime
) -> Changes:
    """Adds the visits that are new and renews those that the source knows better. Their patients are loaded."""
    catalogue.learn(row.service.name for _, row in batch if row.service)
    patients = patients_by_fhir_id(sorted({row.patient_id for _, row in batch}))
    rows = {external_id(row.resource, row.id): row for _, row in batch}
    found = select_rows(Visit, ("external_id", "id", *COLUMNS), "external_id = ANY(%s)", [list(rows)])
    known = {external: (id, VisitColumns(*values)) for external, id, *values in found}
    new: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    for external, row in rows.items():
        said = columns_of(
            row,
            patient_id=patients[row.patient_id],
            site=sites.of(row.location_id),
            staff_id=staff[row.practitioner_id] if row.practitioner_id else None,
            service_id=catalogue.of(row.service.name) if row.service else None,
            now=now,
        )
        if external not in known:
            new.append((uuid7(), external, *values_of(said)))
            continue
        id, before = known[external]
        after = renewed(before, said, has_location=row.location_id is not None)
        if after != before:
            changed.append((id, *values_of(after)))
    copy_rows(Visit, ("id", "external_id", *COLUMNS), new, now=now)
    update_rows(Visit, ("id", *COLUMNS), changed, now=now)
    return Changes(new=len(new), changed=len(changed), unchanged=len(rows) - len(new) - len(changed))
