"""A patient's record as a FHIR R4 bundle, written resource by resource; our own import reads it back."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from loyalty.models import (
    Consent,
    Feedback,
    Guardianship,
    Location,
    Message,
    MessageState,
    Patient,
    RecordRequest,
    Staff,
    Touchpoint,
    TouchpointState,
    Visit,
)
from loyalty.patients.tables import records_of
from loyalty.record_export import fhir_contact, fhir_person, fhir_visit
from loyalty.record_export.rows import Sight

_BATCH = 500


def fhir_pieces(patient_id: UUID, *, sight: Sight, now: datetime) -> Iterator[str]:
    """The pieces of one Bundle of type collection."""
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": now.astimezone(UTC).isoformat()}
    yield f'{json.dumps(head)[:-1]}, "entry": ['
    for number, resource in enumerate(resources_of(patient_id, sight=sight)):
        entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
        yield f"{',' if number else ''}\n{json.dumps(entry, ensure_ascii=False)}"
    yield "\n]}\n"


def resources_of(patient_id: UUID, *, sight: Sight) -> Iterator[dict[str, Any]]:
    """Whom and where first, then what happened, oldest first. What no resource fits stands in the JSON export only."""
    patient = Patient.objects.get(id=patient_id)
    records = records_of(patient_id)
    guardians = list(Guardianship.objects.filter(patient__in=records).select_related("guardian"))
    points = list(patient.contact_points.order_by("kind", "rank", "id"))
    yield fhir_person.patient_resource(
        patient, points=points, guardians=guardians, identifiers=list(patient.identifiers.order_by("id"))
    )
    yield from (fhir_person.related_person(one, of=patient_id) for one in guardians)

    visits = Visit.objects.filter(patient__in=records).select_related("service").order_by("starts_at", "id")
    yield from (
        fhir_person.practitioner(one) for one in Staff.objects.filter(id__in=visits.values("staff_id")).order_by("id")
    )
    yield from (
        fhir_person.place(one) for one in Location.objects.filter(id__in=visits.values("location_id")).order_by("id")
    )
    yield from (fhir_visit.visit_resource(one, of=patient_id) for one in _each(visits))
    yield from (
        fhir_contact.consent_resource(one, of=patient_id)
        for one in _each(Consent.objects.filter(patient__in=records).order_by("decided_at", "id"))
    )
    yield from (
        fhir_contact.touchpoint_resource(one, of=patient_id)
        for one in _each(
            Touchpoint.objects.filter(patient__in=records, state=TouchpointState.DONE).order_by("done_at", "id")
        )
    )
    yield from (
        fhir_contact.message_resource(one, of=patient_id)
        for one in _each(
            Message.objects.filter(patient__in=records, state=MessageState.SENT).order_by("queued_at", "id")
        )
    )
    yield from (
        fhir_contact.request_resource(one, of=patient_id)
        for one in _each(RecordRequest.objects.filter(patient__in=records).order_by("received_on", "id"))
    )
    if sight.feedback:
        yield from (
            fhir_visit.answer_resource(one, of=patient_id)
            for one in _each(Feedback.objects.filter(patient__in=records).order_by("answered_at", "id"))
        )


def _each(rows: QuerySet[Any]) -> Iterator[Any]:
    return rows.iterator(chunk_size=_BATCH)
