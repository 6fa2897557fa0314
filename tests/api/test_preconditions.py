"""Versions: what was read is not sent twice, and what was not seen is not overwritten."""

import pytest

from core.exchange.external_id import system_of
from core.exchange.read import row_of
from core.tenancy.scope import practice_scope
from loyalty.exchange.patients import PATIENTS
from loyalty.models import ContactPoint, Patient, PatientIdentifier
from tests.api.sending import patch, problem
from tests.at_once import at_once


@pytest.fixture
def path(patient):
    return f"/api/v1/patients/{patient.id}/"


def test_what_did_not_change_is_not_sent_again(api, path):
    etag = api.get(path)["ETag"]
    assert etag.startswith('"')
    for given in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = api.get(path, headers={"If-None-Match": given})
        assert (answer.status_code, answer["ETag"], answer.content) == (304, etag, b"")
    assert api.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_version_is_another_as_soon_as_anything_is(api, aurora, patient, path):
    with practice_scope(aurora):
        point = ContactPoint.objects.create(patient=patient, kind="phone", value="503 555 0101", search="5035550101")
    email = {"kind": "email", "value": "b@example.com", "search": "b@example.com"}
    system = system_of(api.get("/api/v1/").json()["application"]["id"])
    steps = [
        lambda: Patient.objects.filter(id=patient.id).update(given_name="Bea"),
        lambda: ContactPoint.objects.create(patient=patient, **email),
        lambda: ContactPoint.objects.filter(id=point.id).update(label="home"),
        lambda: ContactPoint.objects.filter(id=point.id).update(do_not_use=True),
        lambda: PatientIdentifier.objects.create(patient=patient, system=system, value="H-1"),
    ]
    seen = {api.get(path)["ETag"]}
    for step in steps:
        with practice_scope(aurora):
            step()
        seen.add(api.get(path)["ETag"])
    assert len(seen) == 1 + len(steps)


def test_a_change_says_which_version_it_is_of(api, path, aurora, patient):
    etag = api.get(path)["ETag"]
    assert problem(patch(api, path, {"city": "Salem"}, etag=None)) == (428, "precondition_required")
    for stale in ('"other"', f"W/{etag}", etag.upper() if etag != etag.upper() else '""'):
        assert problem(patch(api, path, {"city": "Salem"}, etag=stale)) == (412, "precondition_failed")
    for none in ("other", '"a" "b"', ""):
        assert problem(patch(api, path, {"city": "Salem"}, etag=none or " ")) == (400, "bad_header")
    with practice_scope(aurora):
        assert Patient.objects.get(id=patient.id).city == ""
    assert patch(api, path, {"city": "Salem"}, etag=f'"other", {etag}').status_code == 200
    assert problem(patch(api, path, {"city": "Bend"}, etag=etag)) == (412, "precondition_failed")
    assert patch(api, path, {"city": "Bend"}, etag="*").status_code == 200


def test_of_two_who_change_the_same_version_one_wins(open_place, let_in_at):
    place = open_place()
    api = let_in_at(place)
    with practice_scope(place):
        patient = Patient.objects.create(given_name="Beatrice")
    path = f"/api/v1/patients/{patient.id}/"
    etag = api.get(path)["ETag"]
    answers = at_once(
        lambda: patch(api, path, {"city": "Salem"}, etag=etag), lambda: patch(api, path, {"state": "OR"}, etag=etag)
    )
    assert [answer.status_code for answer in answers] == [200, 412]
    with practice_scope(place):
        row = row_of(PATIENTS, patient.id, application_id=patient.id)
        assert (row["city"], row["state"]) == ("Salem", "")
