"""Asking for public reviews: never chosen by sentiment, never rewarded, never on the premises, never against a site.

Two thousand patients whose score decides almost everything else about them, and the share asked is the same for all.
"""

from datetime import timedelta
from random import Random
from uuid import NAMESPACE_OID, uuid5

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.errors import DomainError
from loyalty.messages.check_template import checked
from loyalty.models import (
    Consent,
    ContactPoint,
    Feedback,
    FeedbackRequest,
    Location,
    MessageTemplate,
    Patient,
    ReviewAsking,
    ReviewInvitation,
    ReviewSite,
    Visit,
)
from loyalty.reviews.asking import set_asking
from loyalty.reviews.certificate import certificate
from loyalty.reviews.inviting.blindfold import ScoreInSight, blindfolded
from loyalty.reviews.inviting.invite import invite
from loyalty.reviews.sites import set_site

PATIENTS = 2000
SHARE = 50
PAGE = "https://www.google.com/maps/place/aurora"
# How likely each score from 0 to 10 is.
SPREAD = [10, 10, 5, 5, 5, 5, 5, 5, 10, 20, 20]
DISTRIBUTIONS = {
    "spread out": SPREAD,
    "mostly delighted": [1, 1, 1, 1, 1, 2, 3, 8, 15, 25, 42],
    "torn": [50, *[0] * 9, 50],
}


@pytest.fixture
def site(in_aurora) -> ReviewSite:
    Location.objects.update(address="12 Main Street", city="Portland", state="OR", postal_code="97205")
    return set_site(site_id=ReviewSite.objects.get(name="Google").id, own_url=PAGE, asking_allowed=True)


@pytest.fixture
def many(site, now):
    """many(weights): patients who came three days ago and said so; the salt is fixed, so that a run repeats."""

    def made(weights: list[int], patients: int) -> None:
        rng, place, at = Random(7), Location.objects.get(), now - timedelta(days=3)
        scores = sorted(rng.choices(range(11), weights, k=patients))
        people = Patient.objects.bulk_create(
            Patient(given_name=f"P{number}", family_name=f"S{score}") for number, score in enumerate(scores)
        )
        ContactPoint.objects.bulk_create(
            ContactPoint(
                patient=one, kind="email", value=f"{one.given_name}@example.com", search=one.given_name.lower()
            )
            for one in people
        )
        Consent.objects.bulk_create(
            Consent(patient=one, channel="email", purpose="reviews", granted=True, decided_at=at, source="told us")
            for one in people
        )
        visits = Visit.objects.bulk_create(
            Visit(
                # The draw is by the visit's id: with the salt fixed too, a run repeats.
                id=uuid5(NAMESPACE_OID, f"visit {number}"),
                patient=one,
                location=place,
                status="completed",
                starts_at=at,
                day=at.date(),
                completed_at=at,
            )
            for number, one in enumerate(people)
        )
        asked = FeedbackRequest.objects.bulk_create(
            FeedbackRequest(patient=visit.patient, visit=visit, mode="kiosk", asked_at=at, day=at.date())
            for visit in visits
        )
        Feedback.objects.bulk_create(
            Feedback(
                patient=request.patient,
                visit=request.visit,
                request=request,
                mode="kiosk",
                score=score,
                answered_at=at,
                day=at.date(),
            )
            for request, score in zip(asked, scores, strict=True)
        )

    return made


@pytest.mark.slow
def test_among_two_thousand_patients_the_share_asked_is_the_same_whatever_they_scored(many, now):
    many(SPREAD, PATIENTS)
    set_asking(is_on=True, every_days=180, share=SHARE, after_days=2)
    ReviewAsking.objects.update(salt="fixed for the test")
    for _ in range(PATIENTS // 500):
        invite(now=now)
    made = certificate(now=now + timedelta(days=1))
    assert made.everyone.came_up == PATIENTS
    assert made.agrees
    for line in made.lines[:3]:
        assert line.came_up > 50
        assert SHARE / 100 in line.interval, line


@pytest.mark.parametrize("weights", DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)
def test_the_share_is_the_same_for_the_content_and_the_others(many, now, weights):
    """The same in small, so that each run asks."""
    many(weights, 60)
    set_asking(is_on=True, every_days=180, share=SHARE, after_days=2)
    ReviewAsking.objects.update(salt="fixed for the test")
    invite(now=now)
    made = certificate(now=now + timedelta(days=1))
    assert made.everyone.came_up == 60
    assert made.agrees


def test_no_statement_names_a_table_that_tells_how_content_they_are(many, now):
    many([1] * 11, 3)
    set_asking(is_on=True, every_days=180, share=100, after_days=2)
    with CaptureQueriesContext(connection) as captured:
        assert invite(now=now) == 3
    sent = " ".join(query["sql"].lower() for query in captured)
    assert "loyalty_reviewinvitation" in sent
    for word in (
        "feedback_",
        "loyalty_feedback",
        "recovery",
        "touchpoint",
        "promoter",
        '"score"',
        'loyalty_review"',
        "figure",
    ):
        assert word not in sent, word


def test_whoever_looks_for_a_score_while_choosing_is_stopped(in_aurora):
    with blindfolded():
        Patient.objects.count()
        for look in (Feedback.objects.count, lambda: list(Patient.objects.filter(feedback__score=10))):
            with pytest.raises(ScoreInSight):
                look()
    assert Feedback.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    [
        "Write a review and get a gift: {review_link}",
        "Everybody who writes enters a raffle: {review_link}",
        "Review us for a bonus: {review_link}",
        "A review earns 50 points. {review_link}",
        "In return for a review we treat you. {review_link}",
        "Write, and there is a credit on us: {review_link}",
        "10% off for a review {review_link}",
        "A free peel for a review {review_link}",
        "Give us five stars: {review_link}",
        "Leave a 5-star review: {review_link}",
        "If you were happy, tell others: {review_link}",
        "If you loved it, tell others: {review_link}",
        "We live from positive reviews: {review_link}",
        "★★★★★ {review_link}",
    ],
)
def test_no_message_promises_anything_or_asks_for_praise(in_aurora, words):
    with pytest.raises(DomainError) as caught:
        checked(name="Ask", kind="review", channel="text", subject="", body=words)
    assert caught.value.field == "body"


def test_the_words_that_we_bring_pass_our_own_guard(in_aurora):
    for template in MessageTemplate.objects.filter(kind="review"):
        checked(
            name=template.name, kind="review", channel=template.channel, subject=template.subject, body=template.body
        )


@pytest.mark.parametrize("kind", ["news", "feedback", "confirmation"])
def test_the_link_stands_in_no_other_message(in_aurora, kind):
    with pytest.raises(DomainError) as caught:
        checked(name="Sly", kind=kind, channel="text", subject="", body="Tell others: {review_link}")
    assert caught.value.code == "template_asks_for_a_review"


@pytest.mark.parametrize("days", [0, -1])
def test_the_database_takes_no_invitation_on_the_day_of_the_visit_or_before(many, now, days):
    many([1] * 11, 1)
    visit = Visit.objects.get()
    with pytest.raises(IntegrityError, match="later day"), transaction.atomic():
        ReviewInvitation.objects.create(
            patient=visit.patient,
            visit=visit,
            day=visit.day + timedelta(days=days),
            drawn_at=now,
            drawn=False,
            channel="email",
        )


@pytest.mark.parametrize("change", [{"is_history": True}, {"status": "no_show"}])
def test_the_database_takes_no_invitation_for_history_or_a_visit_that_was_none(many, now, change):
    many([1] * 11, 1)
    Visit.objects.update(**change)
    visit = Visit.objects.get()
    with pytest.raises(IntegrityError, match="later day"), transaction.atomic():
        ReviewInvitation.objects.create(
            patient=visit.patient, visit=visit, day=now.date(), drawn_at=now, drawn=False, channel="email"
        )


def test_no_site_that_forbids_asking_is_ever_a_target(many, site, now):
    many([1] * 11, 1)
    set_asking(is_on=True, every_days=180, share=100, after_days=2)
    with pytest.raises(DomainError):
        set_site(
            site_id=ReviewSite.objects.get(name="Yelp").id, own_url="https://www.yelp.com/biz/a", asking_allowed=True
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewSite.objects.filter(forbids_asking=True).update(asking_allowed=True, own_url=PAGE)
    set_site(site_id=site.id, own_url=PAGE, asking_allowed=False)
    assert invite(now=now) == 0
