"""What was planned for a visit follows it when an import moves it or ends it, in the same transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from loyalty.intake.loading.visit_columns import VisitColumns
from loyalty.models import OPEN_STATUSES, TouchpointKind, Visit, VisitStatus
from loyalty.touchpoints.follow import CALLED_OFF, cancel_planned, move_planned
from loyalty.touchpoints.plan import OPEN

# Who is here is not asked any more where they are.
_LATE = frozenset({TouchpointKind.CHECK_IN.value})


@dataclass(frozen=True, slots=True)
class Changed:
    before: VisitColumns
    after: VisitColumns


def follow_visits(changed: Mapping[UUID, Changed], *, now: datetime) -> None:
    """After the visits were written. Nothing new is planned: an import makes no touchpoints."""
    ended = {id: kinds for id, one in changed.items() if (kinds := _called_off(one))}
    moved = {id for id, one in changed.items() if one.before.starts_at != one.after.starts_at}
    if not ended and not moved:
        return
    # Most have nothing planned.
    planned = Visit.objects.filter(id__in=ended.keys() | moved, touchpoints__state__in=OPEN).distinct()
    for visit in planned.select_related("patient", "location"):
        if visit.id in ended:
            cancel_planned(visit, kinds=ended[visit.id])
        if visit.id in moved and visit.is_open:
            move_planned(visit, now=now)


def _called_off(one: Changed) -> Collection[str]:
    """Which kinds of contact are over with it."""
    if one.before.patient_id != one.after.patient_id:
        return CALLED_OFF
    if one.before.status == one.after.status:
        return ()
    if one.after.status == VisitStatus.ARRIVED:
        return _LATE
    return () if one.after.status in OPEN_STATUSES else CALLED_OFF
