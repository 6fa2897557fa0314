"""Visits as other systems read them: when, where, with whom, for what, and what became of them."""

from uuid import UUID

from django.db.models import Q

from core.exchange.external_id import kept_as, own_part
from core.exchange.resource import Filter, Kind, Resource, column
from loyalty.models import Visit, VisitStatus


def _by_own_id(value: str, application_id: UUID) -> Q:
    return Q(external_id=kept_as(application_id, value)) & ~Q(external_id="")


_KEPT = f'"{Visit._meta.db_table}".external_id'
VISITS = Resource(
    name="visit",
    rows=Visit.objects.all,
    columns=(
        "id", "external_id", "patient_id", "location_id", "staff_id", "service_id", "status", "source", "starts_at",
        "ends_at", "day", "booked_at", "arrived_at", "seen_at", "completed_at", "cancelled_at", "is_history", "reason",
        "created_at", "updated_at",
    ),
    sent="visits.sent",
    patient="patient_id",
    filters={
        "external_id": Filter(Kind.TEXT, _by_own_id),
        "patient_id": column(Kind.ID, "patient_id"),
        "location_id": column(Kind.ID, "location_id"),
        "staff_id": column(Kind.ID, "staff_id"),
        "service_id": column(Kind.ID, "service_id"),
        "status": column(Kind.CHOICE, "status", VisitStatus.values),
        "day_from": column(Kind.DAY, "day__gte"),
        "day_to": column(Kind.DAY, "day__lte"),
    },
    shown={"external_id": lambda kept, application_id: own_part(application_id, kept)},
    in_sql={
        "external_id": (
            f"CASE WHEN starts_with({_KEPT}, %s) THEN substr({_KEPT}, length(%s) + 1) ELSE '' END",
            lambda application_id: (kept_as(application_id, "x")[:-1],) * 2,
        )
    },
)  # fmt: skip
