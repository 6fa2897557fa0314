"""Where and with whom, as FHIR resources: what visits refer to. No patients."""

from collections.abc import Sequence
from uuid import UUID

from loyalty.exchange.fhir.kinds import USUAL, FhirResource, FhirType
from loyalty.exchange.fhir.written import written
from loyalty.models import Location, Staff
from loyalty.record_export.fhir_person import place, practitioner


def _places(rows: Sequence[Location], _application_id: UUID) -> list[FhirResource]:
    return [written(place(row), row.updated_at) for row in rows]


def _people(rows: Sequence[Staff], _application_id: UUID) -> list[FhirResource]:
    return [written(practitioner(row), row.updated_at) for row in rows]


LOCATION = FhirType(name="Location", rows=Location.objects.all, build=_places, params=USUAL)
PRACTITIONER = FhirType(name="Practitioner", rows=Staff.objects.all, build=_people, params=USUAL)
