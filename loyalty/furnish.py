"""What every new practice starts with: its first location."""

from core.tenancy.scope import PracticeRef
from loyalty.models import Location


def furnish(practice: PracticeRef, time_zone: str) -> None:
    """Inside the practice's scope, when it is opened. `time_zone`: IANA name."""
    Location.objects.create(name=practice.name, time_zone=time_zone)
