"""A practice made up for a test: patients, two locations, and visits with what came before and after them."""

from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from loyalty.models import (
    Drift,
    DriftFit,
    Feedback,
    FeedbackRequest,
    Holdout,
    HoldoutPatient,
    Location,
    Message,
    MessageTemplate,
    Patient,
    Promise,
    Recovery,
    Referral,
    Review,
    ReviewInvitation,
    ReviewSite,
    Touchpoint,
    Visit,
)

ZONES = ["America/Los_Angeles", "America/New_York"]

PLAIN = {
    "patient": 0,
    "zone": 0,
    "minute": 10 * 60,
    "status": "completed",
    "source": "booked",
    "is_history": False,
    "booked_days_before": 10,
    "cancelled_days_before": 0,
    "seen_after": None,
    "brief": False,
    "told_before": None,
    "note_after": None,
    "note_state": "done",
    "note_channel": "card",
    "asks": [],
    "promises": [],
    "invited": None,
}
ASK = {
    "mode": "kiosk",
    "after": 0,
    "history": False,
    "named": True,
    "answer_after": None,
    "score": 9,
    "worth": None,
    "elsewhere": "",
    "reached_after": None,
    "closed_after": None,
    "recovered": True,
}


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
        self._template = self._site = None

    def visit(self, drawn):
        """A visit as drawn by hypothesis, or as PLAIN with changes."""
        zone, day = ZONES[drawn["zone"]], drawn["day"]
        starts = local(day, drawn["minute"], zone)
        # A visit around a clock change may start on the neighboring day after all.
        day = starts.astimezone(ZoneInfo(zone)).date()
        booked = drawn["booked_days_before"]
        seen = drawn["seen_after"]
        visit = Visit.objects.create(
            patient=self.patients[drawn["patient"]],
            location=self.places[drawn["zone"]],
            status=drawn["status"],
            source=drawn["source"],
            starts_at=starts,
            day=day,
            booked_at=None if booked is None else starts - timedelta(days=booked),
            arrived_at=None if seen is None else starts - timedelta(minutes=5),
            seen_at=None if seen is None else starts + timedelta(minutes=seen),
            brief_read_at=starts if drawn["brief"] else None,
            completed_at=starts + timedelta(minutes=45) if drawn["status"] == "completed" else None,
            cancelled_at=starts - timedelta(days=drawn["cancelled_days_before"])
            if drawn["status"] == "cancelled"
            else None,
            is_history=drawn["is_history"],
        )
        if drawn["told_before"] is not None:
            self.touch(visit, "preview", "call", "done", visit.starts_at - timedelta(minutes=drawn["told_before"]))
        if visit.status == "completed":
            self.note(visit, drawn)
            for ask in drawn["asks"]:
                self.ask(visit, zone, ask)
            for kept, days in drawn["promises"]:
                answered = visit.completed_at + timedelta(days=days)
                Promise.objects.create(visit=visit, text="Numbing", made_at=starts, kept=kept, answered_at=answered)
            if drawn["invited"]:
                self.invite(visit, drawn["invited"])

    def touch(self, visit, kind, channel, state, done_at):
        return Touchpoint.objects.create(
            patient=visit.patient,
            visit=visit,
            kind=kind,
            channel=channel,
            state=state,
            day=visit.day,
            due_at=visit.starts_at,
            role="provider",
            done_at=done_at if state == "done" else None,
        )

    def note(self, visit, drawn):
        taken = Touchpoint.objects.filter(kind="note", patient=visit.patient, day=visit.day).exists()
        if drawn["note_after"] is None or taken:
            return
        written = visit.completed_at + timedelta(minutes=drawn["note_after"])
        self.touch(visit, "note", drawn["note_channel"], drawn["note_state"], written)

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
        answer = Feedback.objects.create(
            patient=visit.patient,
            visit=request.visit,
            request=request,
            mode=ask["mode"],
            score=ask["score"],
            worth=ask["worth"],
            elsewhere=ask["elsewhere"],
            answered_at=answered,
            day=answered.astimezone(ZoneInfo(zone)).date(),
        )
        if ask["score"] <= 6 and not ask["history"]:
            self.recovery(answer, ask)

    def recovery(self, answer, ask):
        reached, closed = (
            None if ask[key] is None else answer.answered_at + timedelta(hours=ask[key])
            for key in ("reached_after", "closed_after")
        )
        Recovery.objects.create(
            feedback=answer,
            patient=answer.patient,
            due_at=answer.answered_at + timedelta(days=1),
            first_contact_at=reached,
            closed_at=closed,
            recovered=None if closed is None else ask["recovered"],
            done_text="" if closed is None else "Called.",
            patient_told_at=closed,
        )

    def invite(self, visit, state):
        if self._template is None:
            self._template = MessageTemplate.objects.create(
                name="Ask", kind="review", channel="text", body="Would you?"
            )
        asked, day = visit.completed_at + timedelta(days=2), visit.day + timedelta(days=2)
        if visit.is_history or Visit.objects.filter(patient=visit.patient, day=day).exists():
            return
        message = Message.objects.create(
            patient=visit.patient,
            template=self._template,
            template_version=1,
            channel="text",
            purpose="reviews",
            address="+13125550100",
            body="Would you?",
            state=state,
            rule="" if state == "sent" else "bounced",
            not_before=asked,
            queued_at=asked,
            sent_at=asked,
        )
        ReviewInvitation.objects.create(
            patient=visit.patient, visit=visit, day=day, drawn_at=asked, drawn=True,
            channel="text", message=message,
        )  # fmt: skip

    def review(self, day, *, rating=5, patient=None):
        if self._site is None:
            self._site = ReviewSite.objects.create(name="Somewhere")
        Review.objects.create(
            site=self._site,
            patient=None if patient is None else self.patients[patient],
            rating=rating,
            text="Kind people.",
            posted_on=day,
        )

    def occasion(self, day, *, patient=0, state="done", days_before=0, minute=600):
        done = local(day - timedelta(days=days_before), minute, ZONES[0])
        Touchpoint.objects.create(
            patient=self.patients[patient],
            kind="occasion",
            channel="card",
            state=state,
            day=day,
            due_at=done,
            role="front_desk",
            done_at=done if state == "done" else None,
        )

    def person(self, patient, *, birthday=False, since=None, referred_on=None):
        found = self.patients[patient]
        if birthday:
            Patient.objects.filter(id=found.id).update(birth_year=1980, birth_month=5, birth_day=4)
        if since is not None:
            Patient.objects.filter(id=found.id).update(patient_since=since)
        if referred_on is not None:
            Referral.objects.create(patient=found, referrer_name="Ana", on=referred_on)

    def scored(self, day, *, fitted=True):
        """The night's fit; without enough patients who came back it finds nothing."""
        model = {"k": 2, "r": 2.0, "alpha": 90.0, "a": 1.0, "b": 2.0, "log_likelihood": -1.0} if fitted else {}
        DriftFit.objects.update_or_create(day=day, defaults={"patient_count": 9, "repeat_count": 5, **model})

    def late(self, patient, late_from):
        usual = {"usual_days": 90, "usual_from": "own", "late_from": late_from, "expected_on": late_from}
        last = {"visits": 2, "last_on": late_from - timedelta(days=90), "gone_from": late_from + timedelta(days=400)}
        Drift.objects.update_or_create(patient=self.patients[patient], defaults=usual | last)

    def held_out(self, patient, *, kind, day, days, stopped_after=None, is_held=True):
        """Of a hold-out that began on the day and lasts so many days."""
        holdout, _ = Holdout.objects.get_or_create(
            kind=kind,
            defaults={
                "percent": 10, "outcome_days": 30, "least_effect": 5, "salt": "0" * 32, "starts_on": day,
                "ends_on": day + timedelta(days=max(days, 31)),
            },
        )  # fmt: skip
        if stopped_after is not None and holdout.is_running:
            holdout.stopped_on = min(holdout.starts_on + timedelta(days=stopped_after), holdout.ends_on)
            holdout.closed_at = local(holdout.stopped_on, 600, ZONES[0])
            holdout.contacted = holdout.contacted_returned = holdout.held = holdout.held_returned = 0
            holdout.held_crossed = 0
            holdout.save()
        HoldoutPatient.objects.get_or_create(
            holdout=holdout, patient=self.patients[patient], defaults={"day": day, "is_held": is_held}
        )

    def died(self, patient):
        Patient.objects.filter(id=self.patients[patient].id).update(deceased=True)
