"""Public reviews, asking for them, and testimonials."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from loyalty.models import Patient, ReviewImport, ReviewSite
from loyalty.reviews.enter import enter_review
from loyalty.reviews.match import match, unmatch
from loyalty.reviews.reply import mark_posted, save_reply
from loyalty.testimonials.agree import agree
from loyalty.testimonials.publish import take_down
from tests.permissions.roles import LEADERS, PUBLIC, TEAM
from tests.rooms.body import Body, Ids
from tests.rooms.room import Room

SEES_FEEDBACK = frozenset({"owner", "manager", "provider"})
FILE = "site,author,rating,text,date\nGoogle,Otto O.,4,Fine,2026-06-15\n"


def records(ids: Ids, now: datetime) -> Ids:
    patient = Patient.objects.get(id=ids["patient_id"])
    google = ReviewSite.objects.get(name="Google")
    review = enter_review(
        site_id=google.id,
        author="Bea L.",
        rating=5,
        text="Kind people.",
        posted_on=now.date(),
        external_id="g1",
        today=now.date(),
    )
    match(review_id=review.id, patient_id=patient.id, by_person_id=None)
    testimonial = agree(
        patient_id=patient.id,
        feedback_id=None,
        words="Kind people.",
        rating=9,
        said_on=now.date(),
        shown_as="first_name",
        insider="none",
        source="signed the form",
        by_person_id=None,
        today=now.date(),
        now=now,
    )
    return {
        "site_id": google.id,
        "review_id": review.id,
        "testimonial_id": testimonial.id,
        "review_import_id": ReviewImport.objects.create(made_at=now, brought=0).id,
    }


def _id(ids: Ids, name: str) -> UUID:
    return UUID(str(ids[name]))


def drafted(ids: Ids, _now: datetime) -> None:
    save_reply(review_id=_id(ids, "review_id"), reply="Thank you!", seen="")


def posted(ids: Ids, now: datetime) -> None:
    drafted(ids, now)
    mark_posted(review_id=_id(ids, "review_id"), now=now)


def alone(ids: Ids, _now: datetime) -> None:
    unmatch(review_id=_id(ids, "review_id"))


def is_down(ids: Ids, now: datetime) -> None:
    take_down(testimonial_id=_id(ids, "testimonial_id"), because="twice", by_person_id=None, now=now)


def a_file(_ids: Ids) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("reviews.csv", FILE.encode())}


ROOM = Room(
    practice={
        "reviews": TEAM,
        "review": TEAM,
        "review-new": LEADERS,
        "review-reply": LEADERS,
        "review-posted": LEADERS,
        "review-not-posted": LEADERS,
        "review-match": LEADERS,
        "review-unmatch": LEADERS,
        "reviews-file": LEADERS,
        "reviews-taken-in": LEADERS,
        "reviews-file-undo": LEADERS,
        "review-asking": LEADERS,
        "review-site-new": LEADERS,
        "review-site": LEADERS,
        "review-certificate": SEES_FEEDBACK,
        "testimonials": LEADERS,
        "testimonial-new": LEADERS,
        "testimonials-publication": LEADERS,
        "testimonial-down": LEADERS,
        "testimonial-restoration": LEADERS,
        "review-invitation": PUBLIC,
        "review-invitation-site": PUBLIC,
        "testimonials-public": PUBLIC,
    },
    records=records,
    bodies={
        "review-new": Body(
            lambda ids: {"site_id": ids["site_id"], "rating": "4", "posted_on": "2026-11-20", "author": "Otto O."}
        ),
        "review-reply": Body({"reply": "Thank you for taking the time to write.", "seen": ""}),
        "review-posted": Body(before=drafted),
        "review-not-posted": Body(before=posted),
        "review-match": Body(lambda ids: {"patient_id": ids["patient_id"]}, before=alone),
        "review-unmatch": Body(),
        # It is looked at, and nothing is kept.
        "reviews-file": Body(a_file, changes=False),
        "reviews-taken-in": Body({"text": FILE}),
        "reviews-file-undo": Body(),
        "review-asking": Body({"after_days": "2", "every_days": "180", "share": "100"}),
        "review-site-new": Body({"name": "Town Notes", "policy": "Asking is fine."}),
        "review-site": Body({"own_url": "https://www.google.com/maps/place/aurora", "asking_allowed": "on"}),
        "testimonial-new": Body(
            {
                "words": "They take their time.",
                "said_on": "2026-11-20",
                "shown_as": "initials",
                "insider": "none",
                "source": "signed the form",
                "signed": "on",
            }
        ),
        "testimonials-publication": Body(),
        "testimonial-down": Body({"because": "withdrawn"}),
        "testimonial-restoration": Body(before=is_down),
    },
)
