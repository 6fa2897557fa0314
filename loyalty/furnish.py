"""What every new practice starts with: its first location, and the five steps as its playbook."""

from core.tenancy.scope import PracticeRef
from loyalty.models import Location
from loyalty.touchpoints.playbook import install_default_playbook


def furnish(practice: PracticeRef, time_zone: str) -> None:
    """Inside the practice's scope, when it is opened. `time_zone`: IANA name."""
    Location.objects.create(name=practice.name, time_zone=time_zone)
    install_default_playbook()
