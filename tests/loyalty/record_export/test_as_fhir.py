"""One patient's record as a FHIR R4 bundle: valid, whole, and read back by our own import."""

import io
import json
from datetime import timedelta

import pytest
from fhir.resources.R4B.bundle import Bundle

from core.tenancy.scope import control_plane
from loyalty.feedback.record import record
from loyalty.intake.import_fhir import Target, import_fhir
from loyalty.intake.progress import Unwatched
from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import ContactPoint, Guardianship, Patient, PatientIdentifier, Touchpoint, Visit
from loyalty.record_export.export import Form, export_record
from loyalty.record_export.rows import Sight
from loyalty.record_requests.note import note_request
from loyalty.touchpoints.notes import written
from loyalty.visits.arrive import arrive
from loyalty.visits.cancel import cancel


@pytest.fixture
def life(patient, booked, completed, now):
    """Marguerite, with something of everything."""
    Patient.objects.filter(id=patient.id).update(
        preferred_name="Maggie", pronouns="she/her", birth_year=1980, birth_month=2, birth_day=None, language="en-US",
        state="OR", postal_code="97210", country="US", record_number="000417",
    )  # fmt: skip
    ContactPoint.objects.create(patient=patient, kind="email", value="M@example.com", search="m@example.com", rank=1)
    ContactPoint.objects.create(
        patient=patient,
        kind="phone",
        value="(503) 555-0110",
        search="5035550110",
        label="home",
        rank=2,
        do_not_use=True,
    )
    PatientIdentifier.objects.create(patient=patient, system="urn:ehr", value="A-1")
    Guardianship.objects.create(patient=patient, name="Mia Ellison", phone="(503) 555-0120", relation="Mother")
    visit = completed(at=now - timedelta(days=20))
    record(visit_id=visit.id, mode="kiosk", score=9, liked="Time to listen", worth=5, now=now - timedelta(days=20))
    written(touchpoint_id=Touchpoint.objects.get(kind="note").id, by_staff_id=None, now=now)
    booked()
    cancel(visit_id=booked(starts_at=now + timedelta(days=30)).id, now=now)
    here = booked(starts_at=now + timedelta(minutes=5), now=now - timedelta(days=3))
    arrive(visit_id=here.id, now=now)
    usual = {"channel": "text", "purpose": "visits", "source": "told Maya", "version": VERSION, "by_person_id": None}
    answer(patient_id=patient.id, **usual, granted=True, now=now)
    asked = {"source": "a letter", "received_on": now.date(), "by_person_id": None, "now": now}
    note_request(patient_id=patient.id, kind="amendment", text="It was May.", **asked)
    note_request(patient_id=patient.id, kind="restriction", recipient="vendors", text="Nobody else.", **asked)
    return patient


def exported(patient, now, *, feedback=True):
    file = io.BytesIO()
    export_record(
        patient_id=patient.id,
        form=Form.FHIR,
        sight=Sight(clinical=True, feedback=feedback),
        other=None,
        by_person_id=None,
        into=file,
        now=now,
    )
    return file.getvalue().decode()


def test_it_is_a_valid_bundle_of_what_there_is(life, now):
    text = exported(life, now)
    Bundle.model_validate_json(text)
    kinds: dict[str, int] = {}
    for entry in json.loads(text)["entry"]:
        kind = entry["resource"]["resourceType"]
        kinds[kind] = kinds.get(kind, 0) + 1
    assert kinds == {
        "Patient": 1,
        "RelatedPerson": 1,
        "Practitioner": 1,
        "Location": 1,
        "Encounter": 2,
        "Appointment": 2,
        "Consent": 2,
        "Communication": 2,
        "QuestionnaireResponse": 1,
    }


def test_every_reference_is_to_something_in_the_bundle(life, now):
    entries = json.loads(exported(life, now))["entry"]
    there = {f"{one['resource']['resourceType']}/{one['resource']['id']}" for one in entries}

    def references(value):
        if isinstance(value, dict):
            yield from ([value["reference"]] if "reference" in value else [])
            for one in value.values():
                yield from references(one)
        elif isinstance(value, list):
            for one in value:
                yield from references(one)

    assert set(references(entries)) <= there


def test_a_patient_of_whom_next_to_nothing_is_known_is_valid_too(make_patient, now):
    Bundle.model_validate_json(exported(make_patient("Cher"), now))


def test_our_own_import_reads_it_back(life, tmp_path, now):
    before = Patient.objects.get(id=life.id)
    visits = _visits()
    points = set(before.contact_points.filter(do_not_use=False).values_list("kind", "value", "label"))
    path = tmp_path / "bundle.json"
    path.write_text(exported(life, now))
    _take_away(life)
    with control_plane():
        import_fhir(
            path=path,
            target=Target("aurora"),
            attested="Olivia Owens, 2026-11-01",
            report_path=tmp_path / "errors.csv",
            progress=Unwatched(),
            now=now,
        )
    after = Patient.objects.get(record_number="000417")
    same = (
        "given_name", "family_name", "preferred_name", "pronouns", "birth_year", "birth_month", "birth_day", "language",
        "address", "city", "state", "postal_code", "country",
    )  # fmt: skip
    assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}
    assert set(after.contact_points.values_list("kind", "value", "label")) == points
    assert list(after.guardianships.values_list("name", "phone", "relation")) == [
        ("Mia Ellison", "(503) 555-0120", "Mother")
    ]
    assert after.identifiers.filter(system="urn:ehr", value="A-1").exists()
    assert _visits() == visits


def _visits():
    return sorted(Visit.objects.values_list("starts_at", "status", "service__name", "staff__display_name"))


def _take_away(patient):
    """As for a practice that never had this patient."""
    Patient.objects.filter(id=patient.id).update(record_number="old")
    patient.identifiers.all().delete()
    patient.contact_points.all().delete()
    patient.guardianships.all().delete()
    patient.visits.all().delete()
