"""What a patient is held out of now: so that nobody wonders why no note is waiting."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from loyalty.holdouts.contact_anyway import PLANNED_ANYWAY
from loyalty.holdouts.held import held_now
from loyalty.models import TouchpointKind


@dataclass(frozen=True, slots=True)
class HeldOut:
    """until: the last day of it. can_be_planned: the team may have it planned all the same, at a click."""

    lot_id: UUID
    kind: TouchpointKind
    until: date
    can_be_planned: bool


def held_out_of(patient_id: UUID, *, today: date) -> list[HeldOut]:
    """One query. The caller audits the reading."""
    lots = held_now(today=today).filter(patient_id=patient_id).order_by("holdout__ends_on", "id")
    return [
        HeldOut(id, TouchpointKind(kind), until, kind in PLANNED_ANYWAY)
        for id, kind, until in lots.values_list("id", "holdout__kind", "holdout__ends_on")
    ]
