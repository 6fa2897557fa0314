"""Leaving: out at once, and nothing that was to be done is forgotten."""

import pytest
from django.db import connection

from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import practice_scope
from loyalty.feedback.record import record
from loyalty.models import Location, Recovery, Staff, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tenants import staffing
from tenants.actions.accept_invitation import accept_invitation
from tenants.actions.end_membership import end_membership
from tenants.models import Invitation, Membership, Session
from tests.tenants.invitations import invited, principal
from tests.tenants.trails import entries_at


@pytest.fixture
def end(person, aurora, now):
    def one(name, *, by="Olivia", work_to=None, practice=aurora):
        asker = principal(person(by), practice)
        return end_membership(practice=practice, person_id=person(name).id, work_to=work_to, by=asker, now=now)

    return one


@pytest.fixture
def staff(aurora, person):
    def of(name):
        person_id = person(name).id
        with practice_scope(aurora):
            return Staff.objects.get(person_id=person_id)

    return of


@pytest.fixture
def priyas_work(aurora, staff, now):
    """Two notes to write: one open, one written; and an open recovery."""
    priya = staff("Priya")
    with practice_scope(aurora):
        for name in ("Ann", "Bea"):
            patient = enrol(given_name=name, family_name="Lindgren", now=now)
            visit = walk_in(patient_id=patient.id, location_id=Location.objects.get().id, staff_id=priya.id, now=now)
            complete(visit_id=visit.id, now=now)
        record(visit_id=visit.id, mode="staff", score=2, now=now)
        Touchpoint.objects.filter(kind="note", patient__given_name="Ann").update(
            state="done", done_at=now, done_by=priya
        )
        Recovery.objects.update(owner=priya)


def test_a_leavers_session_dies_at_the_next_request_and_signing_in_fails(end, sign_in, stranger_client):
    frank = sign_in("Frank", at="aurora")
    assert frank.get("/").status_code == 200
    end("Frank")
    assert frank.get("/").headers["Location"] == "/account/login/?left=1"
    answer = stranger_client("aurora").post(
        "/account/login/", {"login": "frank@example.com", "password": "a long enough pass-phrase"}
    )
    assert answer.status_code == 200


def test_their_sessions_there_are_gone_and_those_elsewhere_stay(end, sign_in, person, borealis):
    Membership.objects.create(person=person("Frank"), practice_id=borealis.id, role="provider")
    sign_in("Frank", at="aurora"), sign_in("Frank", at="aurora")
    there, colleague = sign_in("Frank", at="borealis"), sign_in("Martin", at="aurora")
    end("Frank")
    assert [one.practice_id for one in Session.objects.filter(person=person("Frank"))] == [borealis.id]
    assert (there.get("/").status_code, colleague.get("/").status_code) == (200, 200)


def test_it_is_in_the_trail(end, person, aurora):
    end("Frank")
    (entry,) = entries_at(aurora, "person.left")
    assert (entry.subject_id, entry.detail["role"]) == (person("Frank").id, "front_desk")


def test_open_work_passes_to_the_colleague_chosen(end, priyas_work, staff, aurora):
    martin, priya = staff("Martin"), staff("Priya")
    end("Priya", work_to=martin.id)
    with practice_scope(aurora):
        assert Staff.objects.get(id=priya.id).is_active is False
        notes = Touchpoint.objects.filter(kind="note")
        assert notes.get(patient__given_name="Bea").assigned_to == martin
        assert notes.get(patient__given_name="Ann").done_by == priya
        assert Recovery.objects.get().owner == martin
    (entry,) = entries_at(aurora, "staff.left")
    assert (entry.detail["touchpoints"], entry.detail["recoveries"], len(entry.patients)) == (1, 1, 1)


def test_without_a_colleague_the_work_is_for_whoever_is_there(end, priyas_work, aurora):
    end("Priya")
    with practice_scope(aurora):
        assert Touchpoint.objects.get(kind="note", patient__given_name="Bea").assigned_to is None
        assert Recovery.objects.get().owner is None


@pytest.mark.parametrize("heir", ["Priya", "gone", "unknown"])
def test_work_passes_only_to_somebody_who_is_there(end, priyas_work, staff, aurora, person, heir):
    if heir == "gone":
        with practice_scope(aurora):
            Staff.objects.filter(role="front_desk").update(is_active=False)
    work_to = {"Priya": staff("Priya").id, "gone": staff("Frank").id, "unknown": person("Sam").id}[heir]
    with pytest.raises(DomainError) as refused:
        end("Priya", work_to=work_to)
    assert (refused.value.code, refused.value.field) == ("colleague_unknown", "work_to")
    assert Membership.objects.get(person=person("Priya")).ended_at is None


def test_invitations_that_they_sent_are_taken_back_and_no_others(end, person, aurora, now):
    martin, olivia = principal(person("Martin"), aurora), principal(person("Olivia"), aurora)
    invited(place=aurora, by=martin, now=now, email="one@example.com")
    invited(place=aurora, by=olivia, now=now, email="two@example.com")
    end("Martin")
    assert [one.email for one in Invitation.objects.live(now=now)] == ["two@example.com"]


def test_whoever_needs_to_know_is_told_inside_the_practice(end, person, aurora, monkeypatch):
    told = []
    monkeypatch.setattr(staffing, "_on_leaving", [])
    staffing.on_leaving(lambda leaving: told.append((leaving.person_id, connection.schema_name)))
    end("Frank")
    assert told == [(person("Frank").id, aurora.schema_name)]


def test_everything_or_nothing(end, person, monkeypatch):
    def fails(_leaving):
        raise RuntimeError

    monkeypatch.setattr(staffing, "_on_leaving", [fails])
    with pytest.raises(RuntimeError):
        end("Frank")
    assert Membership.objects.get(person=person("Frank")).ended_at is None


def test_the_last_owner_does_not_leave(end, person):
    with pytest.raises(Conflict) as refused:
        end("Olivia")
    assert refused.value.code == "last_owner"
    assert Membership.objects.get(person=person("Olivia")).ended_at is None


def test_a_manager_sends_no_owner_away(end, person):
    Membership.objects.filter(person=person("Priya")).update(role="owner")
    with pytest.raises(DomainError) as refused:
        end("Olivia", by="Martin")
    assert refused.value.code == "role_above"


@pytest.mark.parametrize("by", ["Priya", "Frank", "Bella"])
def test_others_send_nobody_away(end, by):
    with pytest.raises(NotFound):
        end("Frank", by=by)


def test_somebody_who_left_is_not_there_to_leave(end):
    end("Frank")
    with pytest.raises(NotFound):
        end("Frank")


def test_memberships_elsewhere_stay(end, person, borealis):
    Membership.objects.create(person=person("Frank"), practice_id=borealis.id, role="provider")
    end("Frank")
    assert Membership.objects.get(person=person("Frank"), ended_at__isnull=True).practice_id == borealis.id


def test_inviting_again_brings_them_back_as_the_same_member_of_the_staff(end, person, aurora, staff, now):
    before = staff("Frank")
    end("Frank")
    frank = person("Frank")
    _, token = invited(place=aurora, by=principal(person("Olivia"), aurora), now=now, email=frank.email, role="manager")
    accept_invitation(token=token, practice=aurora, person=frank, now=now)
    after = staff("Frank")
    assert (after.id, after.is_active, after.role) == (before.id, True, "manager")
