"""What the program behind an address may be told of at this moment: asked anew each time, nothing where in doubt."""

from dataclasses import dataclass
from uuid import UUID

from core.errors import NotFound
from core.tenancy.scope import control_plane, current_practice
from tenants.models import PartnerGrant
from tenants.partners.tokens import granted_scopes, is_open


@dataclass(frozen=True, slots=True)
class Granted:
    """An open grant of this practice. scopes: what the program may do by now; none while it is suspended."""

    grant_id: UUID
    application_id: UUID
    name: str
    contact_email: str
    suspended: bool
    scopes: frozenset[str]


def granted(grant_id: UUID) -> Granted | None:
    """None where the practice did not grant that, ended it, or is closed. One query, as control plane."""
    place = current_practice()
    with control_plane():
        grant = (
            PartnerGrant.objects.select_related("application")
            .filter(is_open(), id=grant_id, practice_id=place.id)
            .first()
        )
    if grant is None:
        return None
    application = grant.application
    suspended = application.suspended_at is not None
    return Granted(
        grant_id=grant.id,
        application_id=application.id,
        name=application.name,
        contact_email=application.contact_email,
        suspended=suspended,
        scopes=frozenset() if suspended else frozenset(granted_scopes(grant, application)),
    )


def must_be_granted(grant_id: UUID) -> Granted:
    """Raises NotFound where nothing is granted any more."""
    found = granted(grant_id)
    if found is None:
        raise NotFound("grant_not_found", "It is not let in here.")
    return found
