"""Today: who comes, what to know, what to write, what falls due."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.portal.today.getting_started import steps_left
from frontend.portal.today.greeting import greeting
from frontend.portal.today.headline import headline
from frontend.portal.today.line import line_of
from frontend.portal.today.place import location_of
from frontend.request import AskedRequest
from loyalty.today import VisitRow, today
from tenants.announcements import announced_to
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.TODAY_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`at` in the address names the location; the first one without it."""
    me, now = request.principal, timezone.now()
    day = today(
        now=now,
        location_id=location_of(request),
        clinical=me.may(Verb.CLINICAL_VIEW),
        feedback=me.may(Verb.FEEDBACK_VIEW),
    )
    return page(
        request,
        "portal/today.html",
        here="today",
        page=day,
        greeting=greeting(hour=day.local_now.hour, name=me.short_name),
        figures=headline(day.figures),
        lines=[line_of(row) for row in day.visits],
        visits_note=_note(day.visits),
        notes_waiting=len(day.notes) + day.notes_left,
        announced=announced_to(read_at=me.announcements_read_at, now=now),
        steps=steps_left(request),
        may_benchmark=me.may(Verb.BENCHMARKS_VIEW),
    )


def _note(visits: tuple[VisitRow, ...]) -> str:
    coming = [visit for visit in visits if visit.state not in ("cancelled", "no_show")]
    here = sum(visit.state == "here" for visit in coming)
    people = f"{len(coming)} patient{'' if len(coming) == 1 else 's'}"
    return f"{people}, {here} here now" if here else people
