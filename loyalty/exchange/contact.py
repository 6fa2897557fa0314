"""Who asked before they booked, and every planned or made contact, as other systems read it."""

from core.exchange.resource import Kind, Resource, column
from loyalty.models import Inquiry, Touchpoint, TouchpointKind

INQUIRIES = Resource(
    name="inquiry",
    rows=Inquiry.objects.all,
    columns=(
        "id", "name", "phone", "email", "guardian_name", "found_via", "referrer_name", "wants", "expects", "worries",
        "location_id", "state", "asked_at", "due_at", "assigned_to_id", "first_called_at", "closed_at",
        "closed_because", "patient_id", "created_at", "updated_at",
    ),
    sent="inquiries.sent",
    patient="patient_id",
    # Most of them are no patients yet, so the trail names the rows themselves.
    listed="inquiries",
    filters={"patient_id": column(Kind.ID, "patient_id")},
)  # fmt: skip
# What a hold-out withholds is not planned, so nothing here says who is held out.
TOUCHPOINTS = Resource(
    name="touchpoint",
    rows=Touchpoint.objects.all,
    columns=(
        "id", "patient_id", "visit_id", "kind", "channel", "state", "day", "due_at", "role", "assigned_to_id",
        "done_at", "done_by_id", "outcome", "minutes", "created_at", "updated_at",
    ),
    sent="touchpoints.sent",
    patient="patient_id",
    filters={
        "patient_id": column(Kind.ID, "patient_id"),
        "visit_id": column(Kind.ID, "visit_id"),
        "kind": column(Kind.CHOICE, "kind", TouchpointKind.values),
    },
)  # fmt: skip
