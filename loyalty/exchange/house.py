"""The practice's house: locations, services, staff; closed and former ones too, which say so. No patients."""

from core.exchange.resource import Resource
from loyalty.models import Location, Service, Staff

LOCATIONS = Resource(
    name="location",
    rows=Location.objects.all,
    columns=(
        "id", "name", "time_zone", "address", "city", "state", "postal_code", "is_active", "external_id",
        "created_at", "updated_at",
    ),
)  # fmt: skip
SERVICES = Resource(
    name="service",
    rows=Service.objects.all,
    columns=(
        "id", "name", "preview", "aftercare", "return_days", "minutes", "is_active", "external_id", "created_at",
        "updated_at",
    ),
)  # fmt: skip
STAFF = Resource(
    name="staff",
    rows=Staff.objects.all,
    columns=("id", "display_name", "role", "is_active", "external_id", "created_at", "updated_at"),
)
