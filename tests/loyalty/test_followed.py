"""What other systems follow of a patient changes whenever they would read something else."""

import pytest
from django.db import connection

from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Location, Patient, PatientIdentifier, Visit, VisitIdentifier
from loyalty.patients.change_contact_points import (
    add_contact_point,
    change_contact_point,
    raise_contact_point,
    remove_contact_point,
    spare_contact_point,
)
from loyalty.patients.enrol import enrol


@pytest.fixture
def place(open_place):
    with practice_scope(open_place()) as practice:
        yield practice


def test_whatever_becomes_of_a_number_the_patient_has_changed(place, now):
    """Each in a transaction of its own, as in life: within one, a patient changes once."""
    patient = enrol(given_name="Beatrice", family_name="Lindgren", phones=["503 555 0101"], now=now)
    other = enrol(given_name="Ann", family_name="Other", now=now)
    first = ContactPoint.objects.get()
    steps = [
        lambda: add_contact_point(patient_id=patient.id, kind="phone", value="503 555 0102", label=""),
        lambda: change_contact_point(
            patient_id=patient.id, point_id=first.id, value="503 555 0103", label="", do_not_use=False, was=first.value
        ),
        lambda: spare_contact_point(patient_id=patient.id, point_id=first.id, spare=True),
        lambda: raise_contact_point(patient_id=patient.id, point_id=ContactPoint.objects.get(rank=2).id),
        lambda: remove_contact_point(patient_id=patient.id, point_id=first.id),
        lambda: PatientIdentifier.objects.create(patient=patient, system="x", value="1"),
        lambda: PatientIdentifier.objects.all().delete(),
    ]
    still = changed_at(other)
    for number, step in enumerate(steps):
        before = changed_at(patient)
        step()
        after = changed_at(patient)
        assert after[0] > before[0], number
        assert after[1] > before[1], number
    assert changed_at(other) == still


def test_whatever_becomes_of_a_programs_id_the_visit_has_changed(place, now):
    patient = enrol(given_name="Beatrice", family_name="Lindgren", now=now)
    made = {
        "patient": patient,
        "location": Location.objects.create(name="Main", time_zone="America/Los_Angeles"),
        "starts_at": now,
        "day": now.date(),
    }
    visit, other = Visit.objects.create(**made), Visit.objects.create(**made)
    steps = [
        lambda: VisitIdentifier.objects.create(visit=visit, system="x", value="1"),
        lambda: VisitIdentifier.objects.update(value="2"),
        lambda: VisitIdentifier.objects.all().delete(),
    ]
    still = changed_at(other)
    for number, step in enumerate(steps):
        before = changed_at(visit)
        step()
        assert all(after > was for after, was in zip(changed_at(visit), before, strict=True)), number
    assert changed_at(other) == still


def test_a_number_that_is_given_to_somebody_else_changes_both(place, now):
    one = enrol(given_name="Beatrice", family_name="Lindgren", phones=["503 555 0101"], now=now)
    other = enrol(given_name="Ann", family_name="Other", now=now)
    before = changed_at(one), changed_at(other)
    ContactPoint.objects.update(patient=other)
    assert all(after[0] > was[0] for after, was in zip((changed_at(one), changed_at(other)), before, strict=True))


def test_a_row_says_by_itself_in_which_transaction_it_was_written(in_aurora, now):
    patient = enrol(given_name="Beatrice", family_name="Lindgren", now=now)
    Patient.objects.update(written_in=7)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        assert Patient.objects.get(id=patient.id).written_in == cursor.fetchone()[0]


def changed_at(record):
    return type(record).objects.values_list("updated_at", "written_in").get(id=record.id)
