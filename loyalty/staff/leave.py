"""Somebody leaves the practice: nothing they had to do for a patient is forgotten."""

from uuid import UUID

from core import audit
from core.errors import DomainError
from loyalty.models import Feedback, Inquiry, Recovery, Staff, StaffRole, Touchpoint
from loyalty.touchpoints.plan import OPEN


def leave(*, person_id: UUID, work_to: UUID | None) -> None:
    """Their staff row is inactive, and what they had to do passes to the staff `work_to`; inside the practice and the
    caller's transaction.

    work_to: None leaves it to whoever is there. Raises DomainError colleague_unknown for somebody who is not there.
    """
    heir = None
    if work_to is not None:
        heir = Staff.objects.filter(id=work_to, is_active=True).exclude(person_id=person_id).first()
        if heir is None:
            raise DomainError("colleague_unknown", "Choose a colleague who is there.", field="work_to")
    staff = Staff.objects.select_for_update(no_key=True).filter(person_id=person_id).first()
    if staff is None:
        return
    staff.is_active = False
    staff.save(update_fields=["is_active", "updated_at"])
    touchpoints = Touchpoint.objects.filter(assigned_to=staff, state__in=OPEN)
    recoveries = Recovery.objects.filter(owner=staff, closed_at__isnull=True)
    patients = {*touchpoints.values_list("patient_id", flat=True), *recoveries.values_list("patient_id", flat=True)}
    detail = {"person": person_id, "work_to": work_to, "touchpoints": touchpoints.update(assigned_to=heir)}
    # The front desk does not see what patients answer: with nobody else, they stand there for everybody.
    reader = heir if heir and heir.role != StaffRole.FRONT_DESK else None
    detail["recoveries"] = recoveries.update(owner=reader)
    Feedback.objects.filter(assigned_to=staff).update(assigned_to=reader)
    Inquiry.objects.filter(assigned_to=staff, state__in=["open", "called"]).update(assigned_to=heir)
    audit.record("staff.left", subject=staff, patients=patients, detail=detail)
