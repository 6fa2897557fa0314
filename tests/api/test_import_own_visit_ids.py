"""A program's own ids of visits in a FHIR bundle: it finds by them what it brought or booked, and nobody else does."""

import importlib
import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from core.exchange.external_id import OWN_IDS
from core.tenancy.scope import practice_scope
from loyalty.intake.check_import import check_import
from loyalty.intake.run_import import run_import
from loyalty.intake.run_undo import run_undo
from loyalty.intake.upload import upload
from loyalty.models import Import, Location, Patient, Service, Touchpoint, Visit, VisitIdentifier
from loyalty.touchpoints.playbook import install_default_playbook
from tests.api.sending import patch, post
from tests.api.test_import_own_ids import IMPORTS, bundle, counts, noor, packed, reasons, work
from tests.cast import NOW
from tests.partners import client_of, registered

VISITS, FHIR = "/api/v1/visits/", "/api/fhir/r4/"
AHEAD = NOW + timedelta(days=7)


@pytest.fixture(autouse=True)
def _at_nine(now):
    with time_machine.travel(now, tick=False):
        yield


def named(values):
    return [{"system": OWN_IDS, "value": value} for value in values]


def appointment(*ids, id="a-1", status="booked", start=AHEAD, whom=None, **fields):
    return {
        "resourceType": "Appointment", "id": id, "status": status, "identifier": named(ids), "start": start.isoformat(),
        "participant": [{"actor": whom or {"reference": "Patient/p-1"}}], **fields,
    }  # fmt: skip


def encounter(*ids, id="e-1", of="", start=AHEAD, **fields):
    appointments = [{"reference": f"Appointment/{of}"}] if of else []
    return {
        "resourceType": "Encounter", "id": id, "status": "finished", "identifier": named(ids),
        "subject": {"reference": "Patient/p-1"}, "period": {"start": start.isoformat()}, "appointment": appointments,
        **fields,
    }  # fmt: skip


@pytest.fixture
def bring(api, aurora):
    """bring(resource, …): the import once it ran; as checked, it promised the same."""

    def one(*resources, by=api, known_as="Harbor"):
        id = post(by, IMPORTS, {"file_name": "b.json", "content": packed(bundle(*resources))}).json()["id"]
        post(by, f"{IMPORTS}{id}/columns/", {"mapping": [], "known_as": known_as})
        work(aurora, id, check_import)
        promised = counts(by.get(f"{IMPORTS}{id}/").json())
        post(by, f"{IMPORTS}{id}/start/")
        work(aurora, id, run_import)
        row = by.get(f"{IMPORTS}{id}/").json()
        assert (row["state"], counts(row)) == ("done", promised)
        return row

    return one


@pytest.fixture
def booked(api, aurora, patient):
    """Beatrice, booked by the program for the same hour next week as A-1, with a preview planned."""
    with practice_scope(aurora):
        install_default_playbook()
        location, service = Location.objects.get(), Service.objects.create(name="Peel", minutes=45, preview="Red.")
    body = {"patient_id": str(patient.id), "location_id": str(location.id), "service_id": str(service.id)}
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        return post(api, VISITS, {**body, "starts_at": AHEAD.isoformat(), "external_id": "A-1"}).json()


def found(api, external_id):
    rows = api.get(f"{VISITS}?external_id={external_id}").json()["data"]
    return [(row["external_id"], row["external_ids"]) for row in rows]


def planned(aurora, row):
    with practice_scope(aurora):
        return list(Touchpoint.objects.filter(visit_id=row["id"], kind="preview").values_list("state", "day"))


def test_what_it_brought_it_finds_changes_and_reads_by_its_own_ids(api, bring):
    assert counts(bring(noor("H-17"), appointment("A-1"))) == [2, 0, 0, 0, 0]
    assert found(api, "A-1") == [("A-1", ["A-1"])]
    (entry,) = api.get(f"{FHIR}Appointment?identifier={OWN_IDS}|A-1").json()["entry"]
    assert entry["resource"]["identifier"] == named(["A-1"])
    assert counts(bring(noor("H-17"), appointment("A-1"))) == [0, 0, 2, 0, 0]
    assert counts(bring(noor("H-17"), appointment("A-1", status="cancelled"))) == [0, 1, 1, 0, 0]
    assert counts(bring(noor("H-17"), appointment("A-1", "A-0", status="cancelled"))) == [0, 1, 1, 0, 0]
    assert found(api, "A-0") == found(api, "A-1") == [("A-0", ["A-0", "A-1"])]


def test_under_another_name_of_the_system_and_another_id_it_is_still_the_same_visit(api, bring, aurora):
    bring(noor("H-17"), appointment("A-1"))
    row = bring(noor("H-17"), appointment("A-1", id="x-9", start=AHEAD + timedelta(days=1)), known_as="Harbor 2")
    assert counts(row)[:2] == [0, 2]
    with practice_scope(aurora):
        assert Visit.objects.get().starts_at == AHEAD + timedelta(days=1)


def test_an_appointment_and_what_became_of_it_are_one_visit_with_both_ids(api, bring, now):
    start = now - timedelta(days=2)
    row = bring(noor("H-17"), appointment("A-1", start=start), encounter("E-1", of="a-1", start=start))
    assert counts(row) == [2, 1, 0, 0, 0]
    assert found(api, "E-1") == found(api, "A-1") == [("A-1", ["A-1", "E-1"])]
    (entry,) = api.get(f"{FHIR}Encounter?identifier=E-1").json()["entry"]
    assert entry["resource"]["identifier"] == named(["A-1", "E-1"])


def test_what_it_booked_it_cancels_by_a_bundle_and_what_was_planned_is_called_off(api, bring, booked, patient, aurora):
    whom = {"reference": f"Patient/{patient.id}"}
    assert planned(aurora, booked)[0][0] == "planned"
    assert counts(bring(appointment("A-1", status="cancelled", whom=whom))) == [0, 1, 0, 0, 0]
    assert api.get(f"{VISITS}{booked['id']}/").json()["status"] == "cancelled"
    assert [state for state, _ in planned(aurora, booked)] == ["cancelled"]


def test_what_it_moves_by_a_bundle_takes_what_was_planned_with_it_and_taken_back_it_returns(
    api, bring, booked, patient, aurora
):
    whom = {"reference": f"Patient/{patient.id}"}
    ((_, day),) = planned(aurora, booked)
    row = bring(appointment("A-1", whom=whom, start=AHEAD + timedelta(days=2)))
    assert planned(aurora, booked) == [("planned", day + timedelta(days=2))]
    post(api, f"{IMPORTS}{row['id']}/undo/")
    work(aurora, row["id"], run_undo)
    assert api.get(f"{VISITS}{booked['id']}/").json()["starts_at"] == booked["starts_at"]
    assert planned(aurora, booked) == [("planned", day)]


def test_what_was_planned_for_one_patient_is_not_done_for_another(api, bring, booked, aurora):
    bring(noor("H-17"), appointment("A-1"))
    assert api.get(f"{VISITS}{booked['id']}/").json()["patient_id"] != booked["patient_id"]
    assert [state for state, _ in planned(aurora, booked)] == ["cancelled"]


def test_who_arrives_by_a_bundle_is_not_asked_any_more_where_they_are(bring, booked, patient, aurora):
    with practice_scope(aurora):
        made = {
            "patient_id": patient.id,
            "visit_id": booked["id"],
            "channel": "call",
            "due_at": NOW,
            "day": NOW.date(),
            "role": "front_desk",
        }
        for kind in ("check_in", "note"):
            Touchpoint.objects.create(kind=kind, **made)
    bring(appointment("A-1", status="arrived", whom={"reference": f"Patient/{patient.id}"}))
    with practice_scope(aurora):
        states = dict(Touchpoint.objects.filter(visit_id=booked["id"]).values_list("kind", "state"))
    assert states == {"check_in": "cancelled", "note": "planned", "preview": "planned"}


def test_a_visit_names_its_patient_by_an_own_id_too(api, bring, aurora):
    id = post(api, "/api/v1/patients/", {"given_name": "Noor", "external_ids": ["H-17"]}).json()["id"]
    whom = {"type": "Patient", "identifier": {"system": OWN_IDS, "value": "H-17"}}
    assert counts(bring(appointment("A-1", whom=whom))) == [1, 0, 0, 0, 0]
    assert api.get(f"{VISITS}?external_id=A-1").json()["data"][0]["patient_id"] == id
    whom["identifier"]["value"] = "H-99"
    row = bring(appointment("A-2", id="a-2", whom=whom))
    assert reasons(api, row) == ["No patient has the number “H-99”; import the patients first"]


def test_an_id_of_another_visit_is_left_out_and_told(api, bring):
    bring(noor("H-17"), appointment("A-1"), appointment("A-2", id="a-2", start=AHEAD + timedelta(days=1)))
    row = bring(appointment("A-1", "A-2"), noor("H-17"))
    assert reasons(api, row) == ["Your id “A-2” belongs to another visit; left out"]
    assert found(api, "A-1") == [("A-1", ["A-1"])]


def test_an_id_that_cannot_be_kept_is_left_out_and_told(api, bring):
    row = bring(noor("H-17"), appointment("A" * 151))
    assert counts(row) == [2, 0, 0, 0, 1]
    assert "left out" in reasons(api, row)[0]


def test_two_entries_of_one_visit_by_two_names_are_written_one_after_the_other(api, bring, aurora):
    """One is found by what an import called it, the other by its own id: nothing in common but the visit."""
    bring(noor("H-17"), appointment("A-1"))
    later = AHEAD + timedelta(days=1)
    row = bring(noor("H-17"), appointment(status="cancelled"), appointment("A-1", id="a-2", start=later))
    assert row["refused"] == 0
    with practice_scope(aurora):
        assert (Visit.objects.get().status, Visit.objects.get().starts_at) == ("booked", later)


def test_another_program_does_not_find_them_and_has_ids_of_its_own_for_them(api, bring, aurora):
    bring(noor("H-17"), appointment("A-1"))
    other = registered("Tide Booking")
    other.let_in(aurora)
    theirs = client_of(other.token(aurora), at=aurora)
    assert found(theirs, "A-1") == []
    bring(
        noor("H-17", id="p-9", given="Ada"), appointment("A-1", id="a-9", whom={"reference": "Patient/p-9"}), by=theirs
    )
    assert found(theirs, "A-1") == found(api, "A-1") == [("A-1", ["A-1"])]
    with practice_scope(aurora):
        assert Visit.objects.count() == 2


def test_those_of_a_bundle_that_a_person_brings_are_no_programs(aurora, program):
    with practice_scope(aurora):
        of = upload(name="b.json", chunks=[json.dumps(bundle(noor("H-18"), appointment("A-1"))).encode()])
        Import.objects.filter(id=of.id).update(known_as="Harbor", state="checking")
    work(aurora, of.id, check_import)
    with practice_scope(aurora):
        Import.objects.filter(id=of.id).update(state="running", started_at=timezone.now(), position=0)
    work(aurora, of.id, run_import)
    with practice_scope(aurora):
        assert Visit.objects.count() == 1
        assert not VisitIdentifier.objects.exists()


def test_taken_back_the_ids_are_nobodys_again_and_the_visits_gone(api, bring, booked, patient, aurora):
    row = bring(
        noor("H-17"), appointment("A-2"),
        appointment("A-1", "A-9", id="a-2", whom={"reference": f"Patient/{patient.id}"}),
    )  # fmt: skip
    assert found(api, "A-9") == [("A-1", ["A-1", "A-9"])]
    post(api, f"{IMPORTS}{row['id']}/undo/")
    work(aurora, row["id"], run_undo)
    assert found(api, "A-2") == found(api, "A-9") == []
    assert found(api, "A-1") == [("A-1", ["A-1"])]
    with practice_scope(aurora):
        assert Visit.objects.count() == 1
        assert not Patient.objects.filter(family_name="Haddad").exists()


def test_an_id_written_one_by_one_takes_the_place_of_all(api, bring):
    bring(noor("H-17"), appointment("A-1", "A-2"))
    id = api.get(f"{VISITS}?external_id=A-1").json()["data"][0]["id"]
    row = patch(api, f"{VISITS}{id}/", {"external_id": "A-2"}).json()
    assert (row["external_id"], row["external_ids"]) == ("A-2", ["A-2"])
    assert patch(api, f"{VISITS}{id}/", {"external_id": "A-3"}).json()["external_ids"] == ["A-3"]
    assert found(api, "A-1") == []


def test_ids_that_were_kept_with_the_visit_are_moved_to_their_own_table(api, bring, aurora, program):
    move = importlib.import_module("loyalty.migrations.0035_visit_identifiers")
    bring(noor("H-17"), appointment())
    with practice_scope(aurora), connection.cursor() as cursor:
        imported = Visit.objects.get()
        Visit.objects.update(external_id=f"partner:{program.application.id}/A/1")
        for statement in move.APART:
            cursor.execute(statement)
        assert Visit.objects.get().external_id == ""
    assert found(api, "A/1") == [("A/1", ["A/1"])]
    with practice_scope(aurora), connection.cursor() as cursor:
        for statement in move.TOGETHER:
            cursor.execute(statement)
        assert Visit.objects.get().external_id == f"partner:{program.application.id}/A/1"
        Visit.objects.update(external_id=imported.external_id)
        cursor.execute(move.TOGETHER[0])
        assert Visit.objects.get().external_id == imported.external_id
