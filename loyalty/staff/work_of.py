"""What somebody would leave behind, and who could take it over."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from loyalty.models import OPEN_STATUSES, Recovery, Staff, Touchpoint, Visit
from loyalty.staff.at_work import at_work
from loyalty.touchpoints.plan import OPEN


@dataclass(frozen=True, slots=True)
class Work:
    """contacts: notes, calls and other touchpoints to be made; visits: booked with them from now on."""

    contacts: int
    recoveries: int
    visits: int

    @property
    def is_any(self) -> bool:
        return bool(self.contacts or self.recoveries)


def work_of(*, person_id: UUID, now: datetime) -> Work:
    """Inside the practice; nothing for somebody who is not on its staff."""
    staff = Staff.objects.filter(person_id=person_id).values("id")
    return Work(
        contacts=Touchpoint.objects.filter(assigned_to__in=staff, state__in=OPEN).count(),
        recoveries=Recovery.objects.filter(owner__in=staff, closed_at__isnull=True).count(),
        visits=Visit.objects.filter(staff__in=staff, status__in=OPEN_STATUSES, starts_at__gte=now).count(),
    )


def colleagues_of(*, person_id: UUID) -> list[Staff]:
    """The active staff of the practice but for the person, by name."""
    return list(at_work().exclude(person_id=person_id))
