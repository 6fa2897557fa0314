"""One call on the desk: whom to ask for, at which number, what to say, and what was tried already."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from core import audit
from core.errors import NotFound
from loyalty.drifting.spoken import reason_of
from loyalty.models import (
    Call,
    Drift,
    Memory,
    Occasion,
    Promise,
    Sensitivity,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    VisitStatus,
)
from loyalty.occasions.wording import occasion_words
from loyalty.patients.name import first_name
from loyalty.patients.reach import birth_of, guardian_name, may_turn_to, wishes_of
from loyalty.touchpoints import settle
from loyalty.touchpoints.contacts import KINDS, ContactCard, card_of
from loyalty.touchpoints.numbers import Number, no_voicemail, numbers_of
from loyalty.visits.local_time import zone_of
from loyalty.visits.spoken import spoken_moment

_MEMORIES = 6


@dataclass(frozen=True, slots=True)
class Remembered:
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Try:
    """One call before: "No answer", "at 2:05 pm by Maya"."""

    result: str
    when: str


@dataclass(frozen=True, slots=True)
class CallDesk:
    """to: whom to ask for, a minor's guardian or the patient. opening: the first sentence, which names no treatment.
    why: of a check-in with somebody who drifts, for the team to know.

    after_care: of a visit that is over. may_confirm: they can say that they will come. visit_is_open: something can be
    promised for it.
    """

    card: ContactCard
    to: str
    is_minor: bool
    pronouns: str
    language: str
    numbers: tuple[Number, ...]
    wishes: tuple[str, ...]
    no_voicemail: bool
    opening: str
    why: str
    say: tuple[str, ...]
    aftercare: str
    occasion: str
    remembered: tuple[Remembered, ...]
    promises: tuple[str, ...]
    tries: tuple[Try, ...]
    visit_id: UUID | None
    visit_is_open: bool
    may_confirm: bool


def call_desk(*, touchpoint_id: UUID, clinical: bool, practice: str, now: datetime) -> CallDesk:
    """clinical: whether the asker may see clinical memories (Verb.CLINICAL_VIEW).

    Raises NotFound for a contact that is not open, or whose patient must not be contacted.
    """
    found = (
        Touchpoint.objects.filter(id=touchpoint_id, kind__in=KINDS, state=TouchpointState.PLANNED)
        .select_related("patient", "visit__location", "visit__service", "visit__staff", "occasion")
        .first()
    )
    if found is None or not found.patient.may_be_contacted:
        raise NotFound("contact_not_found", "This contact is not waiting to be made.")
    patient, visit = found.patient, found.visit
    zone = zone_of(settle.time_zone_of(found))
    today = now.astimezone(zone).date()
    audit.record("contact.read", subject=found, patients=[patient.id])
    is_minor = birth_of(patient).may_be_minor_on(today)
    named = patient.guardianships.select_related("guardian").order_by("id")
    guardians = [one for one in named if is_minor and may_turn_to(one, today=today)]
    numbers = numbers_of(patient, today=today)
    card = card_of(found, tried=0, zone=zone, now=now)
    tries = Call.objects.filter(touchpoint=found, taken_back_at__isnull=True).select_related("by_staff").order_by("at")
    is_over = visit is not None and visit.status == VisitStatus.COMPLETED
    return CallDesk(
        card=card,
        to=" or ".join(guardian_name(one) for one in guardians) if is_minor else patient.display_name,
        is_minor=is_minor,
        pronouns=patient.pronouns,
        language=patient.language,
        numbers=tuple(numbers),
        wishes=wishes_of(patient, *(one.guardian for one in guardians if one.guardian)),
        no_voicemail=no_voicemail(patient, numbers),
        opening=_opening(found, practice=practice, is_minor=is_minor),
        why=_why(found, today=today),
        say=tuple(line.strip() for line in card.preview.splitlines() if line.strip()),
        aftercare=visit.service.aftercare if visit and visit.service and is_over else "",
        occasion=_occasion(found),
        remembered=tuple(_remembered(found, clinical=clinical, today=today)),
        promises=tuple(Promise.objects.filter(visit=visit).order_by("made_at", "id").values_list("text", flat=True))
        if visit
        else (),
        tries=tuple(
            Try(
                one.get_result_display(),
                spoken_moment(one.at, zone=zone, now=now)
                + (f" by {one.by_staff.display_name}" if one.by_staff else ""),
            )
            for one in tries
        ),
        visit_id=visit.id if visit else None,
        visit_is_open=visit is not None and visit.is_open,
        may_confirm=visit is not None and visit.status == VisitStatus.BOOKED and visit.starts_at > now,
    )


def _opening(touchpoint: Touchpoint, *, practice: str, is_minor: bool) -> str:
    """Whoever picks up hears no treatment, and not that somebody is a patient, before it is known who they are."""
    patient = touchpoint.patient
    asked = "" if is_minor else first_name(patient.given_name, patient.preferred_name, patient.family_name)
    return f"“Hello, may I speak with {asked or 'you for a moment'}?” Say {practice} once you know who it is."


def _why(touchpoint: Touchpoint, *, today: date) -> str:
    """Somebody who drifts: how often they usually come, and for how long they have not. Empty for other contacts."""
    if touchpoint.kind != TouchpointKind.CHECK_IN or touchpoint.visit_id is not None:
        return ""
    drift = Drift.objects.filter(patient=touchpoint.patient, late_from__lte=today).first()
    return reason_of(drift, today=today) if drift else ""


def _occasion(touchpoint: Touchpoint) -> str:
    told: Occasion | None = touchpoint.occasion
    if told is None:
        return ""
    return occasion_words(kind=told.kind, label=told.label, year=told.year, day=touchpoint.day)


def _remembered(touchpoint: Touchpoint, *, clinical: bool, today: date) -> list[Remembered]:
    """What is not forgotten and not expired; what only providers may see stays in the database for others."""
    kept = Memory.objects.filter(patient=touchpoint.patient, forgotten_at__isnull=True)
    kept = kept.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today))
    if not clinical:
        kept = kept.filter(sensitivity=Sensitivity.TEAM)
    return [Remembered(one.text, one.source) for one in kept.order_by("-created_at", "-id")[:_MEMORIES]]
