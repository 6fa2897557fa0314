"""Patients from a table: who is new, who is known, and what of each is kept."""

import pytest

from core.audit.models import Entry
from loyalty.models import Consent, ContactPoint, Memory, Occasion, Patient, PatientIdentifier, Touchpoint
from loyalty.patients.enrol import enrol
from tests.intake.sheets.conftest import counts

HEADER = "Client ID,First Name,Last Name,Birth Date,Mobile Phone,Email,City,Zip,Notes\n"
TWO = (
    HEADER
    + "004182,Marguerite,Ellison,02/03/1969,(503) 555-0148,marguerite@example.com,Portland,02134,Has a puppy\n"
    + "004183,Nora,Haddad,09/30/1990,503.555.0133,,Portland,97201,\n"
)


@pytest.fixture
def marguerite(bring):
    bring(TWO)
    return Patient.objects.get(family_name="Ellison")


def test_patients_land_exactly_as_they_are_written(marguerite):
    assert (marguerite.given_name, marguerite.city, marguerite.postal_code) == ("Marguerite", "Portland", "02134")
    assert (marguerite.birth_year, marguerite.birth_month, marguerite.birth_day) == (1969, 2, 3)
    points = ContactPoint.objects.filter(patient=marguerite).order_by("kind")
    assert [(p.kind, p.value, p.search, p.label) for p in points] == [
        ("email", "marguerite@example.com", "marguerite@example.com", ""),
        ("phone", "(503) 555-0148", "5035550148", "mobile"),
    ]
    assert PatientIdentifier.objects.get(patient=marguerite).value == "004182"


def test_a_note_becomes_a_memory_that_providers_see_first(marguerite):
    memory = Memory.objects.get()
    assert (memory.text, memory.source, memory.sensitivity) == ("Has a puppy", "Imported from clients.csv", "clinical")
    assert not memory.consented


def test_the_same_file_again_changes_nothing(bring):
    assert counts(bring(TWO)) == {"new": 2}
    assert counts(bring(TWO)) == {"unchanged": 2}
    assert (Patient.objects.count(), ContactPoint.objects.count(), Memory.objects.count()) == (2, 3, 1)


def test_what_the_file_knows_better_is_renewed_and_what_it_leaves_empty_stays(bring):
    bring(TWO)
    again = HEADER + "004182,Marguerite,Ellison-Roy,,503-555-0199,,,,\n"
    assert counts(bring(again)) == {"changed": 1}
    known = Patient.objects.get(family_name="Ellison-Roy")
    assert (known.birth_year, known.city) == (1969, "Portland")
    assert ContactPoint.objects.filter(patient=known, kind="phone").count() == 2


def test_a_check_tells_the_same_numbers_and_writes_nothing(bring):
    bring(TWO)
    of = bring.checked(TWO.replace("02134", "02135") + "9,New,Person,,,,,,\n9,New,Person,,,,,,\n")
    assert counts(of) == {"new": 1, "changed": 1, "unchanged": 2}
    assert Patient.objects.count() == 2
    assert counts(bring.run(of)) == {"new": 1, "changed": 1, "unchanged": 2}


def test_who_was_written_down_by_hand_is_known_by_name_and_phone(bring, now):
    by_hand = enrol(given_name="Márguerite", family_name="ELLISON", phones=["503 555 0148"], now=now)
    assert counts(bring(TWO)) == {"new": 1, "changed": 1}
    assert PatientIdentifier.objects.get(value="004182").patient_id == by_hand.id


def test_the_same_name_and_phone_with_another_birthday_is_somebody_else(bring, now):
    enrol(given_name="Marguerite", family_name="Ellison", phones=["503 555 0148"], birth=(1940, 2, 3), now=now)
    assert counts(bring(TWO)) == {"new": 2}


def test_a_record_number_alone_makes_nobody_the_same(bring, now, issues):
    enrol(given_name="Otto", family_name="Other", record_number="0042", now=now)
    of = bring("MRN,First Name,Last Name\n0042,Marguerite,Ellison\n")
    assert counts(of) == {"new": 1, "remarked": 1}
    assert issues(of) == [(2, "", "The record number “0042” belongs to another patient; left out", True)]
    assert Patient.objects.get(given_name="Marguerite").record_number == ""


def test_a_number_that_means_somebody_else_overwrites_nobody(bring, issues):
    bring(TWO)
    of = bring(HEADER + "004182,Olga,Petrova,,,,,,\n")
    assert counts(of) == {"refused": 1}
    assert issues(of) == [(2, "", "The number “004182” is already that of a patient with another name", False)]
    assert not Patient.objects.filter(given_name="Olga").exists()


def test_numbers_of_two_systems_are_kept_apart(bring):
    bring(TWO, known_as="Boulevard")
    assert counts(bring(HEADER + "004182,Olga,Petrova,,,,,,\n", known_as="Zenoti")) == {"new": 1}


def test_two_rows_about_the_same_person_are_one_patient(bring):
    of = bring('Name,Cell,Email\nAna Ruiz,503-555-0100,\n"Ruiz, Ana",503 555 0100,ana@example.com\n')
    assert counts(of) == {"new": 1, "changed": 1}
    assert Patient.objects.count() == 1
    assert ContactPoint.objects.count() == 2


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("02/30/1984", "“02/30/1984”: February 1984 has no day 30; left out"),
        ("someday", "“someday” is not a date; left out"),
        ("05/17/2062", "“05/17/2062”: The year of birth must lie between 1850 and 2026; left out"),
    ],
)
def test_a_row_lands_without_a_birthday_that_cannot_be(bring, issues, cell, reason):
    of = bring(f"First Name,Last Name,DOB\nOwen,Bradley,{cell}\n")
    assert counts(of) == {"new": 1, "remarked": 1}
    assert issues(of) == [(2, "DOB", reason, True)]


@pytest.mark.parametrize("number", ["555-01", "5550148", "call me", "999999999999999999999999"])
def test_a_row_lands_without_a_phone_that_reaches_nobody(bring, issues, number):
    of = bring(f"First Name,Last Name,Cell\nCaleb,Stone,{number}\n")
    assert counts(of) == {"new": 1, "remarked": 1}
    assert issues(of)[0][1] == "Cell"
    assert not ContactPoint.objects.exists()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1980", (1980, None, None)),
        ("1980-05", (1980, 5, None)),
        ("05/1980", (1980, 5, None)),
        ("May 17, 1980", (1980, 5, 17)),
        ("17 May 1980", (1980, 5, 17)),
        ("1980-05-17T00:00:00", (1980, 5, 17)),
        ("5/17/80", (1980, 5, 17)),
    ],
)
def test_a_birthday_may_be_known_in_part(bring, written, kept):
    bring(f'First Name,Last Name,DOB\nAna,Ruiz,"{written}"\n')
    ana = Patient.objects.get()
    assert (ana.birth_year, ana.birth_month, ana.birth_day) == kept


def test_a_birthday_without_its_year_is_an_occasion(bring):
    bring("First Name,Last Name,Birthday\nAna,Ruiz,05-17\nLeo,Ruiz,02-29\n")
    assert sorted(Occasion.objects.values_list("kind", "month", "day")) == [("birthday", 2, 29), ("birthday", 5, 17)]


def test_a_row_without_a_name_is_refused(bring, issues):
    of = bring("First Name,Last Name,Email\n,,ana@example.com\n\u200b,,leo@example.com\n")
    assert counts(of) == {"refused": 2}
    assert {reason for _, _, reason, _ in issues(of)} == {"The row has no name"}


def test_nothing_is_inferred(bring):
    bring('Client ID,First Name,Last Name,Zip\n1E5,NULL,N/A,00501\n007,TRUE,"=1+1",1e5\n')
    rows = sorted(Patient.objects.values_list("given_name", "family_name", "postal_code"))
    assert rows == [("NULL", "N/A", "00501"), ("TRUE", "=1+1", "1e5")]
    assert sorted(PatientIdentifier.objects.values_list("value", flat=True)) == ["007", "1E5"]


def test_agreements_to_be_written_to_are_not_taken_from_a_file(bring):
    of = bring("First Name,Last Name,Email,Opt In,Email Subscription Status\nAna,Ruiz,a@example.com,Y,Subscribed\n")
    assert of.mapping[3:] == ["", ""]
    assert not Consent.objects.exists()


def test_history_makes_no_contact(bring):
    bring(TWO)
    assert not Touchpoint.objects.exists()


def test_the_trail_says_that_it_may_concern_everybody(bring):
    of = bring(TWO)
    told = {e.verb: e for e in Entry.objects.filter(subject_id=of.id)}
    assert told["import.begun"].everyone
    assert told["import.loaded"].everyone
    assert told["import.loaded"].detail == {"kind": "patients", "new": 2, "changed": 0, "refused": 0}
