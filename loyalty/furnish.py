"""What every new practice starts with: its first location, the five steps as its playbook, words for messages, and the
sites that reviews are read on."""

from loyalty.messages.default_templates import install_default_templates
from loyalty.models import Location
from loyalty.reviews.sites import install_default_sites
from loyalty.touchpoints.playbook import install_default_playbook
from tenants.models import Practice


def furnish(practice: Practice) -> None:
    """Inside the practice's scope, when it is opened. Its postal address is that of its first location."""
    Location.objects.create(
        name=practice.name,
        time_zone=practice.time_zone,
        address=practice.address,
        city=practice.city,
        state=practice.state,
        postal_code=practice.postal_code,
    )
    install_default_playbook()
    install_default_templates()
    install_default_sites()
