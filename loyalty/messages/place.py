"""Where a message comes from: the location of the visit, of the last visit, or the practice's first."""

from loyalty.models import Location, Patient, Visit


def place_of(patient: Patient, visit: Visit | None) -> Location | None:
    """At most two queries. None for a practice without a location."""
    if visit is not None:
        return visit.location
    latest = Visit.objects.filter(patient=patient).select_related("location").order_by("-starts_at", "-id").first()
    if latest is not None:
        return latest.location
    return Location.objects.order_by("-is_active", "created_at", "id").first()


def postal_address(location: Location | None) -> str:
    """In one line, or "" where street or city is missing: then no email may go out."""
    if location is None or not location.address or not location.city:
        return ""
    region = " ".join(part for part in (location.state, location.postal_code) if part)
    return ", ".join(part for part in (location.address, location.city, region) if part)
