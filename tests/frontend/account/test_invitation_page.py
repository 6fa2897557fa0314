"""The page behind an invitation's link: a new person, one with an account, somebody else, and links that are spent."""

import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tenants.invitation_link import GOOD_FOR
from tenants.models import Invitation, Membership, Person
from tests.apps import code_at
from tests.cast import PASSWORD, email
from tests.places import client_of
from tests.tenants.invitations import KIM, invited, principal

NEW = {"name": "Kim Kent", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def invitation_for(person, aurora, now):
    """invitation_for(email, role=…) → the path of the page."""
    by = principal(person("Olivia"), aurora)

    def one(address=KIM, *, place=aurora, by=by, role="front_desk", now=now):
        return f"/account/invitation/{invited(place=place, by=by, now=now, email=address, role=role)[1]}/"

    return one


@pytest.fixture
def door(stranger_client):
    return stranger_client("aurora")


def test_somebody_new_is_told_who_invites_them_to_what(door, invitation_for, words):
    page = door.get(invitation_for())
    assert "Olivia Owens invites you to Aurora Aesthetics as front desk." in words(page)
    assert f'value="{KIM}" readonly' in page.content.decode()


def test_somebody_new_is_signed_in_at_once_and_only_at_this_host(door, invitation_for, aurora):
    answer = door.post(invitation_for(), NEW)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert door.session.stored.membership.practice_id == aurora.id
    # Nothing opens before they have set up a second factor.
    assert door.get("/").headers["Location"] == "/account/second-factor/?next=%2F"
    assert door.get("/", SERVER_NAME="borealis.perennial.localhost").status_code == 404


def test_the_password_is_typed_twice_alike(door, invitation_for):
    answer = door.post(invitation_for(), NEW | {"again": "another pass-phrase"})
    assert answer.status_code == 422
    assert "This is not the same password." in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert not Person.objects.filter(email=KIM).exists()


def test_the_session_from_before_is_not_carried_on(door, invitation_for):
    session = door.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    door.cookies["sessionid"] = planted
    door.post(invitation_for(), NEW)
    assert door.cookies["sessionid"].value != planted


def test_somebody_with_an_account_signs_in_first_and_then_joins(door, invitation_for, aurora):
    path = invitation_for(email("Sam"), role="manager")
    page = door.get(path)
    assert "has an account already" in page.content.decode()
    sign_in = re.search(r'href="(/account/login/\?next=[^"]+)"', page.content.decode())[1]
    code_page = door.post(sign_in, {"login": email("Sam"), "password": PASSWORD}).headers["Location"]
    assert door.post(code_page, {"code": code_at(timezone.now())}).headers["Location"] == path
    # Signed in, but not yet in.
    assert door.get("/").status_code == 404
    assert "Hello Sam" in door.get(path).content.decode()
    before = door.session.session_key
    assert door.post(path).headers["Location"] == "/"
    assert door.session.session_key != before
    assert door.get("/").status_code == 200
    assert Membership.objects.get(person__email=email("Sam")).role == "manager"


@pytest.mark.parametrize("spent", [{"expires_at": "2026-11-23T17:00Z"}, {"cancelled_at": "2026-11-23T17:00Z"}])
def test_a_spent_invitation_lets_nobody_through_the_door(door, invitation_for, spent):
    invitation_for(email("Sam"))
    Invitation.objects.update(**spent)
    answer = door.post("/account/login/", {"login": email("Sam"), "password": PASSWORD})
    assert "You are not signed in yet" in answer.content.decode()


def test_without_signing_in_an_account_is_not_taken_over(door, invitation_for, person):
    path = invitation_for(email("Sam"))
    assert door.post(path, NEW).status_code == 409
    assert person("Sam").check_password(PASSWORD)
    assert person("Sam").name == "Sam Stranger"
    assert not Membership.objects.filter(person=person("Sam")).exists()
    assert "_auth_user_id" not in door.session


def test_somebody_else_who_is_signed_in_is_told_so(sign_in, invitation_for, words):
    path = invitation_for()
    frank = sign_in("Frank", at="aurora")
    assert "is for kim@example.com, and you are signed in as frank@example.com" in words(frank.get(path))
    assert frank.post(path, NEW).status_code == 409
    assert not Person.objects.filter(email=KIM).exists()
    assert Invitation.objects.get().accepted_at is None


def test_a_session_of_another_host_is_not_taken_for_its_person_here(invitation_for, person):
    path = invitation_for(email("Sam"))
    copied = client_of(person("Sam"), at="")
    assert copied.post(path, SERVER_NAME="aurora.perennial.localhost").status_code == 404
    assert not Membership.objects.filter(person=person("Sam")).exists()


@pytest.mark.parametrize("method", ["get", "post"])
class TestALinkThatIsSpent:
    def test_used(self, door, stranger_client, invitation_for, method):
        path = invitation_for()
        door.post(path, NEW)
        answer = getattr(stranger_client("aurora"), method)(path, NEW)
        assert answer.status_code == 410
        assert "was accepted already" in answer.content.decode()
        assert Membership.objects.filter(person__email=KIM).count() == 1

    def test_expired(self, door, invitation_for, now, method):
        path = invitation_for()
        with time_machine.travel(now + GOOD_FOR, tick=False):
            answer = getattr(door, method)(path, NEW)
        assert answer.status_code == 410
        assert "has expired" in answer.content.decode()
        assert not Person.objects.filter(email=KIM).exists()

    def test_cancelled(self, door, invitation_for, now, method):
        path = invitation_for()
        Invitation.objects.update(cancelled_at=now)
        answer = getattr(door, method)(path, NEW)
        assert answer.status_code == 410
        assert "was taken back" in answer.content.decode()

    def test_foreign(self, stranger_client, invitation_for, method):
        path = invitation_for()
        for host in ("borealis", ""):
            answer = getattr(stranger_client(host), method)(path, NEW)
            assert answer.status_code == 404
            assert KIM not in answer.content.decode()
        assert not Person.objects.filter(email=KIM).exists()

    def test_tampered(self, door, invitation_for, method):
        path = invitation_for()
        assert getattr(door, method)(path[:-2] + "/", NEW).status_code == 404
        assert not Person.objects.filter(email=KIM).exists()


def test_the_networks_staff_join_at_the_network_host(stranger_client, invitation_for, person):
    path = invitation_for(place=None, by=principal(person("Nora")), role="network_analyst")
    client: Client = stranger_client("")
    assert client.post(path, NEW).status_code == 303
    assert client.session.stored.practice_id is None
    assert client.get("/members/").headers["Location"] == "/account/second-factor/?next=%2Fmembers%2F"


def test_signing_in_is_noted_as_seen(door, invitation_for, now):
    Membership.objects.update(last_seen_at=None)
    door.post("/account/login/", {"login": email("Frank"), "password": PASSWORD})
    door.post("/account/code/", {"code": code_at(timezone.now())})
    assert Membership.objects.get(last_seen_at__isnull=False).person.email == email("Frank")
