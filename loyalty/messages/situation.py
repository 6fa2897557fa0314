"""What the policy needs to know about one patient and one message, read from the practice's schema."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from core.messages.text import needs_a_number
from core.tenancy.scope import current_practice
from loyalty.messages.candidates import candidates
from loyalty.messages.place import place_of, postal_address
from loyalty.messages.policy import Situation
from loyalty.messages.purposes import ADDRESS_OF, PURPOSE_OF
from loyalty.messages.rules import Rule
from loyalty.messages.texts_used import texts_of_month
from loyalty.models import (
    OPEN_STATUSES,
    WAITING,
    WENT_OUT,
    Channel,
    Consent,
    Location,
    Message,
    MessageTemplate,
    Patient,
    TemplateKind,
    TextNumber,
    Visit,
    VisitStatus,
)
from loyalty.patients.reach import birth_of
from loyalty.visits.local_time import zone_of
from tenants.entitlements import limit
from tenants.models import Capability

_WEEK = timedelta(days=7)
# Kinds that speak of a visit which is yet to come.
AHEAD = (TemplateKind.CONFIRMATION, TemplateKind.PREVIEW)


def situation_of(
    *,
    patient: Patient,
    template: MessageTemplate,
    visit: Visit | None,
    visit_at: datetime | None,
    now: datetime,
    but: UUID | None = None,
) -> Situation:
    """`visit_at`: when the visit was, as the message says. `but`: a message that is not to be counted: this one."""
    place = place_of(patient, visit)
    zone = zone_of(place.time_zone if place else "UTC")
    purpose = PURPOSE_OF[TemplateKind(template.kind)]
    today, this_week = _counts(patient, purpose, zone=zone, now=now, but=but)
    day = now.astimezone(zone).date()
    return Situation(
        channel=template.channel,
        purpose=purpose,
        deceased=patient.deceased,
        no_contact=patient.no_contact,
        merged=patient.merged_into_id is not None,
        minor=birth_of(patient).may_be_minor_on(day),
        plain=patient.plain_envelope,
        consent=_newest_answer(patient, template.channel, purpose),
        candidates=candidates(patient, kind=ADDRESS_OF[Channel(template.channel)], today=day),
        zones=(zone,),
        today=today,
        this_week=this_week,
        practice=_of_the_practice(template, place)
        or _of_the_plan(template, now=now, but=but)
        or _of_the_visit(template, visit, visit_at, now=now)
        or _of_the_premises(template, patient, today=day),
    )


def _newest_answer(patient: Patient, channel: str, purpose: str) -> bool | None:
    """Of answers given at one moment, no is the one that holds."""
    return (
        Consent.objects.filter(patient=patient, channel=channel, purpose=purpose)
        .order_by("-decided_at", "granted", "-id")
        .values_list("granted", flat=True)
        .first()
    )


def _of_the_practice(template: MessageTemplate, place: Location | None) -> Rule | None:
    if not template.is_on:
        return Rule.TEMPLATE_OFF
    if template.channel == Channel.EMAIL and not postal_address(place):
        return Rule.NO_POSTAL_ADDRESS
    if template.channel == Channel.TEXT and needs_a_number() and not TextNumber.objects.exists():
        return Rule.NO_TEXT_NUMBER
    return None


def _of_the_plan(template: MessageTemplate, *, now: datetime, but: UUID | None) -> Rule | None:
    """Counted only where the plan has an end, so that whoever pays for each text is not counted twice."""
    if template.channel != Channel.TEXT:
        return None
    most = limit(current_practice().id, Capability.TEXTS)
    if most is None or texts_of_month(now=now, but=but) < most:
        return None
    return Rule.PLAN_TEXTS


def _of_the_visit(
    template: MessageTemplate, visit: Visit | None, visit_at: datetime | None, *, now: datetime
) -> Rule | None:
    if visit is None or template.kind not in AHEAD:
        return None
    is_as_said = visit.status in OPEN_STATUSES and visit.starts_at == visit_at and visit.starts_at > now
    return None if is_as_said else Rule.VISIT_CHANGED


def _of_the_premises(template: MessageTemplate, patient: Patient, *, today: date) -> Rule | None:
    """Nobody is asked for a public review on a day on which they are here."""
    if template.kind != TemplateKind.REVIEW:
        return None
    gone = (VisitStatus.CANCELLED, VisitStatus.NO_SHOW)
    is_here = Visit.objects.filter(patient=patient, day=today).exclude(status__in=gone).exists()
    return Rule.ON_THE_PREMISES if is_here else None


def _counts(patient: Patient, purpose: str, *, zone: ZoneInfo, now: datetime, but: UUID | None) -> tuple[int, int]:
    midnight = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone).astimezone(UTC)
    counted = (
        Message.objects.filter(patient=patient, purpose=purpose, state__in=(*WAITING, *WENT_OUT))
        .exclude(id__in=[but] if but else [])
        .annotate(at=Coalesce("claimed_at", "queued_at"))
        .aggregate(today=Count("id", filter=Q(at__gte=midnight)), week=Count("id", filter=Q(at__gt=now - _WEEK)))
    )
    return counted["today"], counted["week"]
