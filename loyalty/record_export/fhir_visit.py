"""Visits and answers as FHIR R4 resources."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from loyalty.models import Feedback, Visit, VisitStatus
from loyalty.record_export.fhir_person import filled, reference

_APPOINTMENTS = {
    VisitStatus.BOOKED: "booked",
    VisitStatus.CONFIRMED: "booked",
    VisitStatus.NO_SHOW: "noshow",
    VisitStatus.CANCELLED: "cancelled",
}
_CLASS = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB", "display": "ambulatory"}
_PERFORMER = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "PPRF"}]}


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def visit_resource(visit: Visit, *, of: UUID) -> dict[str, Any]:
    """An Appointment until somebody comes, an Encounter from then on."""
    status = VisitStatus(visit.status)
    return _appointment(visit, of) if status in _APPOINTMENTS else _encounter(visit, of)


def answer_resource(feedback: Feedback, *, of: UUID) -> dict[str, Any]:
    """The private survey, question by question; what was left open has no item."""
    answers: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("score", "How likely are you to recommend us, from 0 to 10?", {"valueInteger": feedback.score}),
        ("liked", "What did you like?", {"valueString": feedback.liked}),
        ("better", "What could we do better?", {"valueString": feedback.better}),
        ("worth", "Was it worth what you paid, from 1 to 5?", {"valueInteger": feedback.worth}),
        ("elsewhere", "Do you also go elsewhere?", {"valueString": feedback.elsewhere}),
    )
    return filled(
        {
            "resourceType": "QuestionnaireResponse",
            "id": str(feedback.id),
            "status": "completed",
            "subject": reference("Patient", of),
            "authored": moment(feedback.answered_at),
            "source": reference("Patient", of),
            "item": [
                {"linkId": link, "text": text, "answer": [value]}
                for link, text, value in answers
                if next(iter(value.values())) not in ("", None)
            ],
        }
    )


def _appointment(visit: Visit, of: UUID) -> dict[str, Any]:
    people: list[dict[str, Any]] = [{"actor": reference("Patient", of), "status": "accepted"}]
    if visit.staff_id:
        people.append({"actor": reference("Practitioner", visit.staff_id), "status": "accepted"})
    people.append({"actor": reference("Location", visit.location_id), "status": "accepted"})
    return filled(
        {
            "resourceType": "Appointment",
            "id": str(visit.id),
            "status": _APPOINTMENTS[VisitStatus(visit.status)],
            "serviceType": _service(visit),
            "reasonCode": [{"text": visit.reason}] if visit.reason else [],
            "start": moment(visit.starts_at),
            # Both or neither, says the standard.
            "end": moment(visit.ends_at or visit.starts_at + _planned(visit)),
            "created": moment(visit.booked_at) if visit.booked_at else "",
            "participant": people,
        }
    )


def _encounter(visit: Visit, of: UUID) -> dict[str, Any]:
    is_over = visit.status == VisitStatus.COMPLETED
    period = {"start": moment(visit.starts_at), "end": moment(visit.ends_at) if visit.ends_at else ""}
    arrived = [{"status": "arrived", "period": {"start": moment(visit.arrived_at)}}] if visit.arrived_at else []
    treated = [{"type": [_PERFORMER], "individual": reference("Practitioner", visit.staff_id)}]
    return filled(
        {
            "resourceType": "Encounter",
            "id": str(visit.id),
            "status": "finished" if is_over else "arrived",
            "statusHistory": arrived,
            "class": _CLASS,
            "serviceType": next(iter(_service(visit)), {}),
            "subject": reference("Patient", of),
            "participant": treated if visit.staff_id else [],
            "period": filled(period),
            "reasonCode": [{"text": visit.reason}] if visit.reason else [],
            "location": [{"location": reference("Location", visit.location_id)}],
        }
    )


def _service(visit: Visit) -> list[dict[str, Any]]:
    return [{"text": visit.service.name}] if visit.service else []


def _planned(visit: Visit) -> timedelta:
    return timedelta(minutes=(visit.service.minutes or 0) if visit.service else 0)
