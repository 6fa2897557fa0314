"""Which tables hold rows of patients."""

from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from loyalty.models import Consent, Patient, Promise, Suppression, Touchpoint
from loyalty.patients.tables import keys_among, patient_keys, patient_lists, patient_tables, records_of, tables_among

# Fields that speak of patients and hold none: numbers of people, and ids that stay as they were written.
_NO_PATIENT = {("audit.entry", "patients"), ("loyalty.figure", "patients")}
_BEYOND_PRACTICES = {"core", "tenants", "benchmarks", "account", "mfa"}


def test_every_key_that_the_database_has_is_found(in_aurora):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
            " WHERE c.contype = 'f' AND c.confrelid = 'loyalty_patient'::regclass"
        )
        held = {(table, column) for table, column in cursor.fetchall() if column != "merged_into_id"}
    found = {(key.model._meta.db_table, f"{key.field}_id") for key in patient_keys()}
    assert found == held


def test_every_field_that_speaks_of_patients_is_a_key_or_a_known_list():
    """A model with `patient_id = UUIDField()` would be missed by merge, export and erasure: it fails here."""
    known = {(key.label, key.field) for key in patient_keys()}
    known |= {(one.model._meta.label_lower, one.field) for one in patient_lists()} | _NO_PATIENT
    speaking = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in _BEYOND_PRACTICES
        for field in model._meta.concrete_fields
        if field.name in {"patient", "patients", "patient_id", "patient_ids"} or field.name.endswith("_patient_id")
    }
    assert speaking <= known


@isolate_apps("loyalty")
def test_a_new_model_with_a_key_is_found_by_being_there():
    class Scar(models.Model):
        patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
        seen_by = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "loyalty"

        def __str__(self):
            return ""

    class Photo(models.Model):
        scar = models.ForeignKey(Scar, on_delete=models.CASCADE)

        class Meta:
            app_label = "loyalty"

        def __str__(self):
            return ""

    class Print(models.Model):
        photo = models.ForeignKey(Photo, on_delete=models.CASCADE)
        consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "loyalty"

        def __str__(self):
            return ""

    new = [Print, Photo, Scar, Consent]
    assert [(key.label, key.field, key.is_own) for key in keys_among(new)] == [
        ("loyalty.consent", "patient", True),
        ("loyalty.scar", "patient", True),
        ("loyalty.scar", "seen_by", False),
    ]
    assert [(table.label, table.paths) for table in tables_among(new)] == [
        ("loyalty.consent", ("patient",)),
        ("loyalty.scar", ("patient",)),
        ("loyalty.photo", ("scar__patient",)),
        ("loyalty.print", ("consent__patient",)),
    ]


def test_rows_are_reached_through_others(booked, patient, make_patient, now):
    other = make_patient("Ann Other")
    mine = booked()
    theirs = booked(patient_id=other.id)
    for visit in (mine, theirs):
        Promise.objects.create(visit=visit, text="No needles", made_at=now)
    tables = {table.model: table for table in patient_tables()}
    assert tables[Promise].paths == ("visit__patient",)
    assert [row.visit_id for row in tables[Promise].rows_of([patient.id])] == [mine.id]
    assert {row.visit_id for row in tables[Promise].rows_of([patient.id, other.id])} == {mine.id, theirs.id}
    assert {row.patient_id for row in tables[Touchpoint].rows_of([other.id])} == {other.id}
    assert tables[Suppression].paths == ("consent__patient",)
    assert not tables[Promise].is_direct
    assert tables[Touchpoint].is_direct


def test_records_merged_into_one_belong_to_the_same_person(patient, make_patient):
    old = make_patient("Margot Ellison")
    make_patient("Ann Other")
    assert records_of(patient.id) == (patient.id,)
    Patient.objects.filter(id=old.id).update(merged_into=patient)
    assert records_of(patient.id) == (patient.id, old.id)
