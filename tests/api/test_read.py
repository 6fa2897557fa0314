"""Reading: each row once, in pages; and the practice's trail names every patient that was sent."""

from datetime import UTC, datetime

import pytest

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Location, Patient, Service
from tenants.partners.scopes import Scope
from tests.partners import client_of

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def walk(api, path, size):
    """Every row of a list, page by page."""
    rows, after = [], ""
    while True:
        body = api.get(f"{path}?size={size}{after}").json()
        assert len(body["data"]) <= size
        rows += body["data"]
        if body["next"] is None:
            return rows
        after = f"&after={body['next']}"


def test_a_token_says_what_it_is(api, program, aurora):
    body = api.get("/api/v1/").json()
    assert body["application"] == {"id": str(program.application.id), "name": "Harbor Records"}
    assert body["practice"] == {"id": str(aurora.id), "name": aurora.name, "slug": "aurora"}
    assert body["scopes"] == sorted(Scope)
    assert body["expires_at"].endswith("Z")


def test_a_patient_is_read_with_every_way_to_reach_them(api, aurora, patient):
    with practice_scope(aurora):
        Patient.objects.filter(id=patient.id).update(record_number="007", birth_year=1984, no_voicemail=True)
        ContactPoint.objects.create(
            patient=patient, kind="phone", value="(503) 555-0101", search="5035550101", rank=2, do_not_use=True
        )
        ContactPoint.objects.create(
            patient=patient, kind="email", value="b@example.com", search="b@example.com", rank=1
        )
    body = api.get(f"/api/v1/patients/{patient.id}/").json()
    assert (body["given_name"], body["record_number"], body["birth_year"], body["birth_day"]) == (
        "Beatrice", "007", 1984, None,
    )  # fmt: skip
    assert body["no_voicemail"] is True
    assert body["contact_points"] == [
        {"kind": "email", "value": "b@example.com", "label": "", "rank": 1, "do_not_use": False},
        {"kind": "phone", "value": "(503) 555-0101", "label": "", "rank": 2, "do_not_use": True},
    ]
    assert api.get("/api/v1/patients/").json()["data"] == [body]


def test_the_trail_names_each_patient_that_was_sent_in_one_entry(api, program, aurora, now):
    with practice_scope(aurora):
        made = Patient.objects.bulk_create(Patient(given_name=f"P{n}") for n in range(5))
    api.get("/api/v1/patients/?size=3")
    with practice_scope(aurora):
        entry = Entry.objects.get(verb="patients.sent")
    assert len(entry.patients) == 3
    assert set(entry.patients) <= {one.id for one in made}
    assert (entry.asker_kind, entry.asker_id, entry.why) == ("partner", program.application.id, "patients:read")


def test_rows_of_one_moment_are_each_read_once(api, aurora):
    with practice_scope(aurora):
        made = Patient.objects.bulk_create(Patient(given_name=f"P{n}") for n in range(130))
        Patient.objects.update(updated_at=AT)
    ids = [row["id"] for row in walk(api, "/api/v1/patients/", 50)]
    assert len(ids) == 130
    assert set(ids) == {str(one.id) for one in made}


@pytest.mark.slow
def test_a_whole_walk_over_2500_rows_of_one_moment_reads_2500(api, aurora, settings):
    with practice_scope(aurora):
        Patient.objects.bulk_create(Patient(given_name=f"P{n}") for n in range(2500))
        Patient.objects.update(updated_at=AT)
    ids = [row["id"] for row in walk(api, "/api/v1/patients/", 200)]
    assert (len(ids), len(set(ids))) == (2500, 2500)


def test_the_last_page_says_so_even_when_it_is_full(api, aurora):
    with practice_scope(aurora):
        Patient.objects.bulk_create(Patient(given_name=f"P{n}") for n in range(4))
    first = api.get("/api/v1/patients/?size=2").json()
    second = api.get(f"/api/v1/patients/?size=2&after={first['next']}").json()
    assert (len(first["data"]), len(second["data"]), second["next"]) == (2, 2, None)


def test_a_page_costs_the_same_however_many_rows_there_are(api, aurora, django_assert_num_queries):
    api.get("/api/v1/patients/")
    with practice_scope(aurora):
        Patient.objects.bulk_create(Patient(given_name=f"P{n}") for n in range(60))
    # Token, begin, the watermark, patients with their numbers and ids, the trail, end.
    with django_assert_num_queries(6):
        assert len(api.get("/api/v1/patients/").json()["data"]) == 50


def test_the_house_is_read_without_patients(api, aurora):
    with practice_scope(aurora):
        location = Location.objects.get()
        Service.objects.create(name="Peel", return_days=28, external_id="S-1")
    body = api.get(f"/api/v1/locations/{location.id}/").json()
    assert (body["name"], body["time_zone"]) == (location.name, location.time_zone)
    assert api.get("/api/v1/locations/").json()["data"] == [body]
    assert "Peel" in [row["name"] for row in api.get("/api/v1/services/").json()["data"]]
    assert {"Priya Patel", "Olivia Owens"} & {row["display_name"] for row in walk(api, "/api/v1/staff/", 1)}
    with practice_scope(aurora):
        assert not Entry.objects.filter(verb="patients.sent").exists()


def test_another_practices_patient_is_not_there(api, borealis, now):
    with practice_scope(borealis):
        foreign = Patient.objects.create(given_name="Bruno")
    answer = api.get(f"/api/v1/patients/{foreign.id}/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


QUERIES = [
    ("size=0", "size"),
    ("size=201", "size"),
    ("size=-1", "size"),
    ("size=ten", "size"),
    ("size=²", "size"),
    ("size=", "size"),
    ("size=2&size=3", "size"),
    ("after=", "after"),
    ("after=nonsense", "after"),
    ("after=WzEsMl0", "after"),
    ("after=bnVsbA", "after"),
    ("after=%00", "after"),
    ("after=é", "after"),
    ("name=Beatrice", "name"),
    ("fields=", "fields"),
    ("fields=id,scar", "fields"),
    ("updated_since=2026-11-23T09:00:00Z", "updated_since"),
    ("updated_since=WyJ4IiwtMV0", "updated_since"),
    ("external_id=%00", "external_id"),
    ("access_token=x", "access_token"),
]


def test_a_parameter_that_cannot_be_used_is_named(api):
    for query, parameter in QUERIES:
        answer = api.get(f"/api/v1/patients/?{query}")
        body = answer.json()
        assert (answer.status_code, body["code"], body["parameter"]) == (400, "bad_parameter", parameter), query
        assert body["detail"]


def test_one_record_takes_no_parameters(api, patient):
    assert api.get(f"/api/v1/patients/{patient.id}/?fields=id").json()["code"] == "bad_parameter"


def test_answers_are_not_kept_on_the_way(api):
    assert api.get("/api/v1/patients/")["Cache-Control"] == "no-store"


def test_a_token_good_elsewhere_reads_elsewhere_only(program, grant, aurora, borealis, patient):
    program.let_in(borealis, by="Bella")
    there = client_of(program.token(borealis), at=borealis)
    assert there.get(f"/api/v1/patients/{patient.id}/").status_code == 404
    assert str(patient.id) not in there.get("/api/v1/patients/").content.decode()
