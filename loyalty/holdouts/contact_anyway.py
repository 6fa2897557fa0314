"""Somebody of the team wants to contact a patient all the same: they may, and the lot stays what it was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.holdouts.held import held_now
from loyalty.models import (
    HoldoutPatient,
    Patient,
    PlaybookRule,
    Touchpoint,
    TouchpointKind,
    Trigger,
    Visit,
    VisitStatus,
)
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.playbook import five_steps
from loyalty.touchpoints.wanted import Happening, asked_for, matching
from loyalty.visits.local_time import day_of

# What can be planned all the same, and what happens that asks for it.
PLANNED_ANYWAY = {TouchpointKind.NOTE: Trigger.VISIT_COMPLETED, TouchpointKind.PREVIEW: Trigger.VISIT_BOOKED}


def contact_anyway(*, lot_id: UUID, now: datetime) -> Touchpoint:
    """Plan the note of their last visit, or the preview of their next one, as the playbook would have.

    Raises NotFound, DomainError where there is nothing to plan, Conflict where it is planned or made already.
    """
    today = day_of(now, practice_zone())
    with transaction.atomic():
        patient_id = HoldoutPatient.objects.filter(id=lot_id).values_list("patient_id")
        patient = Patient.objects.select_for_update(no_key=True).filter(id__in=patient_id).first()
        lots = held_now(today=today).filter(id=lot_id, patient=patient, holdout__kind__in=PLANNED_ANYWAY)
        lot = lots.select_related("holdout").first()
        if patient is None or lot is None:
            raise NotFound("holdout_lot_not_found", "This patient is not held out of it.")
        kind = lot.holdout.kind
        rule = _rule(kind)
        visit = _visit(patient, kind)
        happening = [Happening(visit, now)] if visit else []
        if visit is None or not matching(rule, happening):
            raise DomainError("holdout_nothing_to_plan", f"There is no visit of {patient.display_name} for it now.")
        same = Touchpoint.objects.filter(kind=kind, patient=patient, day=visit.day).exclude(state="cancelled")
        if same.exists():
            raise Conflict("holdout_planned", f"It is planned already, or was made: see {patient.display_name}’s page.")
        (touchpoint,) = Touchpoint.objects.bulk_create(asked_for(rule, happening))
        changed("holdout.crossed", lot, patients=[patient.id])
        return touchpoint


def _rule(kind: str) -> PlaybookRule:
    """The one that would have planned it; else that of the five steps."""
    rule = PlaybookRule.objects.filter(kind=kind, trigger=PLANNED_ANYWAY[TouchpointKind(kind)], is_on=True).first()
    return rule or next(one for one in five_steps() if one.kind == kind)


def _visit(patient: Patient, kind: str) -> Visit | None:
    visits = Visit.objects.select_related("patient", "location", "staff").filter(patient=patient, is_history=False)
    if kind == TouchpointKind.NOTE:
        return visits.filter(status=VisitStatus.COMPLETED).order_by("-day", "-starts_at").first()
    return visits.filter(status__in=(VisitStatus.BOOKED, VisitStatus.CONFIRMED)).order_by("starts_at").first()
