"""All rows of one practice, each with the patient it belongs to after merges."""

from collections import defaultdict

from loyalty.models import (
    Drift,
    DriftFit,
    Feedback,
    FeedbackRequest,
    HoldoutPatient,
    Location,
    Occasion,
    Patient,
    Promise,
    Recovery,
    Referral,
    Review,
    ReviewInvitation,
    Touchpoint,
    Visit,
)


def happier_first(answer):
    """By the instant; of two at once, the less happy one is the last that was said."""
    elsewhere = {"": 0, None: 0, "no": 1}.get(answer.elsewhere, 2)
    return answer.answered_at, -answer.score, -(answer.worth or 0), elsewhere


class Rows:
    """days: patient → day → completed visits of that day."""

    def __init__(self):
        patients = list(Patient.objects.all())
        survivor = {p.id: p.merged_into_id or p.id for p in patients}
        self.visits = list(Visit.objects.select_related("location"))
        self.touchpoints = list(Touchpoint.objects.all())
        self.notes = [t for t in self.touchpoints if t.kind == "note"]
        self.requests = list(FeedbackRequest.objects.select_related("visit"))
        self.answers = sorted(Feedback.objects.select_related("request", "visit__location"), key=happier_first)
        self.promises = list(Promise.objects.select_related("visit__location").exclude(kept=""))
        self.recoveries = list(Recovery.objects.select_related("feedback__visit__location"))
        self.invitations = list(ReviewInvitation.objects.select_related("message").filter(drawn=True))
        self.reviews = list(Review.objects.all())
        lots = HoldoutPatient.objects.filter(is_held=True, patient__merged_into=None)
        self.lots = list(lots.select_related("holdout"))
        referrals = list(Referral.objects.all())
        birthdays = list(Occasion.objects.filter(kind="birthday"))
        for row in (
            *self.visits, *self.touchpoints, *self.requests, *self.answers, *self.recoveries, *self.invitations,
            *referrals, *birthdays, *self.lots,
        ):  # fmt: skip
            row.who = survivor[row.patient_id]
        for promise in self.promises:
            promise.who = survivor[promise.visit.patient_id]
        for number, review in enumerate(self.reviews):
            review.who = survivor[review.patient_id] if review.patient_id else number
        self.days = defaultdict(dict)
        for visit in self.visits:
            if visit.status == "completed":
                self.days[visit.who].setdefault(visit.day, []).append(visit)
        self.home = Location.objects.order_by("-is_active", "created_at", "id").values_list("time_zone", flat=True)[0]
        self.late_from = defaultdict(list)
        for drift in Drift.objects.exclude(late_from=None):
            self.late_from[survivor[drift.patient_id]].append(drift.late_from)
        fit = DriftFit.objects.order_by("-day").first()
        self.scored_on = fit.day if fit and fit.k else None
        self.referred = {row.who for row in referrals}
        self.first_referral = min((row.on for row in referrals), default=None)
        self.with_birthday = {p.id for p in patients if p.merged_into_id is None and p.birth_day}
        self.with_birthday |= {row.who for row in birthdays}
        known = defaultdict(list)
        for p in patients:
            if p.patient_since:
                known[survivor[p.id]].append(p.patient_since)
        # patient → day of the first visit of their life here, if it is on file
        self.first_ever = {
            who: min(days) for who, days in self.days.items() if all(min(days) <= since for since in known[who])
        }

    def is_held_out(self, kind, who, day):
        return any(
            lot.day <= day <= (lot.holdout.stopped_on or lot.holdout.ends_on)
            for lot in self.lots
            if (lot.holdout.kind, lot.who) == (kind, who)
        )

    def visit_days(self, within):
        for who, days in self.days.items():
            for day, visits in days.items():
                if day in within:
                    yield who, day, max(visits, key=lambda visit: visit.completed_at), visits
