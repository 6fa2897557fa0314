"""Displayed testimonials are not filtered by rating, insiders are flagged, nothing is shown that was not agreed to."""

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError
from core.tenancy.scope import control_plane
from loyalty.models import Insider, Patient, TakenDown, Testimonial
from loyalty.patients.enrol import enrol
from loyalty.testimonials.agree import agree
from loyalty.testimonials.publish import publish, take_down
from loyalty.testimonials.shown import FLAGS, public_page

PATH = "/testimonials/"


@pytest.fixture
def sign(in_aurora, now):
    def signed(name="Marguerite Ellison", **fields):
        given, _, family = name.partition(" ")
        who = Patient.objects.filter(given_name=given).first() or enrol(given_name=given, family_name=family, now=now)
        usual = {
            "feedback_id": None,
            "words": f"Words of {given[0]}.",
            "rating": 9,
            "said_on": now.date(),
            "shown_as": "first_name",
            "insider": "none",
            "source": "signed the form",
            "by_person_id": None,
            "today": now.date(),
            "now": now,
        }
        return agree(patient_id=who.id, **{**usual, **fields})

    return signed


@pytest.fixture
def look(stranger_client):
    """look(): the public page as anybody sees it. look(at="borealis", **headers)."""

    def looked(*, at="aurora", **headers):
        with control_plane():
            return stranger_client(at).get(PATH, headers=headers)

    return looked


def test_the_unhappy_stand_beside_the_happy(sign, now):
    for name, rating in (("Ana Hart", 10), ("Ben Hart", 0), ("Cleo Hart", None), ("Dora Hart", 5)):
        sign(name, rating=rating)
    publish(now=now)
    assert [one.rating for one in public_page().shown] == [5, None, 0, 10]
    assert public_page().mean == 5.0


@pytest.mark.parametrize("keep", [{"rating__gte": 9}, {"rating__gte": 7}, {"rating": 10}])
def test_the_database_lets_nobody_publish_by_rating(sign, now, keep):
    for name, rating in (("Ana Hart", 1), ("Ben Hart", 10)):
        sign(name, rating=rating)
    with pytest.raises(IntegrityError, match="in the order"), transaction.atomic():
        Testimonial.objects.filter(**keep).update(published_at=now)


def test_no_reason_to_take_words_down_is_about_what_they_rated():
    words = " ".join(label.lower() for label in TakenDown.labels)
    for word in ("rating", "rated", "score", "star", "negative", "bad", "unhappy", "low"):
        assert word not in words.replace("unlawful", "")


def test_a_rating_is_no_reason(sign, now):
    one = sign(rating=0)
    publish(now=now)
    with pytest.raises(DomainError):
        take_down(testimonial_id=one.id, because="rating", by_person_id=None, now=now)
    assert public_page().count == 1


@pytest.mark.parametrize("insider", [one for one in Insider if one != Insider.NONE])
def test_whoever_stands_close_is_flagged_where_everybody_sees_it(sign, now, look, insider):
    sign(insider=insider)
    publish(now=now)
    page = look().content.decode()
    assert f'<strong class="said-flag">{FLAGS[insider]}</strong>' in page


def test_the_public_page_shows_what_was_agreed_to_and_nothing_else(sign, now, look):
    sign("Marguerite Ellison", shown_as="initials", rating=None, words="Calm & kind <b>people</b>.")
    sign("Zelda Quill", shown_as="anonymous", words="Second.")
    publish(now=now)
    page = look().content.decode()
    assert "M. E." in page
    assert "Calm &amp; kind &lt;b&gt;people&lt;/b&gt;." in page
    for word in ("Marguerite", "Ellison", "Zelda", "Quill", str(Patient.objects.first().id), now.strftime("%Y-%m-%d")):
        assert word not in page
    assert page.count('itemprop="review"') == 2


def test_taken_back_it_is_gone_with_the_next_look(sign, now, look):
    one = sign()
    publish(now=now)
    first = look()
    assert "Words of M." in first.content.decode()
    assert first.headers["Cache-Control"] == "public, no-cache"
    tag = first.headers["ETag"]
    assert look(if_none_match=tag).status_code == 304
    take_down(testimonial_id=one.id, because="withdrawn", by_person_id=None, now=now)
    again = look(if_none_match=tag)
    assert again.status_code == 200
    assert "Words of M." not in again.content.decode()


def test_it_may_be_framed_alone_and_runs_no_script(sign, now, look, sign_in):
    page = look()
    assert "frame-ancestors https:" in page.headers["Content-Security-Policy"]
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert b"<script" not in page.content
    assert b"<form" not in page.content
    assert not page.cookies
    assert "Cookie" not in page.headers.get("Vary", "")
    with control_plane():
        other = sign_in("Olivia", at="aurora").get("/")
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]


def test_each_practice_shows_its_own(sign, now, look):
    sign()
    publish(now=now)
    other = look(at="borealis")
    assert other.status_code == 200
    assert "Words of M." not in other.content.decode()
