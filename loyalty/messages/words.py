"""The words of one message to one patient: a template, filled."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.tenancy.scope import current_practice
from loyalty.messages.feedback_link import carries_link
from loyalty.messages.fields import filled, values_of
from loyalty.messages.place import place_of, postal_address
from loyalty.messages.policy import Candidate
from loyalty.messages.situation import AHEAD
from loyalty.models import OPEN_STATUSES, MessageTemplate, Patient, Visit, VisitStatus
from loyalty.patients.name import first_name
from loyalty.visits.local_time import zone_of

# Longer ago, nobody remembers well.
ASKED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    body: str


def visit_for(template: MessageTemplate, patient: Patient, *, now: datetime) -> Visit | None:
    """The next visit, for a template that speaks of one that is yet to come; the last one, for a template with the link
    by which a patient says how it was.
    """
    if carries_link(template):
        return _last_visit(patient, now=now)
    if template.kind not in AHEAD:
        return None
    return (
        Visit.objects.filter(patient=patient, status__in=OPEN_STATUSES, starts_at__gt=now)
        .select_related("location")
        .order_by("starts_at", "id")
        .first()
    )


def _last_visit(patient: Patient, *, now: datetime) -> Visit | None:
    return (
        Visit.objects.filter(
            patient=patient, status=VisitStatus.COMPLETED, is_history=False, completed_at__gt=now - ASKED_WITHIN
        )
        .select_related("location")
        .order_by("-completed_at", "-id")
        .first()
    )


def words_for(
    template: MessageTemplate,
    patient: Patient,
    visit: Visit | None,
    to: Candidate | None,
    *,
    review_link: str = "",
    feedback_link: str = "",
) -> Words:
    """Raises DomainError for a template that speaks of a visit where there is none."""
    place = place_of(patient, visit)
    own = first_name(patient.given_name, patient.preferred_name, patient.family_name)
    values = values_of(
        first_name=to.name if to else own,
        patient_name=own,
        to_guardian=to.to_guardian if to else False,
        practice=current_practice().name,
        location=place,
        address=postal_address(place),
        visit_at=visit.starts_at.astimezone(zone_of(visit.location.time_zone)) if visit else None,
        feedback_link=feedback_link,
        review_link=review_link,
    )
    return Words(subject=filled(template.subject, values), body=filled(template.body, values))
