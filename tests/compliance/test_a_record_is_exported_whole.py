"""HIPAA: who asks for their record gets all of it (45 CFR 164.524), and not a word of anybody else's."""

import io
import json

import pytest
from django.urls import reverse

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Memory, Patient
from loyalty.patients.enrol import enrol
from loyalty.patients.tables import patient_lists, patient_tables
from loyalty.record_export.export import Form, export_record
from loyalty.record_export.rows import Sight
from tests.compliance.phi.canaries import MARK, fill

EVERYTHING = Sight(clinical=True, feedback=True)


def exported(patient_id, now, *, form=Form.JSON, sight=EVERYTHING):
    file = io.BytesIO()
    export_record(patient_id=patient_id, form=form, sight=sight, other=None, by_person_id=None, into=file, now=now)
    return file.getvalue().decode()


@pytest.fixture
def filled(in_aurora):
    """A patient with a row in every table, each field filled with a word that stands nowhere else."""
    fill()
    return Patient.objects.get(family_name__contains=MARK)


@pytest.fixture
def other(in_aurora, now):
    patient = enrol(given_name="Grace", family_name="Chen", phones=["(503) 555-0111"], now=now)
    Memory.objects.create(patient=patient, text="Collects teapots", source="Told Maya")
    return patient


def test_every_row_of_every_table_of_the_patient_is_in_it(filled, other, now):
    tables = json.loads(exported(filled.id, now))["tables"]
    assert tables.keys() == {
        "loyalty.patient",
        *(table.label for table in patient_tables()),
        *(one.model._meta.label_lower for one in patient_lists()),
    }
    for table in patient_tables():
        kept = {str(one) for one in table.rows_of([filled.id]).values_list("pk", flat=True)}
        key = table.model._meta.pk.attname
        assert {str(row[key]) for row in tables[table.label]} == kept, table.label
        assert kept, f"no row in {table.label}: nothing was tested"
        columns = {field.attname for field in table.model._meta.concrete_fields}
        assert all(row.keys() == columns for row in tables[table.label])


@pytest.mark.parametrize("form", Form)
def test_no_word_and_no_row_of_anybody_else_is_in_it(filled, other, now, form):
    theirs, others = exported(filled.id, now, form=form), exported(other.id, now, form=form)
    assert MARK in theirs
    assert MARK not in others
    for canary in ("Chen", "teapots", "5550111", "555-0111", str(other.id)):
        assert canary not in theirs


def test_a_record_that_was_merged_into_theirs_comes_along(other, now):
    merged = enrol(given_name="Gracie", family_name="Chenoweth", phones=["(503) 555-0122"], now=now)
    Patient.objects.filter(id=merged.id).update(merged_into=other)
    tables = json.loads(exported(other.id, now))["tables"]
    assert {row["id"] for row in tables["loyalty.patient"]} == {str(other.id), str(merged.id)}
    assert len(tables["loyalty.contactpoint"]) == ContactPoint.objects.count() == 2


def test_who_may_not_see_clinical_memories_and_answers_hands_none_out(filled, now):
    Memory.objects.filter(patient=filled).update(sensitivity="clinical")
    tables = json.loads(exported(filled.id, now, sight=Sight(clinical=False, feedback=False)))["tables"]
    assert tables["loyalty.memory"] == []
    assert not {"loyalty.feedback", "loyalty.recovery"} & tables.keys()
    fhir = exported(filled.id, now, form=Form.FHIR, sight=Sight(clinical=False, feedback=False))
    assert "QuestionnaireResponse" not in fhir


def test_the_file_says_nothing_of_them_by_its_name_is_not_kept_and_is_in_the_trail(aurora, sign_in, now):
    with practice_scope(aurora):
        patient = enrol(given_name="Beatrice", family_name="Lindgren", now=now)
    address = reverse("portal:record-export", urlconf="infra.urls_practice", args=[patient.id])
    answer = sign_in("Olivia", at="aurora").post(address, {"form": "json", "whom": "patient"})
    assert (answer.status_code, answer.streaming) == (200, True)
    assert answer.headers["Cache-Control"] == "no-store"
    name = answer.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="aurora-record-2')
    assert "Lindgren" not in name
    assert str(patient.id) not in name
    assert "Lindgren" in b"".join(answer.streaming_content).decode()
    with practice_scope(aurora):
        entry = Entry.objects.get(verb="record.exported")
        assert (entry.patients, entry.detail["form"], entry.detail["clinical"]) == ([patient.id], "json", True)


@pytest.mark.parametrize("who", ["Frank", "Priya"])
def test_only_those_who_lead_hand_a_record_out(aurora, sign_in, now, who):
    with practice_scope(aurora):
        patient = enrol(given_name="Beatrice", family_name="Lindgren", now=now)
    address = reverse("portal:record-export", urlconf="infra.urls_practice", args=[patient.id])
    answer = sign_in(who, at="aurora").post(address, {"form": "json", "whom": "patient"})
    assert answer.status_code == 404
    with practice_scope(aurora):
        assert not Entry.objects.filter(verb="record.exported").exists()
