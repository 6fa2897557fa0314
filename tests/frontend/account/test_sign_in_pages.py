"""Signing in and out, passwords, and going from one practice to another."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tenants import hosts
from tenants.models import Membership, Person
from tests.apps import code_at
from tests.cast import PASSWORD, email


@pytest.fixture
def door(stranger_client):
    return stranger_client("aurora")


def test_the_door_says_where_it_leads(door):
    page = door.get("/account/login/").content.decode()
    assert "Sign in to Aurora Aesthetics." in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "Perennial" in page


def test_somebody_of_the_practice_comes_in_and_lands_where_they_wanted(door):
    answer = door.post("/account/login/?next=/notes/", {"login": email("Frank"), "password": PASSWORD}, follow=True)
    assert "Open the app on your phone" in answer.content.decode()
    answer = door.post(answer.request["PATH_INFO"], {"code": code_at(timezone.now())})
    assert answer.headers["Location"] == "/notes/"
    assert door.get("/notes/").status_code == 200


def test_a_wrong_password_is_told_and_the_email_stays(door):
    answer = door.post("/account/login/", {"login": email("Frank"), "password": "wrong"})
    page = answer.content.decode()
    assert "You are not signed in yet" in page
    assert f'value="{email("Frank")}"' in page
    assert "<title>Error: Sign in" in page
    assert "wrong" not in page


def test_signing_out_is_asked_for_and_done(sign_in):
    client = sign_in("Frank", at="aurora")
    assert "Signing out?" in client.get("/account/logout/").content.decode()
    client.post("/account/logout/")
    assert client.get("/notes/").status_code == 302


def test_a_password_is_changed_with_the_old_one(sign_in):
    client = sign_in("Frank", at="aurora")
    new = "three unrelated words"
    answer = client.post("/account/password/change/", {"oldpassword": "x", "password1": new, "password2": new})
    assert 'id="id_oldpassword_error"' in answer.content.decode()
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert Person.objects.get(email=email("Frank")).check_password(new)


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(door):
    door.post("/account/password/reset/", {"email": email("Frank")})
    link = re.search(r"http://[^/]+(/account/password/reset/key/\S+)", mail.outbox[0].body)[1]
    page = door.get(link, follow=True)
    assert "At least 12 characters" in page.content.decode()
    new = "three unrelated words"
    door.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert Person.objects.get(email=email("Frank")).check_password(new)
    assert "This link is spent" in door.get(link, follow=True).content.decode()


def test_an_address_that_nobody_has_is_answered_alike(door):
    known = door.post("/account/password/reset/", {"email": email("Frank")}, follow=True)
    unknown = door.post("/account/password/reset/", {"email": "nobody@example.com"}, follow=True)
    assert "Look at your email" in known.content.decode()
    assert known.content == unknown.content
    assert [message.to for message in mail.outbox] == [[email("Frank")]]


def test_every_page_of_the_account_keeps_labels_and_no_placeholder(sign_in):
    page = sign_in("Frank", at="aurora").get("/account/password/change/").content.decode()
    assert page.count("<label ") == 3
    assert "placeholder" not in page.partition('<div class="door">')[2]


def test_one_goes_to_another_practice_through_a_ticket(sign_in, borealis):
    Membership.objects.create(person=Person.objects.get(email=email("Olivia")), practice_id=borealis.id, role="manager")
    client = sign_in("Olivia", at="aurora")
    assert "Borealis Skin" in client.get("/account/practices/").content.decode()

    page = client.post(f"/account/practices/{borealis.id}/").content.decode()
    link = re.search(r'<a class="btn primary large" href="([^"]+)"', page)[1]
    assert f'content="0; url={link}"' in page
    assert link.startswith(f"http://{hosts.host_of('borealis')}")

    there = Client(SERVER_NAME=hosts.host_of("borealis"))
    ticket = link.partition("/account/")[2]
    assert there.get(f"/account/{ticket}").headers["Location"] == "/"
    assert there.get("/occasions/").status_code == 200

    spent = Client(SERVER_NAME=hosts.host_of("borealis")).get(f"/account/{ticket}")
    assert spent.status_code == 410
    assert "Sign in" in spent.content.decode()


def test_nobody_goes_where_they_do_not_belong(sign_in, borealis):
    assert sign_in("Olivia", at="aurora").post(f"/account/practices/{borealis.id}/").status_code == 404


def test_the_network_host_leads_everybody_to_their_place(sign_in):
    assert sign_in("Nora", at="").get("/").headers["Location"] == "/benchmarks/"
    assert sign_in("Olivia", at="").get("/").headers["Location"] == "/account/practices/"


def test_the_way_back_after_signing_in_does_not_say_what_was_searched_for(stranger_client, aurora):
    answer = stranger_client("aurora").get("/patients/?q=Marguerite")
    assert answer.headers["Location"] == "/account/login/?next=/patients/"
