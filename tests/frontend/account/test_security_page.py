"""Security: how one gets in and where one is signed in, and ending it elsewhere."""

import re

import pytest
from django.core import mail

from tenants.models import Membership, Session
from tests.cast import PASSWORD, email
from tests.places import client_of


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


def test_it_gathers_all_of_it(frank, words):
    page = words(frank.get("/account/security/"))
    for part in ("Password", "App with codes", "Passkey", "PIN for shared desks", "Where you are signed in"):
        assert part in page
    assert email("Frank") in page


def test_it_lists_places_and_devices_and_never_a_key(frank, person, borealis, words):
    Membership.objects.create(person=person("Frank"), practice_id=borealis.id, role="manager")
    there = client_of(person("Frank"), at="borealis")
    Session.objects.filter(session_key=there.session.session_key).update(device="Safari on iPad", address="192.0.2.4")
    page = frank.get("/account/security/")
    assert "Safari on iPad" in words(page)
    assert "Borealis Skin, from 192.0.2.4. Last used just now." in words(page)
    for session in Session.objects.all():
        assert session.session_key not in page.content.decode()


def test_somebody_elses_sessions_are_not_listed(frank, sign_in, person):
    sign_in("Priya", at="aurora")
    assert len(handles(frank)) == 0


def test_one_is_ended(frank, sign_in):
    other = sign_in("Frank", at="aurora")
    (handle,) = handles(frank)
    answer = frank.post(f"/account/sessions/{handle}/end/")
    assert answer.headers["Location"] == "/account/security/?said=signed-out-there"
    assert other.get("/notes/").status_code == 302
    assert frank.get("/notes/").status_code == 200


def test_all_others_are_ended(frank, sign_in):
    others = [sign_in("Frank", at="aurora") for _time in range(2)]
    frank.post("/account/sessions/others/end/")
    assert [client.get("/notes/").status_code for client in (frank, *others)] == [200, 302, 302]


def test_nobody_ends_somebody_elses(frank, sign_in, person):
    priya = sign_in("Priya", at="aurora")
    handle = Session.objects.get(person=person("Priya")).handle
    assert frank.post(f"/account/sessions/{handle}/end/").status_code == 404
    assert priya.get("/notes/").status_code == 200


def test_a_new_password_ends_all_others(frank, sign_in, person):
    other = sign_in("Frank", at="aurora")
    new = "three unrelated words"
    frank.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert frank.get("/notes/").status_code == 200
    assert other.get("/notes/").status_code == 302
    assert Session.objects.filter(person=person("Frank")).count() == 1


@pytest.mark.parametrize("at", ["aurora", ""])
def test_a_reset_by_mail_works_on_every_host_and_ends_every_session(frank, stranger_client, person, at):
    door = stranger_client(at)
    door.post("/account/password/reset/", {"email": email("Frank")})
    host, path = re.search(r"http://([^/:]+)[^/]*(/account/password/reset/key/\S+)", mail.outbox[0].body).groups()
    assert host == ("aurora.perennial.localhost" if at else "perennial.localhost")
    page = door.get(path, follow=True)
    new = "three unrelated words"
    door.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert not Session.objects.filter(person=person("Frank")).exists()
    assert frank.get("/notes/").status_code == 302
    assert person("Frank").check_password(new)


def handles(client):
    return re.findall(
        r'action="/account/sessions/([0-9a-f-]{36})/end/"', client.get("/account/security/").content.decode()
    )
