"""People and places as FHIR R4 resources: the patient, their guardians, who treated them, and where."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from loyalty.models import ContactPoint, Guardianship, Location, Patient, PatientIdentifier, Staff
from loyalty.patients.reach import guardian_name

PRONOUNS = "http://hl7.org/fhir/StructureDefinition/individual-pronouns"
_IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"
_ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
_USES = {"mobile": "mobile", "cell": "mobile", "home": "home", "work": "work"}


def reference(kind: str, id: UUID | None) -> dict[str, str]:
    return {"reference": f"{kind}/{id}"}


def patient_resource(
    patient: Patient,
    *,
    points: Sequence[ContactPoint],
    guardians: Sequence[Guardianship],
    identifiers: Sequence[PatientIdentifier],
) -> dict[str, Any]:
    """Without what is not known: FHIR has no empty values."""
    resource: dict[str, Any] = {
        "resourceType": "Patient",
        "id": str(patient.id),
        "active": patient.merged_into_id is None,
        "identifier": [
            *([_record_number(patient.record_number)] if patient.record_number else []),
            *({"system": one.system, "value": one.value} for one in identifiers),
        ],
        "name": _names(patient),
        "telecom": [_telecom(point) for point in points],
        "address": _address(patient),
        "contact": [_contact(one) for one in guardians],
    }
    if birth := _birth(patient):
        resource["birthDate"] = birth
    if patient.deceased_on:
        resource["deceasedDateTime"] = patient.deceased_on.isoformat()
    elif patient.deceased:
        resource["deceasedBoolean"] = True
    if patient.language:
        spoken = {"coding": [{"system": "urn:ietf:bcp:47", "code": patient.language}]}
        resource["communication"] = [{"language": spoken, "preferred": True}]
    if patient.pronouns:
        said = {"url": "value", "valueCodeableConcept": {"text": patient.pronouns}}
        resource["extension"] = [{"url": PRONOUNS, "extension": [said]}]
    return filled(resource)


def related_person(guardianship: Guardianship, *, of: UUID) -> dict[str, Any]:
    """A guardian, with their relation in words."""
    return filled(
        {
            "resourceType": "RelatedPerson",
            "id": str(guardianship.id),
            "active": True,
            "patient": reference("Patient", of),
            "relationship": _relationship(guardianship),
            "name": [{"text": guardian_name(guardianship)}],
            "telecom": _guardian_telecom(guardianship),
        }
    )


def practitioner(staff: Staff) -> dict[str, Any]:
    return {
        "resourceType": "Practitioner",
        "id": str(staff.id),
        "active": staff.is_active,
        "name": [{"text": staff.display_name}],
    }


def place(location: Location) -> dict[str, Any]:
    address = {
        "line": [location.address] if location.address else [],
        "city": location.city,
        "state": location.state,
        "postalCode": location.postal_code,
    }
    return filled(
        {
            "resourceType": "Location",
            "id": str(location.id),
            "status": "active" if location.is_active else "inactive",
            "name": location.name,
            "address": filled(address),
        }
    )


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what holds nothing."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}


def _record_number(number: str) -> dict[str, Any]:
    return {"use": "usual", "type": {"coding": [{"system": _IDENTIFIER_TYPE, "code": "MR"}]}, "value": number}


def _names(patient: Patient) -> list[dict[str, Any]]:
    official = {"use": "official", "family": patient.family_name, "given": [patient.given_name]}
    if not patient.given_name:
        del official["given"]
    names = [filled(official)] if patient.given_name or patient.family_name else []
    if patient.preferred_name:
        names.append({"use": "nickname", "given": [patient.preferred_name]})
    return names


def _telecom(point: ContactPoint) -> dict[str, Any]:
    # A number that must not be used is told as old, so that nobody who reads this calls it.
    use = "old" if point.do_not_use else _USES.get(point.label.lower(), "")
    system = "phone" if point.kind == ContactPoint.Kind.PHONE else "email"
    return filled({"system": system, "value": point.value, "use": use, "rank": point.rank})


def _address(patient: Patient) -> list[dict[str, Any]]:
    address = filled(
        {
            "line": [patient.address] if patient.address else [],
            "city": patient.city,
            "state": patient.state,
            "postalCode": patient.postal_code,
            "country": patient.country,
        }
    )
    return [address] if address else []


def _birth(patient: Patient) -> str:
    parts = [f"{patient.birth_year:04}"] if patient.birth_year else []
    parts += [f"{part:02}" for part in (patient.birth_month, patient.birth_day) if part]
    return "-".join(parts)


def _contact(guardianship: Guardianship) -> dict[str, Any]:
    return filled(
        {
            "relationship": _relationship(guardianship),
            "name": {"text": guardian_name(guardianship)},
            "telecom": _guardian_telecom(guardianship),
        }
    )


def _relationship(guardianship: Guardianship) -> list[dict[str, Any]]:
    coded = {"coding": [{"system": _ROLE, "code": "GUARD"}]}
    return [coded | ({"text": guardianship.relation} if guardianship.relation else {"text": "guardian"})]


def _guardian_telecom(guardianship: Guardianship) -> list[dict[str, str]]:
    """Of who is a patient too, nothing: their numbers are of their own record."""
    ways = (("phone", guardianship.phone), ("email", guardianship.email))
    return [{"system": system, "value": value} for system, value in ways if value]
