"""Visits as rows, and what was promised before them."""

from random import Random

from infra.seeds.house import House
from infra.seeds.ids import Mint
from infra.seeds.local_days import DAY
from infra.seeds.patient import Fate, Patient, Visit
from infra.seeds.tables import Table
from loyalty.models import Visit as VisitModel
from loyalty.models import VisitSource, VisitStatus

_CONFIRMED_BEFORE = 3 * DAY
_CONFIRMS = 0.6


class VisitRows:
    def __init__(self, *, house: House, rng: Random, mint: Mint, now: int) -> None:
        self._house = house
        self._rng = rng
        self._mint = mint
        self._now = now
        self.visits = Table(
            VisitModel,
            "id created_at updated_at patient_id location_id staff_id service_id status status_by_id source starts_at"
            " ends_at day booked_at arrived_at seen_at brief_read_at completed_at cancelled_at is_history reason"
            " external_id",
        )

    @property
    def tables(self) -> list[Table]:
        return [self.visits]

    def add(self, patient: Patient) -> None:
        for visit in patient.visits:
            if visit.is_history:
                self._add_history(visit)
            else:
                self._add_lived(visit)

    def _add_lived(self, visit: Visit) -> None:
        status = self._status(visit)
        touched = max(
            visit.booked_at, visit.completed_at or visit.seen_at or visit.arrived_at or 0, visit.cancelled_at or 0
        )
        # The status of a visit that nobody touched since it was booked was set by nobody.
        by = self._house.desks[visit.site.id].id if touched > visit.booked_at else None
        self.visits.add(
            visit.id,
            visit.booked_at,
            touched,
            visit.patient.id,
            visit.site.id,
            visit.provider.id,
            visit.service.id,
            status,
            by,
            VisitSource.WALK_IN if visit.walked_in else VisitSource.BOOKED,
            visit.starts_at,
            visit.ends_at,
            visit.day,
            visit.booked_at,
            visit.arrived_at,
            visit.seen_at,
            visit.read_at,
            visit.completed_at,
            visit.cancelled_at,
            False,
            "",
            "",
        )

    def _add_history(self, visit: Visit) -> None:
        """Imported: the old system knew when it was, with whom, and that it took place. No more."""
        opened = self._house.opened_at
        kept = visit.fate == Fate.KEPT
        status = VisitStatus.COMPLETED if kept else self._status(visit)
        self.visits.add(
            visit.id,
            opened,
            opened,
            visit.patient.id,
            visit.site.id,
            visit.provider.id,
            visit.service.id,
            status,
            None,
            VisitSource.IMPORT,
            visit.starts_at,
            visit.ends_at,
            visit.day,
            None,
            None,
            None,
            None,
            visit.ends_at if kept else None,
            visit.cancelled_at,
            True,
            visit.service.offer.name,
            f"V{visit.patient.number:06}-{visit.day}-{visit.minute}",
        )

    def _status(self, visit: Visit) -> VisitStatus:
        match visit.fate:
            case Fate.CANCELLED:
                return VisitStatus.CANCELLED
            case Fate.MISSED:
                return VisitStatus.NO_SHOW
            case Fate.KEPT:
                return VisitStatus.COMPLETED if visit.completed_at is not None else VisitStatus.ARRIVED
        soon = visit.starts_at < self._now + _CONFIRMED_BEFORE
        return VisitStatus.CONFIRMED if soon and self._rng.random() < _CONFIRMS else VisitStatus.BOOKED
