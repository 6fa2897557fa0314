"""A program books visits and says what became of them; the playbook follows as if the team had done it."""

from datetime import timedelta

import pytest
import time_machine

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import Location, Service, Staff, Touchpoint, Visit
from loyalty.touchpoints.playbook import install_default_playbook
from tests.api.sending import faults, patch, post, problem
from tests.partners import client_of, registered

VISITS = "/api/v1/visits/"


@pytest.fixture(autouse=True)
def _at_nine(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def booking(aurora, patient, now):
    """What a program sends to book Beatrice for the same hour next week."""
    with practice_scope(aurora):
        install_default_playbook()
        return {
            "patient_id": str(patient.id),
            "location_id": str(Location.objects.get().id),
            "staff_id": str(Staff.objects.filter(is_active=True).first().id),
            "service_id": str(Service.objects.create(name="Peel", minutes=45, preview="Red for a day.").id),
            "starts_at": (now + timedelta(days=7)).isoformat(),
            "external_id": "A-1",
        }


@pytest.fixture
def booked(api, booking):
    return post(api, VISITS, booking).json()


def path_of(row, verb=""):
    return f"{VISITS}{row['id']}/{verb}"


def states(aurora, row):
    with practice_scope(aurora):
        found = Touchpoint.objects.filter(visit_id=row["id"]).values_list("kind", "state")
        return set(found)


def test_a_visit_is_booked_and_its_preview_planned(api, aurora, program, booking, patient):
    answer = post(api, VISITS, booking)
    row = answer.json()
    assert answer.status_code == 201, row
    assert {name: row[name] for name in booking if name != "starts_at"} == {
        name: value for name, value in booking.items() if name != "starts_at"
    }
    assert (row["status"], row["starts_at"], row["day"]) == ("booked", "2026-11-30T17:00:00Z", "2026-11-30")
    assert api.get(path_of(row)).json() == row
    assert api.get(VISITS).json()["data"] == [row]
    assert ("preview", "planned") in states(aurora, row)
    with practice_scope(aurora):
        entry = Entry.objects.get(verb="visit.booked")
        assert (entry.asker_id, entry.patients) == (program.application.id, [patient.id])
        sent = Entry.objects.filter(verb="visits.sent")
        assert [one.patients for one in sent] == [[patient.id]] * 2


def test_a_visit_is_moved_by_its_version(api, aurora, booked, now):
    later = (now + timedelta(days=9)).isoformat()
    assert problem(patch(api, path_of(booked), {"starts_at": later}, etag=None)) == (428, "precondition_required")
    row = patch(api, path_of(booked), {"starts_at": later}).json()
    assert (row["day"], row["ends_at"]) == ("2026-12-02", "2026-12-02T17:45:00Z")
    stale = patch(api, path_of(booked), {"starts_at": later}, etag='"x"')
    assert problem(stale) == (412, "precondition_failed")
    past = patch(api, path_of(booked), {"starts_at": "2026-11-01T09:00:00Z"})
    assert faults(past) == {("#/starts_at", "start_over")}


def test_a_visit_goes_through_its_life(api, aurora, booking, now):
    row = post(api, VISITS, {**booking, "starts_at": (now + timedelta(hours=1)).isoformat()}).json()
    assert post(api, path_of(row, "arrive/")).json()["status"] == "arrived"
    assert problem(post(api, path_of(row, "arrive/"))) == (409, "visit_already_arrived")
    assert post(api, path_of(row, "complete/"), {}).json()["completed_at"] == "2026-11-23T17:00:00Z"
    assert ("note", "planned") in states(aurora, row)
    assert problem(post(api, path_of(row, "cancel/"))) == (422, "visit_is_completed")
    assert problem(post(api, path_of(row, "no-show/"))) == (422, "visit_is_completed")


def test_a_visit_is_confirmed_and_its_patient_called_in(api, aurora, program, booking, now):
    row = post(api, VISITS, {**booking, "starts_at": (now + timedelta(hours=1)).isoformat()}).json()
    assert problem(post(api, path_of(row, "call-in/"))) == (422, "visit_not_here")
    assert post(api, path_of(row, "confirm/")).json()["status"] == "confirmed"
    assert problem(post(api, path_of(row, "confirm/"))) == (409, "visit_already_confirmed")
    stale = post(api, path_of(row, "call-in/"), **{"If-Match": '"x"'})
    assert problem(stale) == (412, "precondition_failed")
    assert post(api, path_of(row, "arrive/")).json()["seen_at"] is None
    assert problem(post(api, path_of(row, "confirm/"))) == (422, "visit_is_arrived")
    assert post(api, path_of(row, "call-in/")).json()["seen_at"] == "2026-11-23T17:00:00Z"
    assert problem(post(api, path_of(row, "call-in/"))) == (409, "visit_already_seen")
    with practice_scope(aurora):
        by_program = Entry.objects.filter(asker_id=program.application.id, verb__in=("visit.confirmed", "visit.seen"))
        assert by_program.count() == 2


def test_nobody_confirms_what_has_begun(api, booking, now):
    row = post(api, VISITS, {**booking, "starts_at": (now + timedelta(minutes=5)).isoformat()}).json()
    with time_machine.travel(row["starts_at"], tick=False):
        assert problem(post(api, path_of(row, "confirm/"))) == (422, "visit_begun")


def test_a_visit_is_cancelled_or_missed(api, aurora, booked):
    stale = post(api, path_of(booked, "cancel/"), **{"If-Match": '"x"'})
    assert problem(stale) == (412, "precondition_failed")
    assert problem(post(api, path_of(booked, "no-show/"))) == (422, "visit_not_begun")
    assert post(api, path_of(booked, "cancel/")).json()["status"] == "cancelled"
    assert {state for _, state in states(aurora, booked)} == {"cancelled"}
    with time_machine.travel(booked["starts_at"], tick=False), practice_scope(aurora):
        Visit.objects.update(status="booked", cancelled_at=None)


def test_somebody_walks_in(api, booking):
    body = {name: booking[name] for name in ("patient_id", "location_id", "external_id")}
    answer = post(api, f"{VISITS}walk-ins/", body)
    row = answer.json()
    assert (row["status"], row["source"], row["external_id"]) == ("arrived", "walk_in", "A-1")
    assert answer["Location"].endswith(path_of(row))
    assert problem(post(api, f"{VISITS}walk-ins/", body)) == (409, "patient_already_here")


def test_what_cannot_be_booked_is_said_with_its_place(api, booking, aurora):
    nobody = "00000000-0000-7000-8000-000000000000"
    for name, code in (
        ("patient_id", "patient_not_found"),
        ("location_id", "location_not_found"),
        ("staff_id", "staff_not_found"),
        ("service_id", "service_not_found"),
    ):
        answer = post(api, VISITS, {**booking, name: nobody})
        assert (problem(answer), faults(answer)) == ((422, code), {(f"#/{name}", code)})
    for starts_at in ("2026-11-30T09:00:00", "2026-11-30", "2026-02-30T09:00:00Z", 5, "2026-11-30 09:00:00Z"):
        assert faults(post(api, VISITS, {**booking, "starts_at": starts_at})) == {("#/starts_at", "type")}
    assert faults(post(api, VISITS, {"status": "completed", "patient_id": "7"})) == {
        ("#/status", "read_only"), ("#/patient_id", "type"), ("#/location_id", "required"), ("#/starts_at", "required"),
    }  # fmt: skip
    with practice_scope(aurora):
        assert not Visit.objects.exists()


def test_an_id_of_ones_own_is_one_visits_and_another_program_has_its_own_for_it(api, aurora, booking, booked, now):
    again = post(api, VISITS, {**booking, "starts_at": (now + timedelta(days=8)).isoformat()})
    assert (problem(again), faults(again)) == ((409, "external_id_taken"), {("#/external_id", "external_id_taken")})
    with practice_scope(aurora):
        assert Visit.objects.count() == 1
    assert patch(api, path_of(booked), {"external_id": "A-2"}).json()["external_id"] == "A-2"
    other = registered("Tide Booking")
    other.let_in(aurora)
    theirs = client_of(other.token(aurora), at=aurora)
    assert theirs.get(path_of(booked)).json()["external_id"] == ""
    assert patch(theirs, path_of(booked), {"external_id": "A-2"}).json()["external_ids"] == ["A-2"]
    assert patch(theirs, path_of(booked), {"external_id": "T-1"}).json()["external_id"] == "T-1"
    row = api.get(path_of(booked)).json()
    assert (row["external_id"], row["external_ids"]) == ("A-2", ["A-2"])
