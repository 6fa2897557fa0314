"""Mail to those who own a practice, also after it left."""

from collections.abc import Mapping
from uuid import UUID

from core.tenancy.scope import control_plane
from tenants import mail
from tenants.models import Membership, Role


def write_to_owners(practice_id: UUID, template: str, context: Mapping[str, str]) -> None:
    with control_plane():
        owners = Membership.objects.filter(
            practice_id=practice_id, role=Role.OWNER, ended_at__isnull=True, person__is_active=True
        )
        addresses = list(owners.order_by("id").values_list("person__email", flat=True))
    for address in addresses:
        mail.send(to=address, template=template, context=context)
