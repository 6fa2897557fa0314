"""A record's id in a partner's own system. Each program has a space of its own and sees no other's."""

from uuid import UUID

from core.errors import DomainError
from core.given_text import given_text, is_visible

# What FHIR calls the space of them: each program's own, so that the name is the same for all.
OWN_IDS = "urn:perennial:external-id"
# With the program's id before it, it fits where imports keep theirs.
LONGEST = 150


def system_of(application_id: UUID) -> str:
    """The system under which a patient's identifiers of this program are kept."""
    return f"partner:{application_id}"


def kept_as(application_id: UUID, external_id: str) -> str:
    """For a table that holds one external id a row, whoever gave it; "" stays ""."""
    return f"{system_of(application_id)}/{external_id}" if external_id else ""


def own_part(application_id: UUID, kept: str) -> str:
    """What `kept_as` was made of; "" for what another system gave."""
    system = f"{system_of(application_id)}/"
    return kept.removeprefix(system) if kept.startswith(system) else ""


def checked_external_id(value: str, *, field: str = "external_id") -> str:
    """Kept exactly, or refused. Raises DomainError."""
    text = given_text(value, what="The id", field=field, limit=LONGEST)
    if text != value or not is_visible(text):
        raise DomainError("external_id_unclear", "Send an id that can be seen, without blanks around it.", field=field)
    return text
