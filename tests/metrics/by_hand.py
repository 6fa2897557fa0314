"""The metrics counted slowly and plainly, row by row, the way their definitions read: what the fast way must equal."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from loyalty.metrics.intervals import ClusterSums
from loyalty.metrics.windows import Month, index_window, window
from loyalty.models import Feedback, FeedbackRequest, Patient, Touchpoint, Visit

MODES = {"": ("kiosk", "link", "staff"), "_kiosk": ("kiosk",), "_link": ("link",)}


class ByHand:
    """Counts of one practice, from all its rows. A result is (value, numerator, denominator, n, patients, sums)."""

    def __init__(self):
        survivor = {p.id: p.merged_into_id or p.id for p in Patient.objects.all()}
        self.visits = list(Visit.objects.select_related("location"))
        self.touchpoints = list(Touchpoint.objects.filter(kind="note"))
        self.requests = list(FeedbackRequest.objects.select_related("visit"))
        self.answers = list(Feedback.objects.all())
        for row in (*self.visits, *self.touchpoints, *self.requests, *self.answers):
            row.who = survivor[row.patient_id]
        self.days = defaultdict(dict)  # patient -> day -> completed visits of that day
        for visit in self.visits:
            if visit.status == "completed":
                self.days[visit.who].setdefault(visit.day, []).append(visit)

    def figures(self, month: Month):
        counted = {
            "visits": self.how_many_visits(month),
            "active_patients": self.active_patients(month),
            "return_rate_180": self.returned(month),
            "rebooking_rate": self.rebooked(month),
            "note_coverage": self.thanked(month),
            "note_hours": self.note_hours(month),
        }
        for apart, modes in MODES.items():
            counted[f"nps{apart}"] = self.nps(month, modes)
            counted[f"feedback_response_rate{apart}"] = self.answered(month, modes)
        return {key: result for key, result in counted.items() if result is not None}

    def visit_days(self, month, look_ahead_days=0):
        within = index_window(month, look_ahead_days=look_ahead_days)
        for who, days in self.days.items():
            for day, visits in days.items():
                if day in within:
                    yield who, day, max(visits, key=lambda visit: visit.completed_at), visits

    def how_many_visits(self, month):
        sums = by_patient((who, 0) for who, *_ in self.visit_days(month))
        return result(sums.trials, sums.trials, sums.patients, sums.trials, sums) if sums.trials else None

    def active_patients(self, month):
        people = len({who for who, *_ in self.visit_days(month)})
        return result(people, people, people, people) if people else None

    def returned(self, month):
        first = {}
        for who, day, *_ in self.visit_days(month, 180):
            first[who] = min(day, first.get(who, day))
        if not first:
            return None
        back = sum(
            any(day < after <= day + timedelta(days=180) for after in self.days[who]) for who, day in first.items()
        )
        return result(100 * back / len(first), back, len(first), len(first))

    def rebooked(self, month):
        pairs = []
        for who, day, last, visits in self.visit_days(month):
            if all(visit.is_history and visit.booked_at is None for visit in visits):
                continue
            leaving = midnight_after(day, last.location.time_zone)
            pairs.append((who, int(any(self.stands(v, who, day, leaving) for v in self.visits))))
        return share(pairs)

    def stands(self, appointment, who, day, leaving):
        booked = appointment.booked_at or (None if appointment.is_history else appointment.created_at)
        return (
            appointment.who == who
            and appointment.day > day
            and booked is not None
            and booked < leaving
            and (appointment.cancelled_at is None or appointment.cancelled_at >= leaving)
        )

    def note_of(self, who, day):
        """When the note for that day was written, None if it was not."""
        written = [
            t.done_at
            for t in self.touchpoints
            if (t.who, t.day, t.state) == (who, day, "done") and t.channel in ("card", "letter")
        ]
        return min(written, default=None)

    def thanked(self, month):
        began = min((t.day for t in self.touchpoints), default=None)
        pairs = []
        for who, day, last, visits in self.visit_days(month, 2):
            if began is None or day < began or all(visit.is_history for visit in visits):
                continue
            written = self.note_of(who, day)
            pairs.append((who, int(written is not None and written <= last.completed_at + timedelta(hours=48))))
        return share(pairs)

    def note_hours(self, month):
        waits = []
        for who, days in self.days.items():
            for day, visits in days.items():
                last = max(visits, key=lambda visit: visit.completed_at)
                written = self.note_of(who, day)
                if written is None:
                    continue
                written = max(written, last.completed_at)
                if written.astimezone(ZoneInfo(last.location.time_zone)).date() in window(month):
                    waits.append((who, (written - last.completed_at) / timedelta(hours=1)))
        if not waits:
            return None
        return result(
            median(hours for _, hours in waits), len(waits), len(waits), len(waits), patients=len({w for w, _ in waits})
        )

    def answered(self, month, modes):
        requests = [r for r in self.requests if r.mode in modes and r.mode != "staff" and not r.is_history]
        first_about = {}
        for request in requests:
            about = request.visit_id or request.id
            first_about[about] = min(request.day, first_about.get(about, request.day))
        occasions = defaultdict(list)
        for request in requests:
            occasions[request.who, first_about[request.visit_id or request.id]].append(request.id)
        pairs = []
        for (who, day), ids in occasions.items():
            if day in index_window(month, look_ahead_days=14):
                replies = [a.day for a in self.answers if a.request_id in ids]
                pairs.append((who, int(any(reply <= day + timedelta(days=14) for reply in replies))))
        return share(pairs)

    def nps(self, month, modes):
        latest = {}
        for answer in sorted(self.answers, key=lambda answer: answer.answered_at):
            if answer.mode in modes and answer.day in window(month):
                latest[answer.who, answer.day] = answer.score
        return share([(who, (score >= 9) - (score <= 6)) for (who, _), score in latest.items()])


def by_patient(pairs):
    totals = defaultdict(lambda: [0, 0])
    for who, y in pairs:
        totals[who][0] += y
        totals[who][1] += 1
    return ClusterSums.of((y, m) for y, m in totals.values())


def share(pairs):
    sums = by_patient(pairs)
    return result(100 * sums.ratio, sums.total, sums.trials, sums.trials, sums) if sums.trials else None


def result(value, numerator, denominator, n, sums=None, *, patients=None):
    if patients is None:
        patients = sums.patients if sums else n
    return value, numerator, denominator, n, patients, sums


def midnight_after(day, zone):
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))
