"""Somebody is no longer there: what they had to do for patients passes to a colleague, or to whoever is there."""

from uuid import UUID

from core.changed import changed
from core.errors import DomainError
from loyalty.models import Feedback, Inquiry, Recovery, Staff, StaffRole, Touchpoint
from loyalty.touchpoints.plan import OPEN


def pass_on(staff: Staff, *, work_to: UUID | None) -> None:
    """Their row is inactive, and their open work goes to the staff `work_to`; inside the caller's transaction, which
    holds the row. None leaves it to whoever is there.

    Raises DomainError colleague_unknown for somebody who is not there.
    """
    heir = None
    if work_to is not None:
        heir = Staff.objects.filter(id=work_to, is_active=True).exclude(id=staff.id).first()
        if heir is None:
            raise DomainError("colleague_unknown", "Choose a colleague who is there.", field="work_to")
    staff.is_active = False
    staff.save(update_fields=["is_active", "updated_at"])
    touchpoints = Touchpoint.objects.filter(assigned_to=staff, state__in=OPEN)
    recoveries = Recovery.objects.filter(owner=staff, closed_at__isnull=True)
    patients = {*touchpoints.values_list("patient_id", flat=True), *recoveries.values_list("patient_id", flat=True)}
    detail = {"person": staff.person_id, "work_to": work_to, "touchpoints": touchpoints.update(assigned_to=heir)}
    # The front desk does not see what patients answer: with nobody else, they stand there for everybody.
    reader = heir if heir and heir.role != StaffRole.FRONT_DESK else None
    detail["recoveries"] = recoveries.update(owner=reader)
    Feedback.objects.filter(assigned_to=staff).update(assigned_to=reader)
    Inquiry.objects.filter(assigned_to=staff, state__in=["open", "called"]).update(assigned_to=heir)
    changed("staff.left", staff, patients=patients, detail=detail)
