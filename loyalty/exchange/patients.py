"""Patients as other systems read them: who they are, and how they may be reached. No notes, no health data."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from loyalty.exchange.external_id import system_of
from loyalty.exchange.resource import Filter, Kind, Resource, column
from loyalty.models import ContactPoint, Patient, PatientIdentifier

POINT = ("kind", "value", "label", "rank", "do_not_use")


def _points(ids: Sequence[UUID], _application_id: UUID) -> Mapping[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    points = ContactPoint.objects.filter(patient_id__in=ids).order_by("rank", "-kind", "id")
    for point in points.values("patient_id", *POINT):
        found.setdefault(point.pop("patient_id"), []).append(dict(point))
    return found


def _own_ids(ids: Sequence[UUID], application_id: UUID) -> Mapping[UUID, list[str]]:
    """The program's own; after a merge there may be several."""
    found: dict[UUID, list[str]] = {}
    own = PatientIdentifier.objects.filter(patient_id__in=ids, system=system_of(application_id)).order_by("value")
    for patient_id, value in own.values_list("patient_id", "value"):
        found.setdefault(patient_id, []).append(value)
    return found


def _by_own_id(value: str, application_id: UUID) -> Q:
    held = PatientIdentifier.objects.filter(system=system_of(application_id), value=value)
    return Q(id__in=held.values("patient_id"))


# Those that were merged into another are among them, and say into whom.
PATIENTS = Resource(
    name="patient",
    rows=Patient.objects.all,
    columns=(
        "id", "record_number", "given_name", "family_name", "preferred_name", "pronouns", "birth_year", "birth_month",
        "birth_day", "language", "address", "city", "state", "postal_code", "country", "preferred_channel",
        "no_voicemail", "plain_envelope", "not_at_home", "no_contact", "deceased", "deceased_on", "merged_into_id",
        "patient_since", "created_at", "updated_at",
    ),
    sent="patients.sent",
    patient="id",
    filters={"external_id": Filter(Kind.TEXT, _by_own_id), "record_number": column(Kind.TEXT, "record_number")},
    added={"contact_points": _points, "external_ids": _own_ids},
)  # fmt: skip
