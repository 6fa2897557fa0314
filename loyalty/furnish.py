"""What every new practice starts with: its first location, the five steps as its playbook, and words for messages."""

from core.tenancy.scope import PracticeRef
from loyalty.messages.default_templates import install_default_templates
from loyalty.models import Location
from loyalty.touchpoints.playbook import install_default_playbook


def furnish(practice: PracticeRef, time_zone: str) -> None:
    """Inside the practice's scope, when it is opened. `time_zone`: IANA name."""
    Location.objects.create(name=practice.name, time_zone=time_zone)
    install_default_playbook()
    install_default_templates()
