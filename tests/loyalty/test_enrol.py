"""A patient is written down: what is kept, and what is refused with a reason."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from core.errors import DomainError
from loyalty.models import ContactPoint, Patient
from loyalty.patients.enrol import enrol


@pytest.fixture
def write(in_aurora, now):
    return lambda **given: Patient.objects.get(
        id=enrol(**{"given_name": "Marguerite", "family_name": "Ellison", "now": now, **given}).id
    )


def refusal(write, **given):
    with pytest.raises(DomainError) as refused:
        write(**given)
    assert not Patient.objects.exists()
    return refused.value


def points(patient):
    return list(patient.contact_points.order_by("kind", "rank").values_list("kind", "value", "search", "rank"))


def test_names_are_kept_without_the_blanks_around_them(write):
    someone = write(given_name="  Marguerite ", family_name="\tvan der Berg\n", preferred_name="\u00a0Peg\u2003")
    assert (someone.given_name, someone.family_name, someone.preferred_name) == ("Marguerite", "van der Berg", "Peg")
    assert someone.display_name == "Peg van der Berg"


def test_phones_are_kept_as_given_with_their_digits_for_search(write):
    someone = write(phones=["(503) 555-0148", "+1 503 555 0199 x12", ""])
    assert points(someone) == [
        ("phone", "(503) 555-0148", "5035550148", 1),
        ("phone", "+1 503 555 0199 x12", "1503555019912", 2),
    ]


def test_emails_are_kept_as_given_and_searched_in_lower_case(write):
    someone = write(emails=["M.Ellison@Example.com", "second@example.com"], phones=["(503) 555-0148"])
    assert points(someone) == [
        ("email", "M.Ellison@Example.com", "m.ellison@example.com", 1),
        ("email", "second@example.com", "second@example.com", 2),
        ("phone", "(503) 555-0148", "5035550148", 1),
    ]


def test_what_is_given_twice_is_kept_once(write):
    someone = write(phones=["(503) 555-0148", "503.555.0148"], emails=["a@example.com", "A@example.com"])
    assert len(points(someone)) == 2


def test_digits_of_every_script_count(write):
    assert points(write(phones=["٥٠٣٥٥٥٠١٤٨"]))[0][2] == "5035550148"


def test_leading_zeros_of_a_record_number_stay(write):
    assert write(record_number="000123").record_number == "000123"


@pytest.mark.parametrize(
    "birth", [(None, None, None), (1980, None, None), (1980, 5, None), (1980, 5, 17), (1988, 2, 29)]
)
def test_a_date_of_birth_may_be_known_in_part(write, birth):
    someone = write(birth=birth)
    assert (someone.birth_year, someone.birth_month, someone.birth_day) == birth


@pytest.mark.parametrize(
    ("birth", "words"),
    [
        ((None, 5, 17), "Add the year of birth"),
        ((1980, None, 17), "Add the month of birth"),
        ((1980, 13, None), "between 1 and 12"),
        ((1987, 2, 29), "February 1987 has no day 29"),
        ((1980, 4, 31), "April 1980 has no day 31"),
        ((1980, 4, 0), "has no day 0"),
        ((1849, None, None), "between 1850 and 2026"),
        ((2027, None, None), "between 1850 and 2026"),
        ((2026, 12, 1), "lies ahead"),
    ],
)
def test_a_date_on_which_nobody_was_born_is_refused(write, birth, words):
    refused = refusal(write, birth=birth)
    assert words in refused.message
    assert refused.field == "birth"


def test_who_is_born_today_east_of_here_is_born(in_aurora):
    evening = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    assert enrol(given_name="Newborn", family_name="", birth=(2026, 11, 24), now=evening).birth_day == 24


@pytest.mark.parametrize("blank", ["", "   ", "\u200b", "\ufeff\u2060"])
def test_somebody_without_a_name_that_can_be_seen_is_refused(write, blank):
    refused = refusal(write, given_name=blank, family_name="", preferred_name="")
    assert (refused.code, refused.field) == ("name_missing", "given_name")


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        ("Mar\0guerite", "a zero character"),
        ("Mar\tguerite", "a tab"),
        ("Mar\nguerite", "a line break"),
        ("Mar\x1b[31mguerite", "an escape character"),
        ("Marguerite\x1f", "a control character"),
        ("Mar\x85guerite", "a control character"),
        ("Mar\ud800guerite", "a control character"),
    ],
)
@pytest.mark.parametrize(
    "field", ["given_name", "family_name", "preferred_name", "record_number", "address", "pronouns"]
)
def test_control_characters_are_refused_by_name(write, field, bad, named):
    refused = refusal(write, **{field: bad})
    assert refused.field == field
    assert f"holds {named}, which cannot be kept. Type it by hand." in refused.message


def test_control_characters_in_phones_and_emails_are_refused_too(write):
    assert refusal(write, phones=["503\x00555-0148"]).field == "phones"
    assert refusal(write, emails=["a\x00@example.com"]).field == "emails"


@pytest.mark.parametrize("phone", ["123", "call me", "1" * 23, "---"])
def test_a_phone_number_that_is_none_is_refused_with_an_example(write, phone):
    refused = refusal(write, phones=[phone])
    assert refused.field == "phones"
    assert "(503) 555-0148" in refused.message or "whole" in refused.message


@pytest.mark.parametrize("email", ["ana", "ana@", "@example.com", "ana example.com", "ana@example", "a b@example.com"])
def test_an_email_address_that_is_none_is_refused_with_an_example(write, email):
    refused = refusal(write, emails=[email])
    assert (refused.code, refused.field) == ("email_invalid", "emails")
    assert "ana@example.com" in refused.message


def test_what_is_too_long_is_refused_with_how_much_fits(write):
    refused = refusal(write, given_name="x" * 121)
    assert refused.message == "The given name has 121 characters and 120 fit. Shorten it."
    assert write(given_name="x" * 120).given_name == "x" * 120


def test_a_record_number_that_is_taken_is_refused_and_the_work_goes_on(write):
    write(record_number="42")
    with pytest.raises(DomainError, match="has the record number 42") as refused:
        write(record_number=" 42 ", given_name="Somebody")
    assert refused.value.field == "record_number"
    assert Patient.objects.count() == 1
    assert ContactPoint.objects.count() == 0


def test_an_unknown_way_to_be_reached_is_refused(write):
    assert refusal(write, preferred_channel="pigeon").field == "preferred_channel"
    assert write(preferred_channel="letter").preferred_channel == "letter"


NAUGHTY = Path(settings.REAL_DATA_DIR) / "bad_input" / "blns.json"


@pytest.mark.real_data
@pytest.mark.skipif(not NAUGHTY.exists(), reason=f"the list of naughty strings is not at {NAUGHTY}")
def test_naughty_strings_are_stored_exactly_or_refused_with_a_reason(in_aurora, now):
    kept, refused = 0, []
    for text in json.loads(NAUGHTY.read_text()):
        try:
            someone = enrol(given_name=text, family_name=text, address=text, now=now)
        except DomainError as error:
            refused.append(error.code)
            continue
        stored = Patient.objects.get(id=someone.id)
        # Exactly, but for the blanks around it.
        assert stored.given_name == stored.family_name == stored.address
        assert stored.given_name in text
        assert text.replace(stored.given_name, "", 1).isspace() or text == stored.given_name
        kept += 1
    assert set(refused) == {"text_unreadable", "text_too_long", "name_missing"}
    assert (kept, len(refused)) == (492, 23)


PHONES = Path(settings.REAL_DATA_DIR) / "bad_input" / "phones_libphonenumber_examples.csv"


@pytest.mark.real_data
@pytest.mark.skipif(not PHONES.exists(), reason=f"the list of phone numbers is not at {PHONES}")
def test_every_valid_number_of_the_world_is_kept_as_it_is_written(in_aurora, now):
    valid = [line.split(",") for line in PHONES.read_text().splitlines() if line.endswith(",valid")]
    for _, _, e164, national, _ in valid:
        someone = enrol(given_name="Ana", family_name="", phones=[e164, national], now=now)
        given = {point.value for point in someone.contact_points.all()}
        assert given <= {e164, national}
        assert e164 in given
    assert len(valid) > 400
