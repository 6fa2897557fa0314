"""The practice's own time zone: where a page is about no single location."""

from zoneinfo import ZoneInfo

from loyalty.models import Location
from loyalty.visits.local_time import zone_of


def practice_zone() -> ZoneInfo:
    """Of its first open location; UTC before there is one."""
    name = Location.objects.order_by("-is_active", "created_at", "id").values_list("time_zone", flat=True).first()
    return zone_of(name or "UTC")
