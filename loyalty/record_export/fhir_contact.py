"""Consents, contacts and requests as FHIR R4 resources."""

from typing import Any
from uuid import UUID

from loyalty.models import (
    Channel,
    Consent,
    ConsentPurpose,
    Message,
    RecordRequest,
    RequestKind,
    RequestState,
    Touchpoint,
    TouchpointChannel,
    TouchpointKind,
)
from loyalty.record_export.fhir_person import filled, reference
from loyalty.record_export.fhir_visit import moment

_SCOPE = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}]}
_CATEGORY = {"coding": [{"system": "http://loinc.org", "code": "59284-0", "display": "Consent Document"}]}


def consent_resource(consent: Consent, *, of: UUID) -> dict[str, Any]:
    """One answer to one question. A newer answer is a resource of its own."""
    about = f"{Channel(consent.channel).label}: {ConsentPurpose(consent.purpose).label.lower()}"
    return {
        "resourceType": "Consent",
        "id": str(consent.id),
        "status": "active",
        "scope": _SCOPE,
        "category": [_CATEGORY],
        "patient": reference("Patient", of),
        "dateTime": moment(consent.decided_at),
        "performer": [reference("Patient", of)],
        # A rule or a policy must be named: it is the sentence that was shown, or how we know.
        "policyRule": {"text": consent.wording or consent.source},
        "provision": {"type": "permit" if consent.granted else "deny", "code": [{"text": about}]},
    }


def touchpoint_resource(touchpoint: Touchpoint, *, of: UUID) -> dict[str, Any]:
    """A contact that was made, by a person."""
    return filled(
        {
            "resourceType": "Communication",
            "id": str(touchpoint.id),
            "status": "completed",
            "category": [{"text": TouchpointKind(touchpoint.kind).label}],
            "medium": [{"text": TouchpointChannel(touchpoint.channel).label}],
            "subject": reference("Patient", of),
            "recipient": [reference("Patient", of)],
            "sent": moment(touchpoint.done_at) if touchpoint.done_at else "",
            "payload": [{"contentString": touchpoint.outcome}] if touchpoint.outcome else [],
        }
    )


def message_resource(message: Message, *, of: UUID) -> dict[str, Any]:
    """A text or an email that went out."""
    words = "\n\n".join(part for part in (message.subject, message.body) if part)
    return filled(
        {
            "resourceType": "Communication",
            "id": str(message.id),
            "status": "completed",
            "category": [{"text": ConsentPurpose(message.purpose).label}],
            "medium": [{"text": Channel(message.channel).label}],
            "subject": reference("Patient", of),
            "sent": moment(message.sent_at or message.queued_at),
            "payload": [{"contentString": words}] if words else [],
        }
    )


def request_resource(request: RecordRequest, *, of: UUID) -> dict[str, Any]:
    """A restriction as a Consent that denies; a correction, with its answer and any disagreement, as what was said."""
    if request.kind == RequestKind.RESTRICTION:
        in_force = request.state == RequestState.ACCEPTED
        open_or_in_force = "active" if in_force else "proposed"
        settled = request.state in (RequestState.DENIED, RequestState.ENDED)
        return {
            "resourceType": "Consent",
            "id": str(request.id),
            "status": "inactive" if settled else open_or_in_force,
            "scope": _SCOPE,
            "category": [_CATEGORY],
            "patient": reference("Patient", of),
            "dateTime": request.received_on.isoformat(),
            "policyRule": {"text": request.text},
            "provision": {"type": "deny", "code": [{"text": f"Not to be told: {request.get_recipient_display()}"}]},
        }
    said = (request.text, request.answer_text, request.disagreement and f"Disagreement: {request.disagreement}")
    return {
        "resourceType": "Communication",
        "id": str(request.id),
        "status": "in-progress" if request.state == RequestState.OPEN else "completed",
        "category": [{"text": RequestKind(request.kind).label}],
        "subject": reference("Patient", of),
        "received": request.received_on.isoformat(),
        "payload": [{"contentString": words} for words in said if words],
    }
