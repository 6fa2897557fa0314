"""A whole import is taken back: what it made is removed, what it changed is as it was, what was touched since stays."""

import pytest

from core.errors import Conflict
from loyalty.intake.undo_import import undo_import
from loyalty.models import ContactPoint, ImportedRow, Memory, Patient, PatientIdentifier, Promise, Service, Staff, Visit
from loyalty.patients.enrol import enrol
from loyalty.patients.remember import remember
from tests.intake.sheets.conftest import counts
from tests.intake.sheets.test_patients import HEADER, TWO
from tests.intake.sheets.test_visits import VISITS


def test_what_it_made_is_gone_without_a_trace(bring):
    of = bring.undo(bring(TWO))
    assert of.state == "undone"
    assert counts(of) == {"new": 2, "removed": 2}
    for model in (Patient, ContactPoint, PatientIdentifier, Memory, ImportedRow):
        assert not model.objects.exists()


def test_what_it_changed_is_as_it_was(bring, now):
    known = enrol(
        given_name="Marguerite", family_name="Ellison", phones=["(503) 555-0148"], birth=(1969, None, None),
        city="Salem", now=now,
    )  # fmt: skip
    row = "004182,Marguerite,Ellison,02/13/1969,503 555 0148,m@example.com,Portland,97201,Has a puppy\n"
    of = bring(HEADER + row)
    assert counts(of) == {"changed": 1}
    bring.undo(of)
    known.refresh_from_db()
    assert (known.birth_year, known.birth_month, known.city, known.postal_code) == (1969, None, "Salem", "")
    assert list(known.contact_points.values_list("kind", flat=True)) == ["phone"]
    assert not known.memories.exists()
    assert not known.identifiers.exists()


def test_who_was_worked_with_since_is_kept_and_named(bring, now):
    of = bring(TWO)
    nora = Patient.objects.get(given_name="Nora")
    remember(
        patient_id=nora.id, text="Runs", source="told us", part="remember", sensitivity="team", consented=True,
        by_staff_id=None, now=now,
    )  # fmt: skip
    of = bring.undo(of)
    assert counts(of) == {"new": 2, "removed": 1, "kept": 1}
    assert list(Patient.objects.values_list("given_name", flat=True)) == ["Nora"]
    assert list(ImportedRow.objects.filter(kept=True).values_list("patient_id", flat=True)) == [nora.id]


def test_who_was_changed_since_is_kept(bring):
    of = bring(TWO)
    nora = Patient.objects.get(given_name="Nora")
    nora.city = "Salem"
    nora.save()
    assert counts(bring.undo(of)) == {"new": 2, "removed": 1, "kept": 1}


def test_a_number_that_must_not_be_used_since_keeps_its_patient(bring):
    of = bring(TWO)
    ContactPoint.objects.filter(patient__given_name="Nora").update(do_not_use=True)
    assert counts(bring.undo(of)) == {"new": 2, "removed": 1, "kept": 1}


def test_visits_are_taken_back_and_then_their_patients_can_be(bring):
    patients = bring(TWO)
    visits = bring(VISITS)
    assert counts(bring.undo(visits)) == {"new": 2, "removed": 2, "restored": 1}
    assert not Visit.objects.exists()
    assert not Service.objects.exists()
    assert not Staff.objects.filter(display_name="Dr. Sato").exists()
    assert counts(bring.undo(patients)) == {"new": 2, "removed": 2}


def test_a_visit_that_somebody_worked_with_since_is_kept(bring, now):
    bring(TWO)
    visits = bring(VISITS)
    first, second = Visit.objects.order_by("starts_at")
    Promise.objects.create(visit=first, text="Numbing cream", made_at=now)
    second.save()
    assert counts(bring.undo(visits)) == {"new": 2, "kept": 2, "restored": 1}
    assert Visit.objects.count() == 2


def test_who_was_merged_since_stays_as_they_are(bring, now):
    of = bring(TWO)
    nora = Patient.objects.get(given_name="Nora")
    Patient.objects.filter(id=nora.id).update(merged_into=enrol(given_name="Nora", family_name="Novak", now=now))
    assert counts(bring.undo(of)) == {"new": 2, "removed": 1, "kept": 1}
    assert Patient.objects.filter(id=nora.id).exists()


def test_patients_with_visits_are_kept_until_those_are_taken_back(bring):
    patients = bring(TWO)
    bring(VISITS)
    assert counts(bring.undo(patients)) == {"new": 2, "removed": 1, "kept": 1}


def test_after_thirty_days_it_stays(bring, clock):
    of = bring(TWO)
    clock.begins = clock.begins.replace(month=12, day=31)
    with pytest.raises(Conflict, match="for 30 days"):
        undo_import(import_id=of.id, background=False, now=clock())


def test_it_is_undone_once(bring, clock):
    of = bring.undo(bring(TWO))
    with pytest.raises(Conflict, match="undone"):
        undo_import(import_id=of.id, background=False, now=clock())
