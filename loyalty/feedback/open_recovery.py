"""Somebody was unhappy: somebody owns making it good, and no thank-you goes out until it is."""

from datetime import datetime

from core.changed import changed
from loyalty.locations.hours import calendar_of
from loyalty.models import (
    DelayUnit,
    Feedback,
    PlaybookRule,
    Recovery,
    Staff,
    StaffRole,
    TouchpointKind,
    Trigger,
    Visit,
)
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.hold import hold_notes
from loyalty.touchpoints.plan import plan


def open_recovery(feedback: Feedback, *, visit: Visit, now: datetime) -> Recovery:
    """Open it, hold the patient's notes and plan the call. A practice may change the delay, but not switch this off."""
    rule = _rule()
    calendar = calendar_of(visit.location)
    recovery = Recovery.objects.create(
        feedback=feedback,
        patient=visit.patient,
        owner=_owner(rule.role),
        due_at=due_at(rule, event=now, visit_starts=visit.starts_at, calendar=calendar, now=now),
    )
    changed("recovery.opened", recovery, patients=[visit.patient_id])
    hold_notes(visit.patient_id)
    plan(Trigger.FEEDBACK, visit=visit, now=now)
    return recovery


def _rule() -> PlaybookRule:
    """The playbook's rule, or what holds where it has none: a manager, within one working day."""
    written = PlaybookRule.objects.filter(trigger=Trigger.FEEDBACK, kind=TouchpointKind.RECOVERY, is_on=True).first()
    return written or PlaybookRule(role=StaffRole.MANAGER, delay=1, delay_unit=DelayUnit.WORKING_DAYS)


def _owner(role: str) -> Staff | None:
    return Staff.objects.filter(role=role, is_active=True).order_by("created_at", "id").first()
