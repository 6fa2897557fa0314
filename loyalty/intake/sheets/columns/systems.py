"""Exports of systems that we know by their columns, and what some of those mean there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.sheets.names import normal
from loyalty.models import ImportKind

PATIENTS, VISITS = ImportKind.PATIENTS, ImportKind.VISITS


@dataclass(frozen=True, slots=True)
class Export:
    """by: columns, normalized, that are all there. means: what a name means in this export, other than anywhere."""

    system: str
    kind: str
    by: frozenset[str]
    means: Mapping[str, str] = field(default_factory=dict)


def _columns(names: str) -> frozenset[str]:
    return frozenset(names.split())


# The most telling first. Vendors add and move columns from year to year: a few that stay are asked for.
EXPORTS = (
    Export(
        "Square",
        VISITS,
        _columns("customerid transactionid paymentid eventtype grosssales"),
        {"item": "service", "description": "service", "customerreferenceid": "record_number", "category": ""},
    ),
    Export(
        "Square", PATIENTS, _columns("firstname lastname emailaddress phonenumber birthday emailsubscriptionstatus")
    ),
    Export(
        "Acuity",
        VISITS,
        _columns("starttime endtime firstname lastname type calendar datescheduled"),
        {"type": "service", "calendar": "staff"},
    ),
    Export("Fresha", VISITS, _columns("appointmentreference client scheduleddate scheduledtime services")),
    Export("Vagaro", PATIENTS, _columns("emailaddress firstname lastname mobilephone dayphone nightphone birthdate")),
    Export(
        "Mindbody",
        PATIENTS,
        _columns("clientid clientuniqueid firstname lastname mobilephone"),
        {"clientuniqueid": "external_id", "clientid": "record_number"},
    ),
    Export(
        "Synthea",
        VISITS,
        _columns("id start stop patient organization provider encounterclass"),
        # Whom and where it names by keys of other files.
        {"patient": "external_id", "description": "service", "provider": "", "encounterclass": "", "code": ""},
    ),
    Export("Synthea", PATIENTS, _columns("id birthdate deathdate ssn first last zip")),
)


def export_of(header: Iterable[str]) -> Export | None:
    """The export whose columns these are; None for one that nobody told us about."""
    names = {normal(name) for name in header}
    return next((export for export in EXPORTS if export.by <= names), None)
