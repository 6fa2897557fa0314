from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Review, Service, Staff
from loyalty.reviews.enter import enter_review
from loyalty.reviews.match import match
from loyalty.reviews.reply import ReplyRefused, mark_not_posted, mark_posted, save_reply


@pytest.fixture
def review(google, now) -> Review:
    return enter_review(
        site_id=google.id,
        author="Jenna R.",
        rating=2,
        text="I had to wait.",
        posted_on=now.date() - timedelta(days=3),
        external_id="",
        today=now.date(),
    )


def test_a_safe_reply_is_a_draft_until_somebody_posted_it(review, now):
    assert save_reply(review_id=review.id, reply=" Thank you. \r\n", seen="").reply == "Thank you."
    assert Review.objects.get().replied_at is None
    assert mark_posted(review_id=review.id, now=now).replied_at == now
    with pytest.raises(Conflict):
        mark_posted(review_id=review.id, now=now)
    with pytest.raises(Conflict):
        save_reply(review_id=review.id, reply="Other", seen="Thank you.")
    assert mark_not_posted(review_id=review.id).replied_at is None
    with pytest.raises(Conflict):
        mark_not_posted(review_id=review.id)
    assert save_reply(review_id=review.id, reply="", seen="Thank you.").reply == ""


def test_a_reply_that_tells_too_much_is_refused_with_the_words_and_nothing_is_kept(review):
    with pytest.raises(ReplyRefused) as caught:
        save_reply(review_id=review.id, reply="Sorry about your last visit. Botox takes time.", seen="")
    assert {(one.words, one.why) for one in caught.value.refused} == {
        ("your last visit", "patient"),
        ("Botox", "treatment"),
    }
    assert "“your last visit” says, or lets one guess, that they are a patient" in caught.value.message
    assert caught.value.field == "reply"
    assert Review.objects.get().reply == ""
    assert not Entry.objects.filter(verb="review.reply_drafted").exists()


def test_the_catalogue_and_the_staff_of_the_practice_count(review, now):
    save_reply(review_id=review.id, reply="Thank you. Moonlight is lovely, and Zoltan says hello.", seen="")
    Service.objects.create(name="Moonlight")
    with pytest.raises(ReplyRefused):
        mark_posted(review_id=review.id, now=now)
    Staff.objects.create(display_name="Zoltan Kiss", role="provider")
    with pytest.raises(ReplyRefused) as caught:
        save_reply(review_id=review.id, reply="Zoltan says hello.", seen=Review.objects.get().reply)
    assert [one.why for one in caught.value.refused] == ["staff"]


def test_the_name_of_the_patient_it_was_matched_with_stays_inside(review, patient):
    match(review_id=review.id, patient_id=patient.id, by_person_id=None)
    with pytest.raises(ReplyRefused) as caught:
        save_reply(review_id=review.id, reply="Thank you, Marguerite.", seen="")
    assert [one.why for one in caught.value.refused] == ["name"]
    assert save_reply(review_id=review.id, reply="Thank you, Jenna.", seen="").reply


def test_of_two_who_write_the_second_is_told(review):
    save_reply(review_id=review.id, reply="Thank you.", seen="")
    with pytest.raises(Conflict) as caught:
        save_reply(review_id=review.id, reply="Thanks!", seen="")
    assert caught.value.code == "reply_changed"
    assert Review.objects.get().reply == "Thank you."


def test_without_a_reply_nothing_can_be_posted(review, now):
    with pytest.raises(DomainError) as caught:
        mark_posted(review_id=review.id, now=now)
    assert caught.value.code == "reply_missing"
    with pytest.raises(NotFound):
        mark_posted(review_id=uuid7(), now=now)
