"""Writes everything an export holds of one practice, in the caller's transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from core import audit
from core.errors import Conflict
from core.tenancy.scope import current_practice
from loyalty.intake.fhir.plan import Plan, PlannedPractice
from loyalty.intake.fhir.resources import Report
from loyalty.intake.loading.changes import Changes
from loyalty.intake.loading.locations import load_locations
from loyalty.intake.loading.patients import load_patients
from loyalty.intake.loading.services import Catalogue
from loyalty.intake.loading.staff import load_staff
from loyalty.intake.loading.visits import load_visits


@dataclass(slots=True)
class Loaded:
    patients: Changes = field(default_factory=Changes)
    visits: Changes = field(default_factory=Changes)
    staff_added: int = 0
    services_added: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.patients + other.patients,
            self.visits + other.visits,
            self.staff_added + other.staff_added,
            self.services_added + other.services_added,
        )


def load_practice(
    plan: Plan, planned: PlannedPractice, *, now: datetime, report: Report, advance: Callable[[int], None]
) -> Loaded:
    """Runs inside the practice's scope and one transaction: either all of it lands, or nothing.

    advance: called with the number of rows done since the last call.
    Raises Conflict where another import into the same practice is running.
    """
    _alone()
    loaded = Loaded()
    sites = load_locations(plan.locations(planned), organization=planned.organization)
    staff, loaded.staff_added = load_staff(plan.practitioners(planned), now=now)
    for patients in plan.patients(planned):
        loaded.patients += load_patients(patients, now=now, report=report)
        advance(len(patients))
    catalogue = Catalogue(now=now)
    for visits in plan.visits(planned):
        loaded.visits += load_visits(visits, sites=sites, staff=staff, catalogue=catalogue, now=now)
        advance(len(visits))
    loaded.services_added = catalogue.added
    audit.record(
        "import.loaded",
        everyone=True,
        detail={"patients": loaded.patients.written, "visits": loaded.visits.written, "staff": loaded.staff_added},
    )
    return loaded


def _alone() -> None:
    """Two imports at once would both find the same rows missing. The lock ends with the transaction."""
    key = f"import into {current_practice().schema_name}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        if not cursor.fetchone()[0]:
            raise Conflict("import_running", "Another import into this practice is running. Wait until it ends.")
