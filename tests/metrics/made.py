"""A practice made up for a test: patients, two locations, and visits with what followed them."""

from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from loyalty.models import Feedback, FeedbackRequest, Location, Patient, Touchpoint, Visit

ZONES = ["America/Los_Angeles", "America/New_York"]

PLAIN = {
    "patient": 0,
    "zone": 0,
    "minute": 10 * 60,
    "status": "completed",
    "is_history": False,
    "booked_days_before": 10,
    "cancelled_days_before": 0,
    "note_after": None,
    "note_state": "done",
    "note_channel": "card",
    "asks": [],
}
ASK = {"mode": "kiosk", "after": 0, "history": False, "named": True, "answer_after": None, "score": 9}


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
    """Five patients, the fifth merged into the first, and two locations; `visit` writes a visit and what followed."""

    def __init__(self):
        self.patients = [Patient.objects.create(given_name=f"Patient {number}") for number in range(5)]
        Patient.objects.filter(id=self.patients[4].id).update(merged_into=self.patients[0])
        self.places = [Location.objects.create(name=zone, time_zone=zone) for zone in ZONES]

    def visit(self, drawn):
        """A visit as drawn by hypothesis, or as PLAIN with changes."""
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
