"""Somebody was unhappy: somebody owns making it good, and no thank-you goes out until it is."""

from datetime import datetime

from core.changed import changed
from loyalty.feedback.recovery_log import log
from loyalty.locations.hours import calendar_of
from loyalty.models import (
    DelayUnit,
    Feedback,
    PlaybookRule,
    Recovery,
    Staff,
    StaffRole,
    StepKind,
    TouchpointKind,
    Trigger,
    Visit,
)
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.hold import hold_notes
from loyalty.touchpoints.plan import plan


def open_recovery(feedback: Feedback, *, visit: Visit, now: datetime) -> Recovery:
    """Open it, hold the patient's notes and plan the call, in the caller's transaction, which holds the patient.

    A practice may change the delay, but not switch this off. Where one of the patient's is open, the new one joins it:
    one person, one owner, one conversation. It is due by the earlier of the two.
    """
    rule = rule_of_recoveries()
    calendar = calendar_of(visit.location)
    due = due_at(rule, event=now, visit_starts=visit.starts_at, calendar=calendar, now=now)
    lead = (
        Recovery.objects.select_for_update(no_key=True)
        .filter(patient=visit.patient, closed_at__isnull=True, joined_to__isnull=True)
        .order_by("created_at", "id")
        .first()
    )
    recovery = Recovery.objects.create(
        feedback=feedback,
        patient=visit.patient,
        joined_to=lead,
        owner=lead.owner if lead else owner_for(rule.role),
        due_at=due,
    )
    log(lead or recovery, StepKind.ANSWER if lead else StepKind.OPENED, now=now)
    if lead is not None and due < lead.due_at:
        lead.due_at = due
        lead.save(update_fields=["due_at", "updated_at"])
    changed("recovery.joined" if lead else "recovery.opened", recovery, patients=[visit.patient_id])
    hold_notes(visit.patient_id)
    plan(Trigger.FEEDBACK, visit=visit, now=now)
    return recovery


def rule_of_recoveries() -> PlaybookRule:
    """The playbook's rule, or what holds where it has none: a manager, within one working day."""
    written = PlaybookRule.objects.filter(trigger=Trigger.FEEDBACK, kind=TouchpointKind.RECOVERY, is_on=True).first()
    return written or PlaybookRule(role=StaffRole.MANAGER, delay=1, delay_unit=DelayUnit.WORKING_DAYS)


def owner_for(role: str) -> Staff | None:
    """The first of the role who is there; never the front desk, who could not open it."""
    wanted = StaffRole.MANAGER if role == StaffRole.FRONT_DESK else role
    return Staff.objects.filter(role=wanted, is_active=True).order_by("created_at", "id").first()
