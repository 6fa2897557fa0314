"""Who should have been back, and what is being done about it already."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from loyalty.models import (
    OPEN_STATUSES,
    Drift,
    DriftLeft,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    Visit,
    VisitStatus,
)

# Fewer patients who came back say less about the practice than the prior does.
FEWEST_REPEAT = 30
# Somebody who was called has time to think.
REST = timedelta(days=30)


def drifting(*, today: date) -> QuerySet[Drift]:
    """Late by last night's fit, with nothing booked, and may be contacted; what a call could save most first."""
    back = Visit.objects.filter(patient=OuterRef("patient")).filter(
        Q(status=VisitStatus.COMPLETED, day__gt=OuterRef("last_on")) | Q(status__in=OPEN_STATUSES, day__gte=today)
    )
    return (
        Drift.objects.filter(late_from__lte=today, gone_from__gt=today)
        .exclude(patient__deceased=True)
        .exclude(patient__no_contact=True)
        .exclude(patient__merged_into__isnull=False)
        .exclude(Exists(back))
        .select_related("patient")
        .order_by(F("worth").desc(nulls_last=True), "late_from", "patient_id")
    )


def left_now(*, today: date) -> Exists:
    """Somebody decided to leave them be, and the day has not come."""
    left = DriftLeft.objects.filter(patient=OuterRef("patient"), taken_back_at__isnull=True, until__gt=today)
    return Exists(left)


def seen_to(*, now: datetime) -> Exists:
    """Somebody is on it: a contact is planned or was made lately, or a recovery is open."""
    contacts = Touchpoint.objects.filter(patient=OuterRef("patient"))
    on_it = Q(kind__in=(TouchpointKind.CHECK_IN, TouchpointKind.RECOVERY)) & Q(
        state__in=(TouchpointState.PLANNED, TouchpointState.HELD)
    )
    lately = Q(kind=TouchpointKind.CHECK_IN, state=TouchpointState.DONE, done_at__gt=now - REST)
    return Exists(contacts.filter(on_it | lately))
