"""All rows of one practice, each with the patient it belongs to after merges."""

from collections import defaultdict

from loyalty.models import (
    Feedback,
    FeedbackRequest,
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


class Rows:
    """days: patient → day → completed visits of that day."""

    def __init__(self):
        patients = list(Patient.objects.all())
        survivor = {p.id: p.merged_into_id or p.id for p in patients}
        self.visits = list(Visit.objects.select_related("location"))
        self.touchpoints = list(Touchpoint.objects.all())
        self.notes = [t for t in self.touchpoints if t.kind == "note"]
        self.requests = list(FeedbackRequest.objects.select_related("visit"))
        self.answers = list(Feedback.objects.select_related("request", "visit__location").order_by("answered_at"))
        self.promises = list(Promise.objects.select_related("visit__location").exclude(kept=""))
        self.recoveries = list(Recovery.objects.select_related("feedback__visit__location"))
        self.invitations = list(ReviewInvitation.objects.select_related("message").filter(drawn=True))
        self.reviews = list(Review.objects.all())
        referrals = list(Referral.objects.all())
        birthdays = list(Occasion.objects.filter(kind="birthday"))
        for row in (
            *self.visits, *self.touchpoints, *self.requests, *self.answers, *self.recoveries, *self.invitations,
            *referrals, *birthdays,
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

    def visit_days(self, within):
        for who, days in self.days.items():
            for day, visits in days.items():
                if day in within:
                    yield who, day, max(visits, key=lambda visit: visit.completed_at), visits
