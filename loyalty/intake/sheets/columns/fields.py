"""What a column of a file can become."""

from dataclasses import dataclass

from loyalty.models import ImportKind


@dataclass(frozen=True, slots=True)
class Field:
    """many: several columns may become it."""

    key: str
    name: str
    many: bool = False


LEFT_OUT = ""

PATIENT_FIELDS = (
    Field("external_id", "Their number in the old system"),
    Field("record_number", "Record number"),
    Field("given_name", "First name"),
    Field("family_name", "Last name"),
    Field("full_name", "Full name"),
    Field("preferred_name", "Preferred name"),
    Field("pronouns", "Pronouns"),
    Field("birth_date", "Birthday"),
    Field("mobile_phone", "Cell phone", many=True),
    Field("home_phone", "Home phone", many=True),
    Field("work_phone", "Work phone", many=True),
    Field("phone", "Phone", many=True),
    Field("email", "Email", many=True),
    Field("address", "Street address"),
    Field("address_2", "Address, second line"),
    Field("city", "City"),
    Field("state", "State"),
    Field("postal_code", "ZIP code"),
    Field("country", "Country"),
    Field("language", "Language"),
    Field("patient_since", "Patient since"),
    Field("deceased_on", "Died on"),
    Field("note", "Memory, for providers to review", many=True),
)
VISIT_FIELDS = (
    Field("visit_id", "The visit’s number in the old system"),
    Field("external_id", "The patient’s number in the old system"),
    Field("record_number", "The patient’s record number"),
    Field("given_name", "The patient’s first name"),
    Field("family_name", "The patient’s last name"),
    Field("full_name", "The patient’s full name"),
    Field("phone", "The patient’s phone", many=True),
    Field("email", "The patient’s email", many=True),
    Field("starts_at", "Day and time"),
    Field("day", "Day"),
    Field("clock", "Time"),
    Field("ends_at", "End, day and time"),
    Field("end_clock", "End, time"),
    Field("minutes", "Length in minutes"),
    Field("status", "Status"),
    Field("service", "Service"),
    Field("staff", "Who treated"),
    Field("location", "Location"),
    Field("booked_at", "Booked on"),
)
FIELDS: dict[str, tuple[Field, ...]] = {
    ImportKind.PATIENTS: PATIENT_FIELDS,
    ImportKind.VISITS: VISIT_FIELDS,
    # A bundle says itself what is what.
    ImportKind.BUNDLE: (),
}

# Of which the order of month and day has to be known.
DATES: dict[str, frozenset[str]] = {
    ImportKind.PATIENTS: frozenset({"birth_date", "patient_since", "deceased_on"}),
    ImportKind.BUNDLE: frozenset(),
    ImportKind.VISITS: frozenset({"starts_at", "day", "ends_at", "booked_at"}),
}


def field_of(kind: str, key: str) -> Field | None:
    return next((field for field in FIELDS[kind] if field.key == key), None)
