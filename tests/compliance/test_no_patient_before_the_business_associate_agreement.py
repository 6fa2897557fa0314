"""No real-patient import before the practice's business associate agreement is accepted. By hand neither."""

import pytest
from django.db import IntegrityError, connection, connections, transaction

from core.errors import DomainError
from core.tenancy.scope import practice_scope
from loyalty.intake.import_fhir import Target, import_fhir
from loyalty.intake.progress import Unwatched
from loyalty.models import Patient
from loyalty.patients.enrol import enrol
from tenants.actions.attest_agreement import attest_agreement
from tenants.models import Practice
from tests.intake.conftest import import_split  # noqa: F401
from tests.intake.exports import lines, patient, write


@pytest.fixture
def not_yet(open_place):
    return open_place(agreed=False)


def test_the_database_takes_no_patient(not_yet):
    with practice_scope(not_yet):
        with pytest.raises(IntegrityError, match="no patient before"), transaction.atomic():
            Patient.objects.create(given_name="Beatrice")
        with pytest.raises(IntegrityError, match="no patient before"), transaction.atomic():
            Patient.objects.bulk_create([Patient(given_name="Beatrice"), Patient(given_name="Marguerite")])
        assert not Patient.objects.exists()


def test_not_even_as_the_owner_of_the_database(not_yet):
    # No row at all: the database looks before it counts.
    table = f'"{not_yet.schema_name}".loyalty_patient'
    nobody = f"INSERT INTO {table} (id) SELECT id FROM {table}"
    with connections["owner"].cursor() as cursor, pytest.raises(IntegrityError, match="no patient before"):
        cursor.execute(nobody)


def test_adding_one_by_hand_says_what_is_missing(not_yet, now):
    with practice_scope(not_yet), pytest.raises(DomainError) as refused:
        enrol(given_name="Beatrice", family_name="Lindgren", now=now)
    assert refused.value.code == "agreement_missing"


def test_once_it_is_on_record_patients_can_be_added(not_yet, now):
    practice = Practice.objects.get(id=not_yet.id)
    attest_agreement(practice=practice, attested="Wanda Winter, 2026-11-01", aggregation=False, now=now)
    with practice_scope(not_yet):
        enrol(given_name="Beatrice", family_name="Lindgren", now=now)
        assert Patient.objects.count() == 1


def test_an_import_is_refused_before_a_file_is_read(import_split):  # noqa: F811
    with pytest.raises(DomainError) as refused:
        import_split(patient(), attested="")
    assert refused.value.code == "agreement_missing"


class NothingIsRead(Unwatched):
    def reading(self, size):
        raise AssertionError("the file was read")


@pytest.mark.parametrize("attested", ["", " "])
def test_an_import_into_a_practice_without_one_is_refused_too(not_yet, tmp_path, now, attested):
    with pytest.raises(DomainError) as refused:
        import_fhir(
            path=write(tmp_path, all_ndjson=lines(patient())),
            target=Target(Practice.objects.get(id=not_yet.id).slug),
            attested=attested,
            report_path=tmp_path / "errors.csv",
            progress=NothingIsRead(),
            now=now,
        )
    assert refused.value.code == "agreement_missing"
    with practice_scope(not_yet):
        assert not Patient.objects.exists()


def test_one_practices_agreement_opens_no_other(not_yet, open_place):
    other = open_place()
    with practice_scope(other):
        Patient.objects.create(given_name="Marguerite")
    with practice_scope(not_yet), pytest.raises(IntegrityError, match="no patient before"), transaction.atomic():
        Patient.objects.create(given_name="Beatrice")


def test_the_guard_stands_in_every_schema(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname FROM pg_namespace n WHERE n.nspname LIKE 'p\\_%' AND NOT EXISTS (SELECT FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = n.oid AND c.relname = 'loyalty_patient'"
            " AND t.tgname = 'patient_needs_agreement' AND t.tgenabled = 'O')"
        )
        assert cursor.fetchall() == []
