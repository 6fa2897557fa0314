"""Who comes up for asking: consented, was here, has left, and was not asked lately. In one query, by nothing else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from loyalty.messages.purposes import CHANNELS
from loyalty.models import (
    OPEN_STATUSES,
    Channel,
    Consent,
    ConsentPurpose,
    MessageState,
    Patient,
    ReviewAsking,
    ReviewInvitation,
    Visit,
    VisitStatus,
)
from loyalty.patients.reach import birth_of
from loyalty.visits.local_time import zone_of

# Later than this a visit is no longer fresh enough to be written about; it also keeps a practice that begins to ask
# from asking everybody who ever came.
STALE_DAYS = 21
# What never reached anybody counts as not asked: the next visit may be asked about again.
NOT_SENT = (MessageState.REFUSED, MessageState.CANCELLED, MessageState.FAILED)


@dataclass(frozen=True, slots=True)
class ComingUp:
    """One patient after one visit. day: today where the visit was. channels: agreed to, the preferred one first."""

    patient_id: UUID
    visit_id: UUID
    day: date
    channels: tuple[str, ...]


def coming_up(asking: ReviewAsking, *, now: datetime, limit: int, patient_id: UUID | None = None) -> list[ComingUp]:
    """In the order of their visits, each patient once, with their latest one. `patient_id`: of one patient only."""
    visits = _visits(asking, now=now)
    if patient_id is not None:
        visits = visits.filter(patient_id=patient_id)
    found: dict[UUID, ComingUp] = {}
    for visit in visits.order_by("-day", "-completed_at", "-id").iterator(chunk_size=500):
        if visit.patient_id not in found and (one := _coming_up(visit, asking, now=now)):
            found[visit.patient_id] = one
    return sorted(found.values(), key=lambda one: (one.day, one.visit_id))[:limit]


def _visits(asking: ReviewAsking, *, now: datetime) -> QuerySet[Visit]:
    """By days wide enough for every time zone; `_coming_up` counts them where the visit was."""
    earliest = now.date() - timedelta(days=STALE_DAYS + 1)
    latest = now.date() - timedelta(days=asking.after_days - 1)
    asked = ReviewInvitation.objects.filter(patient=OuterRef("patient"), day__gt=now.date() - _cap(asking))
    return (
        Visit.objects.filter(
            status=VisitStatus.COMPLETED,
            is_history=False,
            day__range=(earliest, latest),
            patient__deceased=False,
            patient__no_contact=False,
            patient__merged_into__isnull=True,
        )
        .filter(~Exists(ReviewInvitation.objects.filter(visit=OuterRef("pk"))))
        .filter(~Exists(asked.exclude(message__state__in=NOT_SENT)))
        .select_related("patient", "location")
        .annotate(**{f"agreed_{channel}": _newest_answer(channel) for channel in CHANNELS})
        .filter(Q(agreed_text=True) | Q(agreed_email=True))
    )


def _cap(asking: ReviewAsking) -> timedelta:
    return timedelta(days=asking.every_days)


def _newest_answer(channel: str) -> Subquery:
    """Of answers given at one moment, no is the one that holds."""
    answers = Consent.objects.filter(patient=OuterRef("patient"), channel=channel, purpose=ConsentPurpose.REVIEWS)
    return Subquery(answers.order_by("-decided_at", "granted", "-id").values("granted")[:1])


def _coming_up(visit: Visit, asking: ReviewAsking, *, now: datetime) -> ComingUp | None:
    today = now.astimezone(zone_of(visit.location.time_zone)).date()
    if not asking.after_days <= (today - visit.day).days <= STALE_DAYS:
        return None
    # A guardian is not asked to write about a child in public, either.
    if birth_of(visit.patient).may_be_minor_on(today) or _is_here(visit.patient, today=today):
        return None
    agreed: list[str] = [channel for channel in CHANNELS if getattr(visit, f"agreed_{channel}")]
    return ComingUp(visit.patient_id, visit.id, today, _by_preference(visit.patient, agreed))


def _is_here(patient: Patient, *, today: date) -> bool:
    """Here today, or a visit was left open: then nobody knows whether they have gone."""
    left_open = Q(status=VisitStatus.ARRIVED)
    on_the_day = Q(day=today, status__in=(*OPEN_STATUSES, VisitStatus.COMPLETED))
    return Visit.objects.filter(left_open | on_the_day, patient=patient).exists()


def _by_preference(patient: Patient, agreed: list[str]) -> tuple[str, ...]:
    """What they prefer, then email, which waits until they have time for it."""
    order = [patient.preferred_channel, Channel.EMAIL, Channel.TEXT]
    return tuple(sorted(agreed, key=order.index))
