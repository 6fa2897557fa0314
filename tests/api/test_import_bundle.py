"""A program brings a FHIR R4 bundle: it goes the way of every file, and what our own FHIR pages give comes back in."""

import base64
import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.intake.check_import import check_import
from loyalty.intake.run_import import run_import
from loyalty.intake.run_undo import run_undo
from loyalty.intake.sheets import batches
from loyalty.models import Import, Location, Patient, PatientIdentifier, Staff, Visit
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from tests.api.sending import faults, post, problem
from tests.cast import NOW
from tests.partners import client_of

IMPORTS = "/api/v1/imports/"
NOOR = {
    "resourceType": "Patient",
    "id": "p-1",
    "name": [{"given": ["Noor"], "family": "Haddad"}],
    "birthDate": "1984-02",
    "telecom": [{"system": "phone", "value": "(503) 555-0101"}],
}
AHEAD = {
    "resourceType": "Appointment",
    "id": "1",
    "status": "booked",
    "start": (NOW + timedelta(days=3)).isoformat(),
    "participant": [{"actor": {"reference": "Patient/p-1"}}, {"actor": {"reference": "Practitioner/d-1"}}],
}
CAME = {
    "resourceType": "Encounter",
    "id": "1",
    "status": "finished",
    "subject": {"reference": "Patient/p-1"},
    "period": {"start": (NOW - timedelta(days=9)).isoformat(), "end": (NOW - timedelta(days=9, hours=-1)).isoformat()},
    "serviceType": {"text": "Peel"},
}
SATO = {"resourceType": "Practitioner", "id": "d-1", "name": [{"prefix": ["Dr."], "family": "Sato"}]}


@pytest.fixture(autouse=True)
def _at_nine(now):
    with time_machine.travel(now, tick=False):
        yield


def bundle(*resources, type="transaction", **entry):
    return {"resourceType": "Bundle", "type": type, "entry": [{"resource": one, **entry} for one in resources]}


def sent(content):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return {"file_name": "bundle.json", "content": base64.b64encode(data).decode()}


def work(place, row, job):
    with practice_scope(place):
        job(import_id=row["id"], clock=timezone.now)


@pytest.fixture
def check(api, aurora):
    """check(bundle): brought, said where it is from, and checked."""

    def one(content, *, by=api, at=aurora):
        row = post(by, IMPORTS, sent(content)).json()
        assert (row["kind"], row["file_type"], row["state"], row["asks"]) == ("bundle", "fhir", "asking", [])
        answer = post(by, f"{IMPORTS}{row['id']}/columns/", {"mapping": [], "known_as": "Harbor"})
        assert answer.status_code == 200, answer.content
        work(at, row, check_import)
        return by.get(f"{IMPORTS}{row['id']}/").json()

    return one


@pytest.fixture
def bring(check, api, aurora):
    """bring(bundle): checked and imported."""

    def one(content, *, by=api, at=aurora):
        row = check(content, by=by, at=at)
        assert row["state"] == "checked", row
        post(by, f"{IMPORTS}{row['id']}/start/")
        work(at, row, run_import)
        return by.get(f"{IMPORTS}{row['id']}/").json()

    return one


def counts(row):
    return {name: row[name] for name in ("rows", "new", "changed", "unchanged", "refused")}


def wrong(api, row):
    return {one["row"]: one["reason"] for one in api.get(f"{IMPORTS}{row['id']}/errors/").json()["data"]}


@pytest.mark.parametrize("type", ["transaction", "batch", "collection", "searchset"])
def test_patients_and_visits_come_in_whatever_the_order(bring, aurora, type):
    row = bring(bundle(CAME, AHEAD, SATO, NOOR, type=type))
    assert row["state"] == "done"
    assert counts(row) == {"rows": 3, "new": 3, "changed": 0, "unchanged": 0, "refused": 0}
    with practice_scope(aurora):
        noor = Patient.objects.get(family_name="Haddad")
        assert (noor.birth_year, noor.birth_month, noor.birth_day) == (1984, 2, None)
        came, ahead = noor.visits.order_by("starts_at")
        assert (came.status, came.service.name, came.is_history) == ("completed", "Peel", True)
        assert (ahead.status, ahead.staff.display_name, ahead.is_history) == ("booked", "Dr. Sato", False)


def test_the_check_says_what_would_come_in_and_writes_nothing(check, api, aurora):
    row = check(bundle(AHEAD, NOOR, CAME))
    assert counts(row) == {"rows": 3, "new": 3, "changed": 0, "unchanged": 0, "refused": 0}
    shown = api.get(f"{IMPORTS}{row['id']}/preview/").json()
    assert [(one["row"], one["name"], one["result"]) for one in shown["rows"]][:1] == [(2, "Noor Haddad", "ready")]
    with practice_scope(aurora):
        assert not Patient.objects.filter(family_name="Haddad").exists()


def test_the_same_bundle_again_changes_nothing_and_a_newer_one_what_it_says(bring, aurora):
    bring(bundle(NOOR, AHEAD, CAME, SATO))
    again = bring(bundle(NOOR, AHEAD, CAME, SATO))
    assert counts(again) == {"rows": 3, "new": 0, "changed": 0, "unchanged": 3, "refused": 0}
    newer = bring(bundle({**NOOR, "birthDate": "1984-02-29"}, {**AHEAD, "status": "cancelled"}, SATO))
    assert (newer["new"], newer["changed"]) == (0, 2)
    with practice_scope(aurora):
        assert Visit.objects.get(patient__family_name="Haddad", staff__isnull=False).status == "cancelled"


def test_what_became_of_an_appointment_is_the_same_visit(bring, aurora):
    came = {**CAME, "id": "9", "appointment": [{"reference": "Appointment/1"}]}
    bring(bundle(NOOR, {**AHEAD, "start": came["period"]["start"]}))
    bring(bundle(came, NOOR))
    with practice_scope(aurora):
        assert Visit.objects.get(patient__family_name="Haddad").status == "completed"


def test_what_cannot_come_in_is_told_entry_by_entry_and_the_rest_does(bring, api):
    nobody = {"resourceType": "Patient", "id": "p-2"}
    lost = {**AHEAD, "id": "2", "participant": [{"actor": {"reference": "Patient/p-9"}}]}
    undone = {**AHEAD, "id": "3", "status": "entered-in-error"}
    measured = {"resourceType": "Observation", "id": "o-1"}
    content = bundle(NOOR, nobody, lost, undone, measured, {"resourceType": "Nonsense"}, AHEAD)
    content["entry"] += [{"request": {"method": "DELETE", "url": "Patient/p-1"}}, {"fullUrl": "x"}, 7]
    row = bring(content)
    assert (row["new"], row["refused"]) == (2, 8)
    reasons = wrong(api, row)
    assert sorted(reasons) == [2, 3, 4, 5, 6, 8, 9, 10]
    for entry, said in {
        2: "no name", 3: "import the patients first", 4: "entered-in-error", 5: "Observation is not imported",
        6: "is none of FHIR R4", 8: "send POST or PUT", 9: "put the resource there",
    }.items():  # fmt: skip
        assert said in reasons[entry], (entry, reasons[entry])


def test_entries_may_name_each_other_by_their_full_urls(bring, aurora):
    content = bundle(NOOR, AHEAD)
    content["entry"][0]["fullUrl"] = "urn:uuid:11111111-1111-4111-8111-111111111111"
    content["entry"][1]["resource"] = {
        **AHEAD, "participant": [{"actor": {"reference": content["entry"][0]["fullUrl"]}}],
    }  # fmt: skip
    assert bring(content)["refused"] == 0
    with practice_scope(aurora):
        assert Visit.objects.get(patient__family_name="Haddad").status == "booked"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{}", "bundle_none"),
        (json.dumps(NOOR).encode(), "bundle_none"),
        (json.dumps(bundle(NOOR, type="history")).encode(), "bundle_type"),
        (json.dumps(bundle(SATO)).encode(), "bundle_empty"),
        (json.dumps(bundle()).encode(), "bundle_empty"),
        (json.dumps(bundle(NOOR)).encode()[:-9], "bundle_broken"),
        (b'{"resourceType": "Bundle"', "bundle_broken"),
        (b"[1]", "file_no_table"),
    ],
)
def test_what_is_no_bundle_is_refused_whole(api, aurora, content, code):
    answer = post(api, IMPORTS, sent(content))
    assert (answer.status_code, faults(answer)) == (422, {("#/content", code)})
    with practice_scope(aurora):
        assert not Import.objects.exists()


def test_a_table_is_no_bundle_and_a_bundle_has_nothing_to_be_read_otherwise(api):
    table = {"file_name": "a.csv", "content": base64.b64encode(b"Name\nNoor Haddad\n").decode(), "kind": "bundle"}
    assert faults(post(api, IMPORTS, table)) == {("#/content", "bundle_none")}
    row = post(api, IMPORTS, sent(bundle(NOOR))).json()
    assert problem(post(api, f"{IMPORTS}{row['id']}/reading/", {"header_row": 1})) == (409, "bundle_is_read")
    answer = post(api, f"{IMPORTS}{row['id']}/columns/", {"mapping": []})
    assert faults(answer) == {("#/known_as", "system_missing")}


def test_it_is_taken_back_as_any_other(bring, api, aurora):
    row = bring(bundle(NOOR, AHEAD, CAME))
    post(api, f"{IMPORTS}{row['id']}/undo/")
    work(aurora, row, run_undo)
    assert api.get(f"{IMPORTS}{row['id']}/").json()["removed"] >= 1
    with practice_scope(aurora):
        assert not Patient.objects.filter(family_name="Haddad").exists()
        assert not Visit.objects.filter(reason="Peel").exists()


def test_a_run_that_was_killed_goes_on_where_it_was(check, api, aurora, monkeypatch):
    """One entry a batch, killed after each: patients, appointments and encounters all come in, each once."""
    monkeypatch.setattr(batches.batches, "__kwdefaults__", {"after": 0, "size": 1})
    row = check(bundle(CAME, AHEAD, NOOR))
    post(api, f"{IMPORTS}{row['id']}/start/")
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt), practice_scope(aurora):
            run_import(import_id=row["id"], clock=timezone.now, advance=_killed)
    work(aurora, row, run_import)
    done = api.get(f"{IMPORTS}{row['id']}/").json()
    assert (done["state"], done["new"], done["done"]) == ("done", 3, 3)


def _killed(_rows):
    raise KeyboardInterrupt


class TestWhatOurOwnPagesGive:
    @pytest.fixture
    def known(self, aurora, now):
        """Somebody with everything that our FHIR pages show, a visit behind and one ahead."""
        with practice_scope(aurora):
            patient = enrol(
                given_name="Beatrice", family_name="Lindgren", preferred_name="Bea", birth=(1971, 11, None),
                phones=["(503) 555-0102"], emails=["bea@example.com"], record_number="007", city="Salem", now=now,
            )  # fmt: skip
            parties = {"patient_id": patient.id, "location_id": Location.objects.first().id}
            parties["staff_id"] = Staff.objects.first().id
            behind = now - timedelta(days=9)
            visit = book(**parties, starts_at=behind, now=behind - timedelta(days=1))
            complete(visit_id=visit.id, now=behind + timedelta(hours=1))
            book(**parties, starts_at=now + timedelta(days=3), now=now)
        return patient

    def pages(self, api, patient):
        asked = (f"Patient?_id={patient.id}", f"Appointment?patient={patient.id}", f"Encounter?patient={patient.id}")
        pages = [api.get(f"/api/fhir/r4/{one}").json() for one in asked]
        assert all(page["resourceType"] == "Bundle" for page in pages)
        return {**pages[0], "entry": [entry for page in pages for entry in page["entry"]]}

    def test_it_comes_back_into_the_practice_as_who_it_is(self, bring, api, aurora, known):
        with practice_scope(aurora):
            before = Patient.objects.count(), Visit.objects.count()
        row = bring(self.pages(api, known))
        assert (row["rows"], row["new"], row["refused"]) == (3, 0, 0)
        assert counts(bring(self.pages(api, known)))["unchanged"] == 3
        with practice_scope(aurora):
            assert (Patient.objects.count(), Visit.objects.count()) == before

    def test_another_practice_takes_all_of_it_in(self, bring, api, known, program, borealis):
        program.let_in(borealis, by="Bella")
        there = client_of(program.token(borealis), at=borealis)
        content = self.pages(api, known)
        row = bring(content, by=there, at=borealis)
        assert counts(row) == {"rows": 3, "new": 3, "changed": 0, "unchanged": 0, "refused": 0}
        with practice_scope(borealis):
            one = PatientIdentifier.objects.get(value=str(known.id)).patient
        given = self.pages(there, one)
        kept = ("name", "birthDate", "telecom", "address", "status", "start", "period")
        said = [{name: entry["resource"].get(name) for name in kept} for entry in content["entry"]]
        assert [{name: entry["resource"].get(name) for name in kept} for entry in given["entry"]] == said
        again = bring(content, by=there, at=borealis)
        assert counts(again) == {"rows": 3, "new": 0, "changed": 0, "unchanged": 3, "refused": 0}
