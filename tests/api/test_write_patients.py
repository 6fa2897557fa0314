"""A program writes patients down and changes them, by the same rules as the practice's own people."""

from uuid import UUID

import pytest

from core.audit.models import Entry
from core.outbox.models import Event
from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Patient, PatientIdentifier
from loyalty.patients.merging.merge import merge
from tests.api.sending import faults, patch, post, problem
from tests.partners import client_of, registered

PATIENTS = "/api/v1/patients/"
WHOLE = {
    "external_ids": ["H-17"], "record_number": "007", "given_name": "Noor", "family_name": "Haddad",
    "preferred_name": "Noori", "pronouns": "she/her", "birth_year": 1984, "birth_month": 2, "birth_day": 29,
    "language": "en-US", "address": "2140 NW Lovejoy St", "city": "Portland", "state": "OR", "postal_code": "97210",
    "country": "US", "preferred_channel": "text",
    "contact_points": [
        {"kind": "phone", "value": "(503) 555-0101", "label": "mobile", "do_not_use": True},
        {"kind": "phone", "value": "(503) 555-0102", "label": ""},
        {"kind": "email", "value": "noor@example.com"},
    ],
    "no_voicemail": True, "plain_envelope": False, "not_at_home": True, "no_contact": False,
    "deceased": True, "deceased_on": "2026-01-31",
}  # fmt: skip


@pytest.fixture
def noor(api):
    return post(api, PATIENTS, {"given_name": "Noor", "family_name": "Haddad"}).json()


def path_of(row):
    return f"{PATIENTS}{row['id']}/"


def test_everything_that_is_sent_is_read_again(api, aurora):
    answer = post(api, PATIENTS, WHOLE)
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert answer["Location"].endswith(path_of(row))
    again = api.get(path_of(row))
    assert again.json() == row
    assert again["ETag"] == answer["ETag"]
    points = [{"label": "", "do_not_use": False, **one} for one in WHOLE["contact_points"]]
    ranked = [{**point, "rank": rank} for point, rank in zip(points, (1, 2, 1), strict=True)]
    key = lambda one: (one["kind"], one["rank"])  # noqa: E731
    assert sorted(row["contact_points"], key=key) == sorted(ranked, key=key)
    assert {name: row[name] for name in WHOLE if name != "contact_points"} == {
        name: value for name, value in WHOLE.items() if name != "contact_points"
    }


def test_a_change_changes_what_is_sent_and_nothing_else(api):
    row = post(api, PATIENTS, {**WHOLE, "deceased": False, "deceased_on": None}).json()
    answer = patch(api, path_of(row), {"family_name": "Aziz", "birth_day": None})
    assert answer.status_code == 200, answer.content
    changed = answer.json()
    differ = {name for name in row if row[name] != changed[name]}
    assert differ == {"family_name", "birth_day", "updated_at"}
    assert api.get(path_of(row))["ETag"] == answer["ETag"]


def test_what_changes_nothing_leaves_nothing(api, aurora, noor):
    etag = api.get(path_of(noor))["ETag"]
    with practice_scope(aurora):
        before = Event.objects.count()
    assert patch(api, path_of(noor), {"given_name": "Noor", "contact_points": [], "external_ids": []})["ETag"] == etag
    assert patch(api, path_of(noor), {})["ETag"] == etag
    with practice_scope(aurora):
        assert Event.objects.count() == before


def test_the_trail_and_the_outbox_say_what_the_program_did(api, program, aurora):
    row = post(api, PATIENTS, {**WHOLE, "no_contact": True}).json()
    patch(api, path_of(row), {"city": "Salem"})
    with practice_scope(aurora):
        entries = Entry.objects.filter(asker_id=program.application.id, why="patients:write")
        verbs = set(entries.values_list("verb", flat=True))
        assert all([str(one) for one in entry.patients] == [row["id"]] for entry in entries)
        assert {"patient.enrolled", "patient.changed", "contact_point.replaced", "patient.numbered"} <= verbs
        assert {"patient.enrolled", "patient.changed"} <= set(Event.objects.values_list("kind", flat=True))


def test_everything_wrong_with_a_body_is_said_at_once(api, aurora):
    body = {
        "given_name": "a\tb", "family_name": 7, "birth_year": True, "birth_month": "2", "language": "English",
        "preferred_channel": "fax", "no_voicemail": "yes", "deceased_on": "31 Jan", "id": "x", "tags": ["vip"],
        "record_number": None, "external_ids": ["ok", " padded", 3], "a/b": 1,
        "contact_points": [
            {"kind": "phone"}, {"kind": "phone", "value": "12"},
            {"kind": "email", "value": "x@example.com", "rank": 1}, 5,
        ],
    }  # fmt: skip
    answer = post(api, PATIENTS, body)
    assert problem(answer) == (422, "invalid_body")
    assert faults(answer) == {
        ("#/given_name", "text_unreadable"), ("#/family_name", "type"), ("#/birth_year", "type"),
        ("#/birth_month", "type"), ("#/language", "language_unknown"), ("#/preferred_channel", "type"),
        ("#/no_voicemail", "type"), ("#/deceased_on", "type"), ("#/id", "read_only"), ("#/tags", "unknown_field"),
        ("#/record_number", "null"), ("#/external_ids/1", "external_id_unclear"), ("#/external_ids/2", "type"),
        ("#/a~1b", "unknown_field"), ("#/contact_points/0/value", "required"),
        ("#/contact_points/1/value", "phone_incomplete"), ("#/contact_points/2/rank", "read_only"),
        ("#/contact_points/3", "type"),
    }  # fmt: skip
    with practice_scope(aurora):
        assert not Patient.objects.filter(given_name="a").exists()


LEAP = {"birth_year": 2023, "birth_month": 2, "birth_day": 29}
TWICE = [{"kind": "email", "value": "a@example.com"}] * 2
REFUSED = [
    ({}, "#/given_name", "name_missing"),
    ({"given_name": "\u200b"}, "#/given_name", "name_missing"),
    ({"given_name": "Al", "birth_month": 2}, "#/birth_year", "birth_without_year"),
    ({"given_name": "Al", **LEAP}, "#/birth_day", "birth_day_impossible"),
    ({"given_name": "Al", "deceased_on": "2026-01-01"}, "#/deceased_on", "deceased_on_alone"),
    ({"given_name": "Al", "deceased": True, "deceased_on": "2096-01-01"}, "#/deceased_on", "deceased_ahead"),
    ({"given_name": "Al", "contact_points": TWICE}, "#/contact_points", "contact_twice"),
]


def test_what_the_practice_would_not_keep_is_refused_with_its_place(api, aurora):
    with practice_scope(aurora):
        before = Patient.objects.count()
    for body, place, code in REFUSED:
        answer = post(api, PATIENTS, body)
        assert problem(answer) == (422, code)
        assert faults(answer) == {(place, code)}
    with practice_scope(aurora):
        assert Patient.objects.count() == before


def test_what_is_no_object_is_refused(api):
    for body in ("", "{", '{"given_name": NaN}', b"\xff", "[" * 5000):
        assert problem(post(api, PATIENTS, body)) == (400, "not_readable")
    for body in ("[]", "3", '"x"', "null"):
        answer = post(api, PATIENTS, body)
        assert problem(answer) == (422, "invalid_body")
        assert {pointer for pointer, _ in faults(answer)} == {"#"}


def test_other_kinds_of_bodies_are_refused(api):
    headers = {"Idempotency-Key": "1"}
    answer = api.post(PATIENTS, {"given_name": "Al"}, headers=headers)
    assert problem(answer) == (415, "unsupported_media_type")
    answer = api.post(PATIENTS, "x" * 3_000_000, content_type="application/json", headers=headers)
    assert problem(answer) == (413, "too_large")


def test_a_wish_for_discretion_is_noted_and_not_taken_back(api, aurora, noor):
    phone = {"kind": "phone", "value": "(503) 555-0101"}
    patch(api, path_of(noor), {"no_voicemail": True, "contact_points": [{**phone, "do_not_use": True}]})
    answer = patch(api, path_of(noor), {"no_voicemail": False})
    assert (problem(answer), faults(answer)) == ((422, "wish_kept"), {("#/no_voicemail", "wish_kept")})
    answer = patch(api, path_of(noor), {"contact_points": [{**phone, "do_not_use": False}]})
    assert faults(answer) == {("#/contact_points", "wish_kept")}
    # Left out of the list, or named without a word of it: still not to be used.
    for points in ([{"kind": "email", "value": "n@example.com"}], [phone]):
        row = patch(api, path_of(noor), {"contact_points": points}).json()
        assert [one["do_not_use"] for one in row["contact_points"] if one["kind"] == "phone"] == [True]


def test_ways_to_reach_somebody_are_replaced_as_a_whole(api, noor):
    one, two = ({"kind": "phone", "value": f"(503) 555-010{n}"} for n in (1, 2))
    patch(api, path_of(noor), {"contact_points": [one, two]})
    row = patch(api, path_of(noor), {"contact_points": [two]}).json()
    assert [point["value"] for point in row["contact_points"]] == [two["value"]]
    row = patch(api, path_of(noor), {"contact_points": [one, {**two, "label": "home"}]}).json()
    assert [(point["value"], point["rank"], point["label"]) for point in row["contact_points"]] == [
        (one["value"], 1, ""), (two["value"], 2, "home"),
    ]  # fmt: skip


def test_an_id_of_ones_own_is_nobody_elses_and_no_other_programs(api, aurora, noor):
    patch(api, path_of(noor), {"external_ids": ["H-1"]})
    answer = post(api, PATIENTS, {"given_name": "Al", "external_ids": ["H-1"]})
    assert (problem(answer), faults(answer)) == (
        (409, "external_id_taken"), {("#/external_ids", "external_id_taken")},
    )  # fmt: skip
    other = registered("Tide Booking")
    other.let_in(aurora)
    theirs = client_of(other.token(aurora), at=aurora)
    assert theirs.get(path_of(noor)).json()["external_ids"] == []
    assert post(theirs, PATIENTS, {"given_name": "Al", "external_ids": ["H-1"]}).status_code == 201
    patch(theirs, path_of(noor), {"external_ids": ["T-9"]})
    assert api.get(path_of(noor)).json()["external_ids"] == ["H-1"]
    with practice_scope(aurora):
        assert PatientIdentifier.objects.count() == 3


def test_after_a_merge_both_ids_are_the_survivors_and_the_old_record_is_not_changed(api, aurora, noor, now):
    twin = post(api, PATIENTS, {"given_name": "Nour", "family_name": "Haddad", "external_ids": ["H-2"]}).json()
    patch(api, path_of(noor), {"external_ids": ["H-1"]})
    with practice_scope(aurora):
        merge(patient_id=UUID(noor["id"]), merged_id=UUID(twin["id"]), take=(), by_person_id=None, now=now)
    assert api.get(path_of(noor)).json()["external_ids"] == ["H-1", "H-2"]
    assert api.get(path_of(twin)).json()["merged_into_id"] == noor["id"]
    assert problem(patch(api, path_of(twin), {"city": "Salem"})) == (409, "patient_merged")


def test_a_record_number_that_is_taken_is_said(api, noor):
    patch(api, path_of(noor), {"record_number": "007"})
    answer = post(api, PATIENTS, {"given_name": "Al", "record_number": "007"})
    assert faults(answer) == {("#/record_number", "record_number_taken")}


def test_to_write_a_program_must_be_let_in_to_read_too(program, grant, aurora, patient):
    client = client_of(program.token(aurora, ["patients:write"]), at=aurora)
    answer = patch(client, f"{PATIENTS}{patient.id}/", {}, etag="*")
    assert problem(answer) == (403, "insufficient_scope")
    assert 'scope="patients:read"' in answer["WWW-Authenticate"]


def test_another_practices_patient_is_not_changed(api, borealis):
    with practice_scope(borealis):
        foreign = Patient.objects.create(given_name="Bruno")
    assert problem(patch(api, f"{PATIENTS}{foreign.id}/", {"given_name": "X"}, etag="*")) == (404, "not_found")
    with practice_scope(borealis):
        assert Patient.objects.get(id=foreign.id).given_name == "Bruno"
        assert not ContactPoint.objects.filter(patient=foreign).exists()
