"""One patient: what to know, how to reach them, and everything that happened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.charts.rhythm import Rhythm, rhythm
from frontend.forms.memory import MemoryForm
from frontend.holdout_words import WHAT
from frontend.page import form_page
from frontend.request import AskedRequest
from loyalty.drifting.of_patient import DriftOfPatient, drift_of
from loyalty.family.of_patient import family_of
from loyalty.holdouts.of_patient import HeldOut, held_out_of
from loyalty.messages.log import messages_of
from loyalty.models import Channel, ConsentPurpose
from loyalty.patients.page import LoyaltyNumbers, PatientPage, TimelineItem, patient_page
from tenants.declare import practice_view
from tenants.permissions import Verb

KINDS = {
    "": "All",
    "visit": "Visits",
    "touchpoint": "Contacts",
    "message": "Messages",
    "feedback": "Feedback",
    "consent": "Consent",
    "record": "Record",
}
ITEMS = 40
MESSAGES = 5


@dataclass(frozen=True, slots=True)
class Filter:
    key: str
    text: str
    here: bool


@dataclass(frozen=True, slots=True)
class HeldOutWords:
    of: HeldOut
    title: str


@dataclass(frozen=True, slots=True)
class ConsentWord:
    text: str
    granted: bool


@practice_view(Verb.PATIENTS_VIEW)
@require_safe
def show(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    """`show` keeps one kind of the timeline; `from` leaves out so many of the newest."""
    form = MemoryForm(clinical=request.principal.may(Verb.CLINICAL_VIEW))
    return patient_screen(request, patient_id, form=form)


def patient_screen(request: AskedRequest, patient_id: UUID, *, form: MemoryForm) -> HttpResponse:
    """The page of a patient, with `form` for a memory: empty, or with what could not be kept. Raises NotFound."""
    me, now = request.principal, timezone.now()
    may_see_feedback = me.may(Verb.FEEDBACK_VIEW)
    kinds = {key: text for key, text in KINDS.items() if key != "feedback" or may_see_feedback}
    kind = request.GET.get("show", "")
    start = _start(request)
    given = patient_page(
        patient_id=patient_id,
        now=now,
        clinical=me.may(Verb.CLINICAL_VIEW),
        feedback=may_see_feedback,
        show=kind if kind in kinds else "",
        timeline_limit=ITEMS,
        timeline_start=start,
    )
    drift = drift_of(given.patient.id, last_visit=given.loyalty.last_visit_day, today=given.today)
    if given.patient.id != patient_id and request.method != "POST":
        return HttpResponseRedirect(reverse("portal:patient", args=[given.patient.id]))
    return form_page(
        request,
        "portal/patient/show.html",
        here="patients",
        page=given,
        family=family_of(given.patient, today=_today(given, now)),
        held_out=[HeldOutWords(one, WHAT[one.kind].title) for one in held_out_of(given.patient.id, today=given.today)],
        may_merge=me.may(Verb.PATIENTS_MERGE),
        may_see_trail=request.principal.may(Verb.TRAIL_VIEW),
        next=given.upcoming[0] if given.upcoming else None,
        consents=[
            ConsentWord(f"{Channel(c.channel).label}, {ConsentPurpose(c.purpose).label.lower()}", c.granted)
            for c in given.contact.consents
        ],
        drift=drift,
        usual=_usual(given.loyalty.usual_interval),
        line=_rhythm(given.loyalty, _today(given, now), drift),
        groups=_groups(given, _today(given, now)),
        filters=[Filter(key, text, key == kind) for key, text in kinds.items()],
        kind=kind,
        newer=max(start - ITEMS, 0) if start else None,
        older=start + ITEMS if given.timeline_more else None,
        may_see_requests=me.may(Verb.RECORD_REQUESTS_NOTE),
        may_export=me.may(Verb.RECORD_EXPORT),
        form=form,
        sent_messages=messages_of(patient_id=given.patient.id, limit=MESSAGES),
    )


def _start(request: AskedRequest) -> int:
    given = request.GET.get("from", "")
    return min(int(given), 1_000_000) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _today(given: PatientPage, now: datetime) -> date:
    """The day where the patient comes to: what happened carries its time zone; nothing happened yet, anywhere."""
    return now.astimezone(given.timeline[0].when.tzinfo if given.timeline else now.tzinfo).date()


def _usual(days: int | None) -> str:
    """The usual interval as people say it: in weeks from four weeks on."""
    if days is None:
        return ""
    return f"{round(days / 7)} weeks" if days >= 28 else f"{days} day{'' if days == 1 else 's'}"


def _rhythm(numbers: LoyaltyNumbers, today: date, drift: DriftOfPatient | None) -> Rhythm | None:
    """The next visit is expected as last night's fit says, else as the gaps so far do."""
    due = numbers.due
    if drift and drift.expected_on and drift.late_from:
        due = drift.expected_on, drift.late_from - timedelta(days=1)
    past = sorted(day for day in set(numbers.visit_days) if day <= today)
    return rhythm(visits=past, today=today, due=due) if past else None


def _groups(given: PatientPage, today: date) -> list[tuple[str, list[TimelineItem]]]:
    """The timeline under headings: what is ahead and today, this year, each year before."""

    def heading(item: TimelineItem) -> str:
        day = item.when.date()
        if day >= today:
            return "Today and next"
        return f"Earlier in {day.year}" if day.year == today.year else str(day.year)

    return [(head, list(items)) for head, items in groupby(given.timeline, key=heading)]
