"""Signing in: each person at their own places, and nothing told to anybody else."""

import pytest
from django.conf import settings
from django.utils import timezone

from tenants.models import Membership, Session
from tests.apps import code_at
from tests.cast import PASSWORD, email


def try_to_sign_in(client, first_name, password=PASSWORD):
    """By the form, second factor and all where the password is right."""
    answer = client.post("/account/login/", {"login": email(first_name), "password": password})
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith("/account/code/")
        answer = client.post("/account/code/", {"code": code_at(timezone.now())})
    return answer


@pytest.mark.parametrize("name", ["Olivia", "Martin", "Priya", "Frank"])
def test_a_practices_people_sign_in_at_their_practice(stranger_client, aurora, name):
    client = stranger_client("aurora")
    answer = try_to_sign_in(client, name)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session.stored.practice_id == aurora.id
    assert client.session.stored.membership.practice_id == aurora.id


@pytest.mark.parametrize("name", ["Nora", "Ana"])
def test_network_people_sign_in_at_the_network(stranger_client, name):
    client = stranger_client("")
    assert try_to_sign_in(client, name).status_code == 302
    assert (client.session.stored.practice_id, client.session.stored.membership_id) == (None, None)


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Bella", "aurora"),
        ("Nora", "aurora"),
        ("Ana", "aurora"),
        ("Sam", "aurora"),
        ("Sam", ""),
        ("Olivia", "borealis"),
    ],
)
def test_a_stranger_gets_the_answer_of_a_wrong_password(stranger_client, name, at):
    right = try_to_sign_in(stranger_client(at), name)
    wrong = try_to_sign_in(stranger_client(at), name, "not the pass-phrase")
    assert right.status_code == wrong.status_code == 200
    words = "not correct"
    assert words in right.content.decode()
    assert words in wrong.content.decode()
    assert settings.SESSION_COOKIE_NAME not in right.cookies


def test_somebody_who_left_signs_in_no_more(stranger_client, person, now):
    Membership.objects.filter(person=person("Frank")).update(ended_at=now)
    assert try_to_sign_in(stranger_client("aurora"), "Frank").status_code == 200


def test_a_session_of_somebody_who_left_dies_at_the_next_request(sign_in, person, now):
    client = sign_in("Frank", at="aurora")
    assert client.get("/").status_code == 200
    Membership.objects.filter(person=person("Frank")).update(ended_at=now)
    answer = client.get("/patients/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/?left=1")
    assert "You are no longer a member here" in client.get(answer.headers["Location"]).content.decode()
    assert not Session.objects.filter(person=person("Frank")).exists()
    assert client.get("/patients/").headers["Location"] == "/account/login/?next=/patients/"


def test_a_membership_made_anew_does_not_revive_an_old_session(sign_in, person, aurora, now):
    client = sign_in("Frank", at="aurora")
    Membership.objects.filter(person=person("Frank")).update(ended_at=now)
    Membership.objects.create(person=person("Frank"), practice_id=aurora.id, role="owner")
    assert client.get("/").headers["Location"] == "/account/login/?left=1"


def test_a_session_carried_to_another_host_is_not_known_there(sign_in, aurora, borealis, person):
    Membership.objects.create(person=person("Olivia"), practice_id=borealis.id, role="owner")
    client = sign_in("Olivia", at="aurora")
    assert client.get("/").status_code == 200
    # Even where Olivia is a member: she must be handed over, a copied cookie is not enough.
    assert client.get("/", SERVER_NAME="borealis.perennial.localhost").status_code == 404
    assert client.get("/", SERVER_NAME="perennial.localhost").status_code == 404


def test_nobody_signs_up(stranger_client):
    assert stranger_client("aurora").get("/account/signup/").status_code == 404


def test_without_signing_in_a_page_leads_to_the_sign_in(stranger_client, aurora):
    answer = stranger_client("aurora").get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")


def test_signing_out_ends_the_session(sign_in):
    client = sign_in("Olivia", at="aurora")
    client.post("/account/logout/")
    assert client.get("/").status_code == 302
