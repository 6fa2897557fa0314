"""What the program that brings a bundle calls its patients and visits, by ids of its own."""

from uuid import UUID

from core.errors import DomainError
from core.exchange.external_id import OWN_IDS, checked_external_id, system_of
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.period import is_current
from loyalty.intake.fhir.quoting import quoted
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.references import identifier_key
from loyalty.intake.fhir.rows import Identifier

_NAMED = identifier_key(OWN_IDS, "")


def own_ids_of(fields: Fields, *, application_id: UUID | None, reading: Reading) -> tuple[Identifier, ...]:
    """Those in `identifier`; one that cannot be kept is remarked on. Whoever else brings a bundle has none."""
    if application_id is None:
        return ()
    found: dict[Identifier, None] = {}
    for item in fields.parts("identifier"):
        value = item.text("value")
        if item.text("system") != OWN_IDS or not value or not is_current(item, reading=reading):
            continue
        try:
            found[Identifier(system_of(application_id), checked_external_id(value))] = None
        except DomainError as error:
            fields.remark(f"identifier {quoted(value)} of {OWN_IDS}: {error.message} It is left out")
    return tuple(found)


def own_id_named(key: str, *, application_id: UUID | None) -> Identifier | None:
    """The own id by which a reference names whom it means; None for any other key."""
    if application_id is None or not key.startswith(_NAMED):
        return None
    return Identifier(system_of(application_id), key.removeprefix(_NAMED))
