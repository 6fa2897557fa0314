"""The network's metrics as one would first write them: a query for one metric and one month, by the ORM.

The current time zone is the location's, so that __date means its days.
"""

from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from loyalty.metrics.definitions import ANSWER_DAYS, NOTE_DAYS, RETURN_DAYS
from loyalty.metrics.windows import Month, index_window, window
from loyalty.models import Feedback, FeedbackRequest, Touchpoint, Visit

ON_PAPER = ("card", "letter")
HOUR = 3600


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _within(month: Month, *, look_ahead_days: int = 0) -> dict[str, Any]:
    days = index_window(month, look_ahead_days=look_ahead_days)
    return {"day__gte": days.first, "day__lt": days.end}


def _completed(month: Month, *, look_ahead_days: int = 0) -> QuerySet[Visit]:
    return Visit.objects.filter(status="completed", **_within(month, look_ahead_days=look_ahead_days))


def visits(month: Month) -> float | None:
    return _completed(month).values("patient", "day").distinct().count() or None


def active_patients(month: Month) -> float | None:
    return _completed(month).values("patient").distinct().count() or None


def return_rate_180(month: Month) -> float | None:
    counted = _completed(month, look_ahead_days=RETURN_DAYS)
    earlier = counted.filter(patient=OuterRef("patient"), day__lt=OuterRef("day"))
    later = Visit.objects.filter(
        patient=OuterRef("patient"),
        status="completed",
        day__gt=OuterRef("day"),
        day__lte=OuterRef("day") + timedelta(days=RETURN_DAYS),
    )
    counts = (
        counted.filter(~Exists(earlier))
        .annotate(returned=Exists(later))
        .aggregate(all=Count("pk"), back=Count("pk", filter=Q(returned=True)))
    )
    return _share(counts["back"], counts["all"])


def rebooking_rate(month: Month) -> float | None:
    ahead = Visit.objects.filter(
        Q(cancelled_at__isnull=True) | Q(cancelled_at__date__gt=OuterRef("day")),
        patient=OuterRef("patient"),
        day__gt=OuterRef("day"),
        booked_at__date__lte=OuterRef("day"),
    )
    counts = (
        _completed(month)
        .annotate(ahead=Exists(ahead))
        .aggregate(all=Count("pk"), rebooked=Count("pk", filter=Q(ahead=True)))
    )
    return _share(counts["rebooked"], counts["all"])


def note_coverage(month: Month) -> float | None:
    first = Touchpoint.objects.filter(kind="note").aggregate(day=Min("day"))["day"]
    if first is None:
        return None
    thanked = Touchpoint.objects.filter(
        visit=OuterRef("pk"),
        kind="note",
        state="done",
        channel__in=ON_PAPER,
        done_at__lte=OuterRef("completed_at") + timedelta(days=NOTE_DAYS),
    )
    counts = (
        _completed(month, look_ahead_days=NOTE_DAYS)
        .filter(day__gte=first)
        .annotate(thanked=Exists(thanked))
        .aggregate(all=Count("pk"), thanks=Count("pk", filter=Q(thanked=True)))
    )
    return _share(counts["thanks"], counts["all"])


def note_hours(month: Month) -> float | None:
    days = window(month)
    notes = Touchpoint.objects.filter(
        kind="note",
        state="done",
        channel__in=ON_PAPER,
        visit__status="completed",
        done_at__date__gte=days.first,
        done_at__date__lt=days.end,
    )
    waited = notes.annotate(waited=F("done_at") - F("visit__completed_at")).values_list("waited", flat=True)
    hours = [duration.total_seconds() / HOUR for duration in waited]
    return median(hours) if hours else None


def feedback_response_rate(month: Month) -> float | None:
    asked = FeedbackRequest.objects.filter(**_within(month, look_ahead_days=ANSWER_DAYS)).exclude(mode="staff")
    in_time = Q(answer__day__lte=F("day") + timedelta(days=ANSWER_DAYS))
    counts = asked.aggregate(all=Count("pk"), answered=Count("pk", filter=in_time))
    return _share(counts["answered"], counts["all"])


def nps(month: Month) -> float | None:
    # Who answers twice on one day is counted once, by the later answer.
    latest = Feedback.objects.filter(**_within(month)).order_by("patient", "day", "-answered_at")
    scores = list(latest.distinct("patient", "day").values_list("score", flat=True))
    return _share(sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores), len(scores))


METRICS: dict[str, Callable[[Month], float | None]] = {
    query.__name__: query
    for query in (
        visits,
        active_patients,
        return_rate_180,
        rebooking_rate,
        note_coverage,
        note_hours,
        feedback_response_rate,
        nps,
    )
}
