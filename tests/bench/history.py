"""Three years of a practice's visits and what the team did for them, the same in every run up to the day it ends."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import (
    Feedback,
    FeedbackRequest,
    Location,
    Promise,
    Recovery,
    Review,
    ReviewSite,
    Service,
    Staff,
    Touchpoint,
    Visit,
)
from tests.bench.copying import Values, copy, keys

ZONE = ZoneInfo("America/Chicago")
SERVICES = ("Facial", "Peel", "Laser hair removal", "Consultation", "Injection")


@dataclass(frozen=True, slots=True)
class House:
    """Where and by whom patients are treated."""

    location: UUID
    staff: list[UUID]
    services: list[UUID]
    site: UUID


@dataclass(slots=True)
class _Told:
    last: date
    visits: list[Values] = field(default_factory=list)
    requests: list[Values] = field(default_factory=list)
    answers: list[Values] = field(default_factory=list)
    touchpoints: list[Values] = field(default_factory=list)
    promises: list[Values] = field(default_factory=list)
    recoveries: list[Values] = field(default_factory=list)
    reviews: list[Values] = field(default_factory=list)


def bring_house(practice: PracticeRef, *, providers: int = 4) -> House:
    with practice_scope(practice):
        staff = Staff.objects.bulk_create(Staff(display_name=f"Provider {n + 1}") for n in range(providers))
        services = Service.objects.bulk_create(Service(name=name, return_days=90) for name in SERVICES)
        location = Location.objects.get()
        site = ReviewSite.objects.create(name="A site")
    return House(
        location=location.id, staff=[one.id for one in staff], services=[one.id for one in services], site=site.id
    )


def bring_history(
    practice: PracticeRef, *, house: House, patients: Iterable[UUID], now: datetime, years: int = 3, seed: int = 2
) -> int:
    """What happened until yesterday; returns the number of visits. About three visits a patient and year."""
    random = Random(seed)
    last = now.astimezone(ZONE).date() - timedelta(days=1)
    first = last - timedelta(days=365 * years)
    key = keys(random, first=local(first, 9))
    told = _Told(last)
    for patient in patients:
        before = None
        for day in _days(random, first, last):
            before = _visit(told, random, key, house, patient, day, booked_on=before)
    for model, rows in (
        (Visit, told.visits),
        (FeedbackRequest, told.requests),
        (Feedback, told.answers),
        (Touchpoint, told.touchpoints),
        (Promise, told.promises),
        (Recovery, told.recoveries),
        (Review, told.reviews),
    ):
        copy(practice.schema_name, model, rows, now=now)
    return len(told.visits)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def _days(random: Random, first: date, last: date) -> Iterator[date]:
    day = first + timedelta(days=random.randint(0, 300))
    while day <= last:
        yield day
        day += timedelta(days=max(1, round(random.gauss(120, 45))))


def _visit(
    told: _Told,
    random: Random,
    key: Callable[[], UUID],
    house: House,
    patient: UUID,
    day: date,
    *,
    booked_on: date | None,
) -> date:
    """One appointment and what followed; returns its day. `booked_on`: the day of the patient's previous one."""
    start = local(day, random.randint(9, 16), random.choice((0, 30)))
    status = random.choices(("completed", "cancelled", "no_show"), (92, 5, 3))[0]
    booked = local(booked_on, 17) if booked_on and random.random() < 0.55 else start - timedelta(days=6)
    visit = {
        "id": key(),
        "patient_id": patient,
        "location_id": house.location,
        "staff_id": random.choice(house.staff),
        "service_id": random.choice(house.services),
        "status": status,
        "starts_at": start,
        "ends_at": start + timedelta(hours=1),
        "day": day,
        "booked_at": booked,
        "arrived_at": start - timedelta(minutes=5) if status == "completed" else None,
        "seen_at": start + timedelta(minutes=random.randint(0, 15)) if status == "completed" else None,
        "brief_read_at": start if status == "completed" and random.random() < 0.8 else None,
        "completed_at": start + timedelta(hours=1) if status == "completed" else None,
        "cancelled_at": start - timedelta(days=1) if status == "cancelled" else None,
    }
    told.visits.append(visit)
    if random.random() < 0.8:
        told.touchpoints.append(_touch(visit, key(), "preview", "call", done=start - timedelta(days=2)))
    if status == "completed":
        if random.random() < 0.1:
            told.touchpoints.append(_touch(visit, key(), "occasion", "card", done=start - timedelta(days=1)))
        if random.random() < 0.3:
            kept, answered = random.choice(("yes", "yes", "no")), visit["completed_at"]
            promise = {"id": key(), "visit_id": visit["id"], "text": "Numbing cream", "made_at": booked}
            told.promises.append(promise | {"kept": kept, "answered_at": answered})
        if random.random() < 0.05:
            told.reviews.append({"id": key(), "site_id": house.site, "rating": random.randint(3, 5), "posted_on": day})
        _note(told, random, key, visit)
        _feedback(told, random, key, visit)
    return day


def _touch(visit: Values, id: UUID, kind: str, channel: str, *, done: datetime) -> Values:
    return {
        "id": id,
        "patient_id": visit["patient_id"],
        "visit_id": visit["id"],
        "kind": kind,
        "channel": channel,
        "state": "done",
        "role": "provider",
        "day": visit["day"],
        "due_at": visit["starts_at"],
        "done_at": done,
    }


def _note(told: _Told, random: Random, key: Callable[[], UUID], visit: Values) -> None:
    if random.random() < 0.15:
        return
    written = visit["day"] < told.last - timedelta(days=1)
    told.touchpoints.append(
        {
            "id": key(),
            "patient_id": visit["patient_id"],
            "visit_id": visit["id"],
            "kind": "note",
            "channel": "card",
            "state": "done" if written else "planned",
            "role": "provider",
            "day": visit["day"],
            "due_at": visit["completed_at"] + timedelta(hours=48),
            "done_at": visit["completed_at"] + timedelta(minutes=random.randint(30, 3600)) if written else None,
        }
    )


def _feedback(told: _Told, random: Random, key: Callable[[], UUID], visit: Values) -> None:
    if random.random() < 0.4:
        return
    mode = random.choice(("kiosk", "link"))
    request = {
        "id": key(),
        "patient_id": visit["patient_id"],
        "visit_id": visit["id"],
        "mode": mode,
        "asked_at": visit["completed_at"],
        "day": visit["day"],
    }
    told.requests.append(request)
    if random.random() < 0.55:
        return
    days = 0 if mode == "kiosk" else random.randint(0, 20)
    answer, score = key(), random.choices(range(11), (1, 1, 1, 1, 2, 3, 4, 10, 17, 25, 35))[0]
    answered = visit["completed_at"] + timedelta(days=days)
    if score <= 6:
        recovery = {"id": key(), "patient_id": visit["patient_id"], "feedback_id": answer}
        told.recoveries.append(recovery | {"due_at": answered, "first_contact_at": answered + timedelta(hours=5)})
    told.answers.append(
        {
            "id": answer,
            "patient_id": visit["patient_id"],
            "visit_id": visit["id"],
            "request_id": request["id"],
            "mode": mode,
            "score": score,
            "worth": random.choice((None, 3, 4, 5)),
            "elsewhere": random.choice(("", "no", "sometimes")),
            "liked": "The calm, and that everything was explained." if random.random() < 0.4 else "",
            "answered_at": answered,
            "day": visit["day"] + timedelta(days=days),
        }
    )
