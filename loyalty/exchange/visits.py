"""Visits as other systems read them: when, where, with whom, for what, and what became of them."""

from core.exchange.own_id import OWN_ID_FILTER, own_id_in_sql, own_id_shown
from core.exchange.resource import Kind, Resource, column
from loyalty.models import Visit, VisitStatus

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
        "external_id": OWN_ID_FILTER,
        "patient_id": column(Kind.ID, "patient_id"),
        "location_id": column(Kind.ID, "location_id"),
        "staff_id": column(Kind.ID, "staff_id"),
        "service_id": column(Kind.ID, "service_id"),
        "status": column(Kind.CHOICE, "status", VisitStatus.values),
        "day_from": column(Kind.DAY, "day__gte"),
        "day_to": column(Kind.DAY, "day__lte"),
    },
    shown={"external_id": own_id_shown},
    in_sql={"external_id": own_id_in_sql(f'"{Visit._meta.db_table}"')},
)  # fmt: skip
