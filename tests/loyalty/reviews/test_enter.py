from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Review
from loyalty.reviews.enter import enter_review
from loyalty.reviews.listed import NO_STARS, Filter, find_review, reviews, standings
from loyalty.reviews.match import match, unmatch


@pytest.fixture
def enter(google, now):
    def entered(**fields):
        usual = {
            "site_id": google.id,
            "author": "Jenna R.",
            "rating": 5,
            "text": "Kind people.",
            "posted_on": now.date() - timedelta(days=3),
            "external_id": "",
            "today": now.date(),
        }
        return enter_review(**{**usual, **fields})

    return entered


def test_a_review_is_kept_as_it_stands_on_the_site_and_matched_with_nobody(enter):
    review = enter(text="  Kind\r\npeople.  ")
    assert (review.author, review.rating, review.text, review.patient) == ("Jenna R.", 5, "Kind\npeople.", None)
    assert Entry.objects.get(verb="review.entered").subject_id == review.id


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"rating": 6}, "rating"),
        ({"rating": 0}, "rating"),
        ({"rating": None, "text": " \u200b "}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"author": "x" * 121}, "author"),
    ],
)
def test_what_cannot_be_a_review_is_refused_with_its_field(enter, given, field):
    with pytest.raises(DomainError) as caught:
        enter(**given)
    assert caught.value.field == field
    assert not Review.objects.exists()


def test_no_review_is_from_tomorrow_or_from_before_there_were_any(enter, now):
    for day in (now.date() + timedelta(days=1), now.date().replace(year=1900)):
        with pytest.raises(DomainError) as caught:
            enter(posted_on=day)
        assert caught.value.field == "posted_on"


def test_the_same_one_is_not_kept_twice(enter):
    enter()
    with pytest.raises(Conflict):
        enter(author="JENNA R.")
    enter(text="Kinder people.")
    enter(external_id="a1", text="Another")
    with pytest.raises(Conflict):
        enter(external_id="a1", text="Edited since")
    # The same words twice, under two numbers of the site's, are two reviews.
    enter(external_id="a2", text="Another")
    assert Review.objects.count() == 4


def test_an_unknown_site_is_not_found(enter):
    with pytest.raises(NotFound):
        enter(site_id=uuid7())


def test_the_list_is_filtered_and_names_whom_it_shows(enter, patient, now):
    five, three, none = enter(), enter(rating=3, text="Fine"), enter(rating=None, text="Hm")
    match(review_id=five.id, patient_id=patient.id, by_person_id=None)
    Review.objects.filter(id=three.id).update(reply="Thank you", replied_at=now)

    def shown(**which):
        return {line.review.id for line in reviews(which=Filter(**which), limit=10).lines}

    assert shown() == {five.id, three.id, none.id}
    assert shown(unanswered=True) == {five.id, none.id}
    assert shown(rating=3) == {three.id}
    assert shown(rating=NO_STARS) == {none.id}
    assert shown(site_id=uuid7()) == set()
    assert reviews(which=Filter(), limit=2).more
    assert Entry.objects.filter(verb="reviews.read", patients=[patient.id]).exists()
    (google, *_) = standings()
    assert (google.reviews, google.unanswered, google.mean, google.rated) == (3, 2, 4.0, 2)


def test_a_person_matches_and_takes_it_off_again(enter, patient, make_patient):
    review, me = enter(author="Marguerite E."), uuid7()
    assert find_review(review.id).matched == ""
    matched = match(review_id=review.id, patient_id=patient.id, by_person_id=me)
    assert (matched.patient_id, matched.matched_by_person_id) == (patient.id, me)
    assert find_review(review.id).matched == "Marguerite Ellison"
    with pytest.raises(Conflict):
        match(review_id=review.id, patient_id=make_patient("Hugo Hart").id, by_person_id=me)
    assert unmatch(review_id=review.id).patient is None
    with pytest.raises(Conflict):
        unmatch(review_id=review.id)
    assert Entry.objects.get(verb="review.unmatched").patients == [patient.id]


def test_a_match_with_a_merged_record_goes_to_the_one_that_stays(enter, patient, make_patient):
    gone = make_patient("Marguerite E")
    gone.merged_into = patient
    gone.save()
    assert match(review_id=enter().id, patient_id=gone.id, by_person_id=None).patient_id == patient.id
