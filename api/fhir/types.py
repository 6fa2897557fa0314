"""Every FHIR type that is read, with the scope that it needs."""

from loyalty.exchange.fhir.house import LOCATION, PRACTITIONER
from loyalty.exchange.fhir.kinds import FhirType
from loyalty.exchange.fhir.patients import PATIENT
from loyalty.exchange.fhir.visits import APPOINTMENT, ENCOUNTER
from tenants.partners.scopes import Scope

TYPES: tuple[tuple[FhirType, Scope], ...] = (
    (PATIENT, Scope.PATIENTS_READ),
    (APPOINTMENT, Scope.VISITS_READ),
    (ENCOUNTER, Scope.VISITS_READ),
    (LOCATION, Scope.PRACTICE_READ),
    (PRACTITIONER, Scope.PRACTICE_READ),
)
