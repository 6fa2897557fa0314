"""Public replies that confirm a patient, or name a treatment, are refused: by the domain and by the page."""

import pytest

from core.tenancy.scope import control_plane
from loyalty.models import Review, ReviewSite, Service
from loyalty.reviews.enter import enter_review
from loyalty.reviews.reply import ReplyRefused, save_reply
from loyalty.reviews.safe_replies import safe_replies
from tests.loyalty.reviews.replies import ALLOWED, REFUSED


@pytest.fixture
def review(in_aurora, now) -> Review:
    Service.objects.create(name="Chemical peel")
    Service.objects.create(name="HydraFacial, 60 min")
    return enter_review(
        site_id=ReviewSite.objects.get(name="Google").id,
        author="Jenna R.",
        rating=5,
        text="My Botox by Dr. Sato was great, I come every three months.",
        posted_on=now.date(),
        external_id="",
        today=now.date(),
    )


def test_the_table_is_large_enough_to_mean_something():
    assert len(REFUSED) >= 60
    assert len(ALLOWED) >= 30


@pytest.mark.parametrize(("text", "why"), [one for one in REFUSED if one[1] in ("patient", "treatment")])
def test_it_is_never_kept(review, text, why):
    with pytest.raises(ReplyRefused):
        save_reply(review_id=review.id, reply=text, seen="")
    assert Review.objects.get().reply == ""


@pytest.mark.parametrize("text", [*ALLOWED, *safe_replies()])
def test_a_plain_answer_is(review, text):
    assert save_reply(review_id=review.id, reply=text, seen="").reply == text


def test_that_the_author_told_it_themselves_changes_nothing(review):
    for text in ("We are glad that you like the Botox.", "Three months fly by until your next visit."):
        with pytest.raises(ReplyRefused):
            save_reply(review_id=review.id, reply=text, seen="")


def test_nobody_gets_past_it_by_the_portal(sign_in, review):
    with control_plane():
        client = sign_in("Olivia", at="aurora")
        page = client.post(f"/reviews/{review.id}/reply/", {"reply": "Thank you for your visit!", "seen": ""})
    assert page.status_code == 422
    text = page.content.decode()
    assert "<mark>Thank you for your visit</mark>" in text or "<mark>your visit</mark>" in text
    assert "Thank you for your visit!" in text
    assert "We take privacy seriously" in text
    assert Review.objects.get().reply == ""
