"""Billing says what a practice has paid for: its plan, how its account stands, and its limits, all at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict, NotFound
from tenants.entitlements import Limits
from tenants.models import Entitlement, Practice, Standing


def entitle(*, practice_id: UUID, plan: str, limits: Limits, standing: Standing, until: datetime | None = None) -> bool:
    """As control plane. False where all of it was so already: then nothing is written.

    until: when `standing` ends by itself: the trial, or the days of grace. Raises NotFound, Conflict for a sandbox.
    """
    with transaction.atomic():
        practice = Practice.objects.select_for_update(no_key=True).filter(id=practice_id).first()
        if practice is None:
            raise NotFound("practice_not_found", "There is no such practice.")
        if practice.sandbox_of_id is not None:
            raise Conflict("sandbox_unbilled", "A sandbox has no plan: nobody pays for it.")
        before = (practice.plan, practice.standing, practice.standing_until)
        rows = dict(Entitlement.objects.filter(practice=practice).values_list("capability", "most"))
        wanted = {one.value: most for one, most in limits.items()}
        if before == (plan, standing, until) and rows == wanted:
            return False
        practice.plan, practice.standing, practice.standing_until = plan, standing, until
        practice.save(update_fields=["plan", "standing", "standing_until", "updated_at"])
        for capability, most in wanted.items():
            Entitlement.objects.update_or_create(practice=practice, capability=capability, defaults={"most": most})
        Entitlement.objects.filter(practice=practice).exclude(capability__in=wanted).delete()
        audit.record(
            "practice.entitled",
            subject=practice,
            practice_id=practice.id,
            detail={"plan": plan, "standing": str(standing), "before": before[0], "stood": before[1]},
        )
    return True
