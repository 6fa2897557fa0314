from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.messages.consent import history
from loyalty.models import Consent, Testimonial
from loyalty.testimonials import listed
from loyalty.testimonials.publish import publish, restore, take_down
from loyalty.testimonials.shown import public_page


@pytest.fixture
def three(sign):
    return [sign(words=words, rating=rating) for words, rating in (("Kind.", 9), ("Cold.", 2), ("Calm.", 10))]


def shown() -> list[str]:
    return [one.words for one in public_page().shown]


def down(one, now, because="names_somebody"):
    return take_down(testimonial_id=one.id, because=because, by_person_id=None, now=now)


def test_all_that_wait_go_up_the_newest_stands_first(three, now):
    assert shown() == []
    assert publish(now=now) == 3
    assert shown() == ["Calm.", "Cold.", "Kind."]
    page = public_page()
    assert (page.count, page.rated, page.mean) == (3, 3, 7.0)
    with pytest.raises(Conflict):
        publish(now=now)


def test_some_go_up_only_with_all_that_waited_before_them(three, now):
    assert publish(through=three[1].id, now=now) == 2
    assert shown() == ["Cold.", "Kind."]
    with pytest.raises(Conflict):
        publish(through=three[1].id, now=now)
    with pytest.raises(Conflict):
        publish(through=uuid7(), now=now)


def test_the_database_lets_nobody_skip_one(three, now):
    with pytest.raises(IntegrityError, match="in the order"), transaction.atomic():
        Testimonial.objects.filter(id=three[2].id).update(published_at=now)
    with pytest.raises(IntegrityError, match="in the order"), transaction.atomic():
        Testimonial.objects.filter(rating__gte=9).update(published_at=now)


def test_what_is_left_out_for_a_reason_holds_nobody_up(three, now):
    down(three[1], now)
    assert publish(now=now) == 2
    assert shown() == ["Calm.", "Kind."]


def test_down_is_for_a_reason_and_the_rating_is_none(three, now):
    publish(now=now)
    for because in ("", "rating", "negative"):
        with pytest.raises(DomainError) as caught:
            down(three[1], now, because)
        assert caught.value.field == "because"
    down(three[1], now)
    assert shown() == ["Calm.", "Kind."]
    assert Entry.objects.get(verb="testimonial.taken_down").detail == {"because": "names_somebody"}
    with pytest.raises(Conflict):
        down(three[1], now)
    with pytest.raises(NotFound):
        take_down(testimonial_id=uuid7(), because="twice", by_person_id=None, now=now)


def test_a_mistake_is_taken_back(three, now):
    publish(now=now)
    down(three[1], now)
    restore(testimonial_id=three[1].id, now=now)
    assert shown() == ["Calm.", "Cold.", "Kind."]
    with pytest.raises(Conflict):
        restore(testimonial_id=three[1].id, now=now)


def test_what_was_left_out_by_mistake_goes_up_with_those_behind_it(three, now):
    down(three[0], now)
    publish(now=now)
    assert restore(testimonial_id=three[0].id, now=now).published_at == now
    assert shown() == ["Calm.", "Cold.", "Kind."]


def test_what_was_withdrawn_is_down_at_once_and_only_a_new_consent_brings_it_back(three, patient, sign, now):
    publish(now=now)
    later = now + timedelta(hours=1)
    down(three[0], later, "withdrawn")
    assert shown() == []
    assert history(patient_id=patient.id)[0].granted is False
    with pytest.raises(DomainError):
        restore(testimonial_id=three[0].id, now=later)
    sign(words="Again.", now=later + timedelta(hours=1))
    publish(now=later + timedelta(hours=1))
    assert shown() == ["Again."]


def test_a_no_written_down_anywhere_else_counts_at_once(three, patient, now):
    publish(now=now)
    Consent.objects.create(
        patient=patient, channel="email", purpose="testimonial", granted=False, decided_at=now, source="wrote to us"
    )
    assert shown() == []
    lists = listed.testimonials()
    assert (len(lists.up), len(lists.down)) == (0, 3)


def test_a_no_to_anything_else_takes_nothing_down(three, patient, now):
    publish(now=now)
    Consent.objects.create(
        patient=patient, channel="email", purpose="marketing", granted=False, decided_at=now, source="wrote to us"
    )
    assert len(shown()) == 3


def test_the_team_sees_what_waits_what_is_up_and_whether_that_is_fair(three, make_patient, sign, now):
    publish(through=three[1].id, now=now)
    down(three[1], now)
    lists = listed.testimonials()
    assert [line.testimonial.words for line in lists.waiting] == ["Calm."]
    assert [line.testimonial.words for line in lists.up] == ["Kind."]
    assert [(line.testimonial.words, line.because) for line in lists.down] == [
        ("Cold.", "They name or describe another person")
    ]
    assert (lists.fairness.agreed, lists.fairness.agreed_mean) == (3, 7.0)
    assert (lists.fairness.down, lists.fairness.down_mean) == (1, 2.0)
    assert Entry.objects.get(verb="testimonials.read").patients == [three[0].patient_id]


def test_insiders_and_names_are_as_chosen(sign, now):
    sign(insider="staff", shown_as="anonymous", rating=None)
    publish(now=now)
    (one,) = public_page().shown
    assert (one.name, one.flag, one.rating, one.month.day) == ("A patient", "Works here", None, 1)
    assert public_page().mean is None
