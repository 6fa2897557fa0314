"""Who an entry is about doing."""

from uuid import UUID

from core.audit.models import Entry
from core.models import NetworkEntry
from tenants.models import Person, Role

ROLES = {**dict(Role.choices), **dict(Person.NetworkRole.choices)}

# Whoever is no person with a name.
KINDS = {
    "job": "Perennial, by itself",
    "kiosk": "The kiosk",
    "operator": "An operator at the server",
    "partner": "A partner’s program",
    "patient": "The patient",
    "person": "Somebody who was erased",
}


def who(entry: Entry | NetworkEntry, names: dict[UUID, str]) -> str:
    """The person's name, or what did it."""
    return (names.get(entry.asker_id, "") if entry.asker_id else "") or KINDS[entry.asker_kind]


def program(entry: Entry | NetworkEntry, programs: dict[UUID, str]) -> str:
    """The name of the partner's program that was registered, let in or changed; empty where it is about none."""
    named = entry.subject_id if entry.subject_kind == "partnerapplication" else entry.detail.get("application")
    return programs.get(UUID(str(named)), "") if named and entry.verb.startswith(("partner.", "webhook.")) else ""


def role(entry: Entry | NetworkEntry) -> str:
    """What they were at that moment, in words; empty for nobody's."""
    return ROLES.get(entry.role, "")
