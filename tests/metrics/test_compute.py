"""The fast way equals counting by hand, on practices that hypothesis makes up; and each rule of counting on its own."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty.metrics import figure
from loyalty.metrics.compute import compute
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.windows import Month
from loyalty.models import Feedback, FeedbackRequest, Location, Patient, Touchpoint, Visit
from tests.metrics.by_hand import ByHand

MONTHS = [Month(2026, 8), Month(2026, 9), Month(2026, 10)]
FIRST, LAST = date(2025, 2, 20), date(2026, 11, 10)
ZONES = ["America/Los_Angeles", "America/New_York"]
# Days around which windows begin and end, so that hypothesis does not have to find them.
EDGES = [
    date(2025, 9, 1), date(2025, 11, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1), date(2025, 3, 5),
    date(2026, 3, 5), date(2026, 5, 5), date(2026, 10, 18), date(2026, 10, 30), date(2025, 11, 2), date(2026, 3, 8),
]  # fmt: skip

DAYS = st.one_of(
    st.dates(FIRST, LAST), st.builds(lambda day, by: day + timedelta(by), st.sampled_from(EDGES), st.integers(-2, 2))
)
MINUTES = st.integers(0, 24 * 60 - 1)
VISITS = st.fixed_dictionaries(
    {
        "patient": st.integers(0, 4),
        "zone": st.integers(0, 1),
        "day": DAYS,
        "minute": MINUTES,
        "status": st.sampled_from(["completed"] * 5 + ["booked", "cancelled", "no_show"]),
        "is_history": st.booleans(),
        "booked_days_before": st.none() | st.integers(0, 90),
        "cancelled_days_before": st.integers(0, 30),
        "note_after": st.none() | st.integers(-60, 60 * 24 * 40),
        "note_state": st.sampled_from(["done", "done", "done", "planned", "skipped"]),
        "note_channel": st.sampled_from(["card", "card", "letter", "email"]),
        "asks": st.lists(
            st.fixed_dictionaries(
                {
                    "mode": st.sampled_from(["kiosk", "link", "staff"]),
                    "after": st.integers(0, 5),
                    "history": st.booleans(),
                    "named": st.booleans(),
                    "answer_after": st.none() | st.integers(0, 17),
                    "score": st.integers(0, 10),
                }
            ),
            max_size=2,
            unique_by=lambda ask: ask["mode"],
        ),
    }
)


@contextmanager
def undone():
    """Everything written inside is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def local(day, minute, zone):
    instant = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=ZoneInfo(zone))
    return instant.astimezone(UTC)


class Made:
    """Patients (the fifth is merged into the first) and two locations; `visit` writes a visit and what followed it."""

    def __init__(self):
        self.patients = [Patient.objects.create(given_name=f"Patient {number}") for number in range(5)]
        Patient.objects.filter(id=self.patients[4].id).update(merged_into=self.patients[0])
        self.places = [Location.objects.create(name=zone, time_zone=zone) for zone in ZONES]

    def visit(self, drawn):
        zone, day = ZONES[drawn["zone"]], drawn["day"]
        starts = local(day, drawn["minute"], zone)
        # A visit around a clock change may start on the neighboring day after all.
        day = starts.astimezone(ZoneInfo(zone)).date()
        booked = drawn["booked_days_before"]
        visit = Visit.objects.create(
            patient=self.patients[drawn["patient"]],
            location=self.places[drawn["zone"]],
            status=drawn["status"],
            starts_at=starts,
            day=day,
            booked_at=None if booked is None else starts - timedelta(days=booked),
            completed_at=starts + timedelta(minutes=45) if drawn["status"] == "completed" else None,
            cancelled_at=starts - timedelta(days=drawn["cancelled_days_before"])
            if drawn["status"] == "cancelled"
            else None,
            is_history=drawn["is_history"],
        )
        if visit.status == "completed":
            self.note(visit, drawn)
            for ask in drawn["asks"]:
                self.ask(visit, zone, ask)

    def note(self, visit, drawn):
        taken = Touchpoint.objects.filter(kind="note", patient=visit.patient, day=visit.day).exists()
        if drawn["note_after"] is None or taken:
            return
        Touchpoint.objects.create(
            patient=visit.patient,
            visit=visit,
            kind="note",
            channel=drawn["note_channel"],
            state=drawn["note_state"],
            day=visit.day,
            due_at=visit.completed_at + timedelta(hours=48),
            role="provider",
            done_at=visit.completed_at + timedelta(minutes=drawn["note_after"])
            if drawn["note_state"] == "done"
            else None,
        )

    def ask(self, visit, zone, ask):
        asked = visit.completed_at + timedelta(days=ask["after"])
        request = FeedbackRequest.objects.create(
            patient=visit.patient,
            visit=visit if ask["named"] else None,
            mode=ask["mode"],
            asked_at=asked,
            day=asked.astimezone(ZoneInfo(zone)).date(),
            is_history=ask["history"],
        )
        if ask["answer_after"] is None:
            return
        answered = asked + timedelta(days=ask["answer_after"], minutes=1)
        Feedback.objects.create(
            patient=visit.patient,
            visit=request.visit,
            request=request,
            mode=ask["mode"],
            score=ask["score"],
            answered_at=answered,
            day=answered.astimezone(ZoneInfo(zone)).date(),
        )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(VISITS, max_size=25))
def test_the_fast_way_equals_counting_by_hand(in_aurora, drawn):
    with undone():
        made = Made()
        for visit in drawn:
            made.visit(visit)
        fast, by_hand = compute(months=MONTHS), ByHand()
        for month in MONTHS:
            expected = by_hand.figures(month)
            assert fast[month].keys() == expected.keys()
            for key, (value, numerator, denominator, n, patients, sums) in expected.items():
                found = fast[month][key]
                assert found.value == pytest.approx(value, abs=1e-9), key
                assert (found.numerator, found.denominator, found.n, found.patients) == (
                    numerator,
                    denominator,
                    n,
                    patients,
                ), key
                if sums is not None and DEFINITIONS[key].kind == "proportion_visit_clustered":
                    assert found == figure.visit_share(DEFINITIONS[key], sums)


def test_every_definition_is_computed(in_aurora):
    made = Made()
    plain = {
        "zone": 0,
        "minute": 600,
        "status": "completed",
        "is_history": False,
        "booked_days_before": 10,
        "cancelled_days_before": 0,
        "note_after": 120,
        "note_state": "done",
        "note_channel": "card",
        "asks": [
            {"mode": mode, "after": 0, "history": False, "named": True, "answer_after": 0, "score": 9}
            for mode in ("kiosk", "link")
        ],
    }
    for patient in range(5):
        made.visit(plain | {"patient": patient, "day": date(2026, 1, 10 + patient)})
    assert compute(months=MONTHS)[Month(2026, 10)].keys() == DEFINITIONS.keys()


def test_without_records_every_metric_is_absent(in_aurora):
    assert compute(months=MONTHS) == {month: {} for month in MONTHS}
    assert compute(months=[]) == {}


def test_months_that_are_not_consecutive_are_refused(in_aurora):
    with pytest.raises(ValueError, match="must be consecutive"):
        compute(months=[Month(2026, 8), Month(2026, 10)])
