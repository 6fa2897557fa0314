"""A program's own ids in a FHIR bundle: it finds by them whom it brought, and nobody else does."""

import base64
import json

import pytest
from django.utils import timezone

from core.exchange.external_id import OWN_IDS
from core.tenancy.scope import practice_scope
from loyalty.intake.check_import import check_import
from loyalty.intake.run_import import run_import
from loyalty.intake.run_undo import run_undo
from loyalty.intake.upload import upload
from loyalty.models import Import, Patient, PatientIdentifier
from tests.api.sending import post
from tests.partners import client_of, registered

IMPORTS, PATIENTS, FHIR = "/api/v1/imports/", "/api/v1/patients/", "/api/fhir/r4/"


def noor(*ids, id="p-1", given="Noor", **fields):
    identifiers = [{"system": OWN_IDS, "value": value} for value in ids]
    name = [{"given": [given], "family": "Haddad"}]
    return {"resourceType": "Patient", "id": id, "name": name, "identifier": identifiers, **fields}


def bundle(*patients):
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in patients]}


def packed(content):
    return base64.b64encode(json.dumps(content).encode()).decode()


def work(place, import_id, job):
    with practice_scope(place):
        job(import_id=import_id, clock=timezone.now)


@pytest.fixture
def bring(api, aurora):
    """bring(patient, …): the import once it ran; as checked, it promised the same."""

    def one(*patients, by=api):
        id = post(by, IMPORTS, {"file_name": "b.json", "content": packed(bundle(*patients))}).json()["id"]
        post(by, f"{IMPORTS}{id}/columns/", {"mapping": [], "known_as": "Harbor"})
        work(aurora, id, check_import)
        promised = counts(by.get(f"{IMPORTS}{id}/").json())
        post(by, f"{IMPORTS}{id}/start/")
        work(aurora, id, run_import)
        row = by.get(f"{IMPORTS}{id}/").json()
        assert (row["state"], counts(row)) == ("done", promised)
        return row

    return one


def counts(row):
    return [row[name] for name in ("new", "changed", "unchanged", "refused", "remarked")]


def reasons(api, row):
    return [one["reason"] for one in api.get(f"{IMPORTS}{row['id']}/errors/").json()["data"]]


def bulk(api, *rows):
    return post(api, f"{PATIENTS}bulk/", {"patients": list(rows)}).json()["results"]


def found(api, external_id):
    return [row["external_ids"] for row in api.get(f"{PATIENTS}?external_id={external_id}").json()["data"]]


def test_whom_it_brought_it_finds_changes_and_reads_by_its_own_ids(api, bring):
    assert counts(bring(noor("H-17", "H-71"))) == [1, 0, 0, 0, 0]
    assert found(api, "H-17") == found(api, "H-71") == [["H-17", "H-71"]]
    assert api.get(f"{FHIR}Patient?identifier={OWN_IDS}|H-17").json()["entry"][0]["resource"]["identifier"]
    (result,) = post(api, f"{PATIENTS}bulk/", {"patients": [{"external_id": "H-17", "city": "Salem"}]}).json()[
        "results"
    ]
    assert result["status"] == "updated"
    assert counts(bring(noor("H-17", "H-71"))) == [0, 0, 1, 0, 0]
    assert counts(bring(noor("H-17", "H-71", "H-99"))) == [0, 1, 0, 0, 0]
    assert found(api, "H-99") == [["H-17", "H-71", "H-99"]]


def test_somebody_it_added_one_by_one_is_the_same_in_a_bundle(api, bring, aurora):
    """Without name, number or phone in common with anybody else, by the own id alone."""
    id = post(api, PATIENTS, {"given_name": "Noor", "external_ids": ["H-17"]}).json()["id"]
    assert counts(bring(noor("H-17", birthDate="1984"))) == [0, 1, 0, 0, 0]
    row = api.get(f"{PATIENTS}{id}/").json()
    assert (row["birth_year"], row["family_name"], row["external_ids"]) == (1984, "Haddad", ["H-17"])


def test_two_entries_with_one_id_are_one_patient(api, bring):
    assert counts(bring(noor("H-17"), noor("H-17", id="p-2", birthDate="1984"))) == [1, 1, 0, 0, 0]
    assert found(api, "H-17") == [["H-17"]]


def test_an_id_of_another_patient_is_left_out_and_told(api, bring):
    post(api, PATIENTS, {"given_name": "Ada", "external_ids": ["H-18"]})
    bring(noor("H-17"))
    row = bring(noor("H-17", "H-18"))
    assert reasons(api, row) == ["Your id “H-18” belongs to another patient; left out"]
    assert found(api, "H-17") == [["H-17"]]


def test_an_id_of_somebody_with_another_name_refuses_the_entry(api, bring):
    post(api, PATIENTS, {"given_name": "Ada", "family_name": "Stone", "external_ids": ["H-17"]})
    row = bring(noor("H-17"))
    assert row["refused"] == 1
    assert api.get(f"{PATIENTS}?external_id=H-17").json()["data"][0]["given_name"] == "Ada"


def test_an_id_that_cannot_be_kept_is_left_out_and_told(api, bring):
    row = bring(noor("H" * 151))
    assert "left out" in reasons(api, row)[0]
    assert row["new"] == 1


def test_another_program_does_not_find_them_and_its_own_ids_are_apart(api, bring, aurora):
    bring(noor("H-17"))
    other = registered("Tide Booking")
    other.let_in(aurora)
    theirs = client_of(other.token(aurora), at=aurora)
    assert found(theirs, "H-17") == []
    bring(noor("H-17", id="p-9", given="Ada"), by=theirs)
    assert found(theirs, "H-17") == found(api, "H-17") == [["H-17"]]
    with practice_scope(aurora):
        assert Patient.objects.filter(family_name="Haddad").count() == 2


def test_other_identifiers_and_those_of_a_bundle_that_a_person_brings_are_no_programs(bring, aurora, program):
    bring(noor(identifier=[{"system": "urn:oid:1.2.3", "value": "H-17"}]))
    with practice_scope(aurora):
        of = upload(name="b.json", chunks=[json.dumps(bundle(noor("H-18"))).encode()])
        assert of.by_application_id is None
        Import.objects.filter(id=of.id).update(known_as="Harbor", state="checking")
    work(aurora, of.id, check_import)
    with practice_scope(aurora):
        Import.objects.filter(id=of.id).update(state="running", started_at=timezone.now(), position=0)
    work(aurora, of.id, run_import)
    with practice_scope(aurora):
        assert not PatientIdentifier.objects.filter(system__startswith="partner:").exists()


def test_taken_back_the_ids_are_nobodys_again(api, bring, aurora):
    post(api, PATIENTS, {"given_name": "Ada", "family_name": "Haddad", "external_ids": ["H-18"]})
    row = bring(noor("H-17"), noor("H-18", "H-81", id="p-2", given="Ada"))
    post(api, f"{IMPORTS}{row['id']}/undo/")
    work(aurora, row["id"], run_undo)
    assert found(api, "H-17") == found(api, "H-81") == []
    assert found(api, "H-18") == [["H-18"]]
