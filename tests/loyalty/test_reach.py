"""Which ways to reach a patient are open."""

from datetime import date

import pytest

from loyalty.models import ContactPoint, Guardianship, Patient
from loyalty.patients.reach import mail_allowed, reach_of, wishes_of
from loyalty.touchpoints.channel import chosen

TODAY = date(2026, 11, 23)
CELL = {"kind": "phone", "value": "(503) 555-0148", "label": "mobile"}
HOME = {"kind": "phone", "value": "(503) 555-0110", "label": "home"}
EMAIL = {"kind": "email", "value": "m@example.com"}


def ways(points=(CELL,), consents=None, guardians=(), **wishes):
    return reach_of(
        Patient(given_name="Marguerite", address="2140 NW Lovejoy St", city="Portland", **wishes),
        points=[ContactPoint(**point) for point in points],
        guardians=guardians,
        consents=consents or {},
        today=TODAY,
    )


def said(**known):
    return [(way.way, way.value, way.wish, way.allowed) for way in ways(**known)]


CALL, TEXT = ("call", "(503) 555-0148", "", True), ("text", "(503) 555-0148", "No consent on file", False)
LETTER = ("letter", "2140 NW Lovejoy St, Portland", "", True)


def test_calls_and_letters_are_open_texts_and_emails_wait_for_a_yes():
    assert said(points=(CELL, EMAIL)) == [CALL, TEXT, LETTER, ("email", "m@example.com", "No consent on file", False)]


def test_a_yes_opens_texts_and_emails_and_a_no_closes_anything():
    yes = {("text", "visits"): True, ("email", "visits"): True}
    assert {(way, allowed) for way, _, _, allowed in said(points=(CELL, EMAIL), consents=yes)} == {
        ("call", True), ("text", True), ("letter", True), ("email", True),
    }  # fmt: skip
    no = {(channel, "visits"): False for channel in ("call", "text", "email", "letter")}
    assert [allowed for *_, allowed in said(points=(CELL, EMAIL), consents=no)] == [False, False, False]


def test_a_yes_to_news_is_no_yes_to_messages_about_visits():
    assert said(consents={("text", "marketing"): True})[1] == TEXT


def test_not_this_number_means_neither_call_nor_text():
    points = ({**CELL, "do_not_use": True}, {**EMAIL, "do_not_use": True})
    assert said(points=points, consents={("text", "visits"): True, ("email", "visits"): True}) == [
        ("call", "(503) 555-0148", "Not this number", False),
        LETTER,
        ("email", "m@example.com", "Not this address", False),
    ]


def test_not_at_home_closes_the_home_phone_and_the_letter():
    assert said(points=(CELL, HOME), not_at_home=True) == [
        CALL,
        ("call", "(503) 555-0110", "Never: not at home", False),
        TEXT,
        ("letter", "2140 NW Lovejoy St, Portland", "Never: not at home", False),
    ]


def test_who_asked_for_plain_envelopes_wants_letters_even_at_home():
    patient = Patient(given_name="M", not_at_home=True, plain_envelope=True)
    assert mail_allowed(patient)
    assert ("letter", "2140 NW Lovejoy St, Portland", "Plain envelope", True) in said(
        not_at_home=True, plain_envelope=True
    )


def test_no_voicemail_stands_beside_the_number():
    assert said(no_voicemail=True)[0] == ("call", "(503) 555-0148", "No voicemail", True)


def test_a_home_phone_is_not_texted():
    assert [way for way, *_ in said(points=(HOME,), consents={("text", "visits"): True})] == ["call", "letter"]


@pytest.mark.parametrize(
    ("wish", "words"), [({"deceased": True}, "Has died"), ({"no_contact": True}, "Wants no contact")]
)
def test_some_are_left_in_peace(wish, words):
    assert {(wish, allowed) for *_, wish, allowed in said(points=(CELL, EMAIL), **wish)} == {(words, False)}


def test_of_a_minor_only_the_guardian_is_reached():
    guardian = Guardianship(name="Margaret Ellison", phone="(503) 555-0199", relation="mother")
    assert said(guardians=[guardian], birth_year=2010) == [
        ("call", "(503) 555-0199", "Guardian", True),
        *[(way, value, "A minor: the guardian is contacted", False) for way, value, *_ in (CALL, TEXT, LETTER)],
    ]


def test_who_comes_of_age_today_is_reached_directly():
    assert said(birth_year=2008, birth_month=11, birth_day=23)[0] == CALL
    assert said(birth_year=2008, birth_month=11, birth_day=24)[0][3] is False
    # Of the year alone nobody can say; in doubt they are a minor.
    assert said(birth_year=2008)[0][3] is False


def test_the_channel_is_the_preferred_one_if_it_is_open_else_a_call_else_what_is_left():
    everything = ways(points=(CELL, EMAIL), consents={("text", "visits"): True})
    assert chosen(everything, preferred="text", planned="call") == "text"
    assert chosen(everything, preferred="email", planned="call") == "call"
    assert chosen(everything, preferred="", planned="letter") == "letter"
    assert chosen(ways(points=()), preferred="", planned="call") == "letter"


def test_with_nothing_on_file_somebody_has_to_ask_and_with_all_forbidden_it_is_said_in_person():
    assert chosen((), preferred="", planned="call") == "call"
    assert chosen(ways(no_contact=True), preferred="call", planned="call") == "in_person"


def test_wishes_are_told_in_words():
    patient = Patient(no_voicemail=True, plain_envelope=True, not_at_home=True, no_contact=True)
    assert wishes_of(patient) == ("No contact", "No voicemail", "Plain envelope", "Not at home")
