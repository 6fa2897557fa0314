"""Everything that is kept of a practice goes into one file: complete by construction, and the owner's alone."""

import csv
import io
import zipfile

import pytest
from django.db import connection

from core.audit.models import Entry
from core.tenancy.copy_out import practice_tables
from core.tenancy.scope import practice_scope
from loyalty.models import Patient
from loyalty.patients.enrol import enrol
from tenants.models import Practice

AWKWARD = 'Zoë "Zo" O\'Neill,\nthe 2nd'


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def patient(aurora, now) -> Patient:
    with practice_scope(aurora):
        someone = enrol(given_name="Zoë", family_name="Quillfeather", record_number="000123", now=now)
        Patient.objects.filter(id=someone.id).update(preferred_name=AWKWARD)
        return someone


def exported(client) -> dict[str, list[dict[str, str]]]:
    """Name of each file → its rows."""
    answer = client.post("/export/")
    assert answer.status_code == 200
    whole = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert whole.testzip() is None
    return {
        name: list(csv.DictReader(io.StringIO(whole.read(name).decode(), newline="")))
        for name in whole.namelist()
        if name.endswith(".csv")
    }


def test_every_table_and_every_row_is_in_it(olivia, aurora, patient):
    files = exported(olivia)
    with practice_scope(aurora):
        tables = practice_tables()
        assert {f"records/{table}.csv" for table in tables} <= files.keys()
        for table in set(tables) - {"audit_entry"}:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                assert len(files[f"records/{table}.csv"]) == cursor.fetchone()[0], table
    assert "loyalty_patient" in tables


def test_words_and_zeros_come_through_as_they_are(olivia, patient):
    (row,) = [row for row in exported(olivia)["records/loyalty_patient.csv"] if row["id"] == str(patient.id)]
    assert (row["preferred_name"], row["record_number"]) == (AWKWARD, "000123")


def test_people_and_agreements_are_in_it(olivia):
    files = exported(olivia)
    assert {row["name"] for row in files["people.csv"]} == {"Olivia Owens", "Martin Mann", "Priya Patel", "Frank Ford"}
    assert {row["document"] for row in files["agreements.csv"]} >= {"terms", "business_associate"}


def test_nothing_of_another_practice_is_in_it(olivia, patient, borealis, now):
    with practice_scope(borealis):
        enrol(given_name="Only", family_name="Borealis-Patient", now=now)
    assert "Borealis-Patient" not in str(exported(olivia))
    assert "Bella" not in str(exported(olivia))


def test_the_trail_says_that_it_was_made_in_the_file_too(olivia, aurora, patient):
    files = exported(olivia)
    assert "practice.exported" in {row["verb"] for row in files["records/audit_entry.csv"]}
    with practice_scope(aurora):
        assert Entry.objects.get(verb="practice.exported").everyone


@pytest.mark.parametrize("status", ["suspended", "left"])
def test_the_owner_of_a_closed_practice_still_can(olivia, aurora, patient, status, words):
    Practice.objects.filter(id=aurora.id).update(status=status, left_on="2026-11-01")
    assert "Export everything" in words(olivia.get("/"))
    assert olivia.get("/export/").status_code == 200
    assert len(exported(olivia)["records/loyalty_patient.csv"]) == 1
    assert olivia.get("/patients/").status_code == 403


@pytest.mark.parametrize("who", ["Martin", "Priya", "Frank"])
@pytest.mark.parametrize("status", ["active", "suspended"])
def test_nobody_else_can(sign_in, aurora, patient, who, status):
    Practice.objects.filter(id=aurora.id).update(status=status)
    assert sign_in(who, at="aurora").post("/export/").status_code in (403, 404)
