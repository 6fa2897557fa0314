"""Everything one page says about a patient."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from core import audit
from core.errors import NotFound
from loyalty.models import (
    Consent,
    Feedback,
    Memory,
    Patient,
    Referral,
    Sensitivity,
    Visit,
    VisitStatus,
)
from loyalty.occasions.of_patient import PatientOccasion, occasions_of
from loyalty.patients.guardians import guardians_of
from loyalty.patients.partial_date import PartialDate
from loyalty.patients.reach import (
    Reach,
    birth_of,
    guardian_name,
    may_turn_to,
    newest_consents,
    reach_of,
    wishes_of,
)
from loyalty.patients.restrictions import Restriction, restrictions_of
from loyalty.patients.rhythm import expected_back, usual_interval
from loyalty.patients.timeline import TimelineItem, timeline
from loyalty.practice_zone import practice_zone
from loyalty.visits.facts import facts_of_patient
from loyalty.visits.row import VisitRow, visit_rows

__all__ = ["LoyaltyNumbers", "PatientOccasion", "PatientPage", "Reach", "TimelineItem", "patient_page"]


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """The newest answer to one question."""

    channel: str
    purpose: str
    granted: bool
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """wishes: discretion in words, "No voicemail". guardian: who is contacted in a minor's place, or ""."""

    reach: tuple[Reach, ...]
    wishes: tuple[str, ...]
    consents: tuple[ConsentAnswer, ...]
    guardian: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Somebody this patient sent to us; visits: days on which they came."""

    patient_id: UUID
    name: str
    on: date
    visits: int


@dataclass(frozen=True, slots=True)
class LoyaltyNumbers:
    """visits: days with a completed visit, and visit_days: which, oldest first. due: when they are expected back.

    usual_interval: median days between visits. It and `due` are None below three visits.
    """

    visits: int
    visit_days: tuple[date, ...]
    last_visit_day: date | None
    last_score: int | None
    patient_since: date | None
    usual_interval: int | None
    due: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class PatientPage:
    """today: where the practice is. age: None where it cannot be known. with_staff: who treated them last, or "".

    expired: memories that left the briefs. restrictions: those in force.
    """

    patient: Patient
    today: date
    name: str
    birth: PartialDate
    age: int | None
    with_staff: str
    contact: Contact
    memories: tuple[Memory, ...]
    expired: tuple[Memory, ...]
    restrictions: tuple[Restriction, ...]
    occasions: tuple[PatientOccasion, ...]
    upcoming: tuple[VisitRow, ...]
    timeline: tuple[TimelineItem, ...]
    timeline_more: int
    loyalty: LoyaltyNumbers
    sent: tuple[Sent, ...]
    came_through: str


def patient_page(
    *,
    patient_id: UUID,
    now: datetime,
    clinical: bool,
    feedback: bool = False,
    show: str = "",
    timeline_limit: int = 40,
    timeline_start: int = 0,
) -> PatientPage:
    """Raises NotFound. A merged patient's page is that of the one they were merged into.

    clinical: the asker may see what providers keep to themselves (Verb.CLINICAL_VIEW).
    feedback: the asker may see scores and answers (Verb.FEEDBACK_VIEW).
    show: what of the timeline (timeline.SHOWS), "" for all; without the `timeline_start` newest.
    upcoming: open visits, each with its brief, the nearest first.
    """
    patient = _surviving(patient_id)
    zone = practice_zone()
    today = now.astimezone(zone).date()
    birth = birth_of(patient)
    referral = Referral.objects.filter(patient=patient).select_related("referrer").first()
    happened = timeline(
        patient_id=patient.id,
        zone=zone,
        feedback=feedback,
        show=show,
        limit=timeline_limit,
        start=timeline_start,
    )
    visits = facts_of_patient(patient_id=patient.id, clinical=clinical, feedback=feedback)
    loyalty, with_staff = _loyalty(patient, feedback=feedback)
    sent = _sent(patient)
    kept = _memories(patient, clinical=clinical)
    audit.record("patient.read", subject=patient, patients=[patient.id, *(one.patient_id for one in sent)])
    return PatientPage(
        patient=patient,
        today=today,
        name=patient.display_name,
        birth=birth,
        age=birth.age_on(patient.deceased_on or today),
        with_staff=with_staff,
        contact=_contact(patient, today=today),
        memories=tuple(one for one in kept if one.expires_on is None or one.expires_on >= today),
        expired=tuple(one for one in kept if one.expires_on is not None and one.expires_on < today),
        restrictions=tuple(restrictions_of(patient.id)),
        occasions=occasions_of(patient, today=today),
        upcoming=visit_rows(visits, now=now),
        timeline=happened.items,
        timeline_more=happened.more,
        loyalty=loyalty,
        sent=sent,
        came_through=_who(referral) if referral else "",
    )


def _surviving(patient_id: UUID) -> Patient:
    """The patient, or who they were merged into, as often as that happened."""
    seen: set[UUID] = set()
    while (patient := Patient.objects.filter(id=patient_id).first()) and patient.merged_into_id is not None:
        if patient_id in seen:
            raise NotFound("patient_merged_in_a_circle", "These records were merged into each other. Ask for help.")
        seen.add(patient_id)
        patient_id = patient.merged_into_id
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.")
    return patient


def _contact(patient: Patient, *, today: date) -> Contact:
    guardians = list(guardians_of([patient.id]))
    answers = newest_consents(list(Consent.objects.filter(patient=patient)))
    reach = reach_of(
        patient,
        points=list(patient.contact_points.order_by("rank", "id")),
        guardians=guardians,
        consents={question: answer.granted for question, answer in answers.items()},
        today=today,
    )
    is_minor = birth_of(patient).may_be_minor_on(today)
    turned_to = (guardian_name(one) for one in guardians if is_minor and may_turn_to(one, today=today))
    return Contact(
        reach=reach,
        wishes=wishes_of(patient),
        consents=tuple(
            ConsentAnswer(answer.channel, answer.purpose, answer.granted, answer.decided_at)
            for _, answer in sorted(answers.items())
        ),
        guardian=next(turned_to, ""),
    )


def _memories(patient: Patient, *, clinical: bool) -> list[Memory]:
    """The newest first; also those that have expired and left the briefs, to be kept longer or forgotten."""
    kept = Memory.objects.filter(patient=patient, forgotten_at__isnull=True)
    if not clinical:
        kept = kept.filter(sensitivity=Sensitivity.TEAM)
    return list(kept.order_by("-created_at", "-id"))


def _loyalty(patient: Patient, *, feedback: bool) -> tuple[LoyaltyNumbers, str]:
    completed = list(
        Visit.objects.filter(patient=patient, status=VisitStatus.COMPLETED)
        .order_by("day", "starts_at")
        .values_list("day", "staff__display_name")
    )
    days = tuple(dict.fromkeys(day for day, _ in completed))
    newest = Feedback.objects.filter(patient=patient).order_by("-answered_at").values_list("score", flat=True).first()
    numbers = LoyaltyNumbers(
        visits=len(days),
        visit_days=days,
        last_visit_day=days[-1] if days else None,
        last_score=newest if feedback else None,
        patient_since=patient.patient_since,
        usual_interval=usual_interval(days),
        due=expected_back(days),
    )
    return numbers, next((staff for _, staff in reversed(completed) if staff), "")


def _sent(patient: Patient) -> tuple[Sent, ...]:
    came = Count("patient__visits__day", filter=Q(patient__visits__status=VisitStatus.COMPLETED), distinct=True)
    referrals = (
        Referral.objects.filter(referrer=patient, patient__merged_into__isnull=True)
        .select_related("patient")
        .annotate(came=came)
        .order_by("on", "id")
    )
    return tuple(Sent(one.patient_id, one.patient.display_name, one.on, one.came) for one in referrals)


def _who(referral: Referral) -> str:
    return referral.referrer.display_name if referral.referrer else referral.referrer_name
