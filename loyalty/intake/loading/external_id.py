"""What an imported row is called in its source, so that a second import finds it again."""

from hashlib import sha256

# The system under which a patient's FHIR id is kept beside the identifiers of the export.
FHIR_PATIENT = "fhir:Patient"

_LONGEST = 200


def external_id(kind: str, id: str) -> str:
    """For example "fhir:Encounter/e1"; what does not fit becomes a digest."""
    written = f"fhir:{kind}/{id}"
    return written if len(written) <= _LONGEST else f"fhir:{kind}/{sha256(id.encode()).hexdigest()}"
