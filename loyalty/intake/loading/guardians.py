"""Writes guardians: who is contacted in a minor's place."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from core.copying import copy_rows, select_rows
from core.ids import uuid7
from loyalty.intake.fhir.rows import PatientRow
from loyalty.models import Guardianship

_COLUMNS = ("id", "patient_id", "name", "phone", "email", "relation")


def add_guardians(people: Sequence[tuple[UUID, PatientRow]], *, now: datetime) -> set[UUID]:
    """Adds guardians whose name a patient does not have yet; returns who got one."""
    wards = [id for id, row in people if any(contact.is_guardian for contact in row.contacts)]
    if not wards:
        return set()
    known = {
        (patient, name.casefold())
        for patient, name in select_rows(Guardianship, ("patient_id", "name"), "patient_id = ANY(%s)", [wards])
    }
    new: list[tuple[object, ...]] = []
    touched: set[UUID] = set()
    for id, row in people:
        for contact in row.contacts:
            key = (id, contact.name.casefold())
            if contact.is_guardian and key not in known:
                known.add(key)
                touched.add(id)
                new.append((uuid7(), id, contact.name, contact.phone, contact.email, contact.relation))
    copy_rows(Guardianship, _COLUMNS, new, now=now)
    return touched
