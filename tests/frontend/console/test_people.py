"""The network's own staff, in the console."""

import pytest
from django.core import mail

from tenants.models import Invitation
from tests.tenants.invitations import KIM, invited, mails_go_out


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


def test_admins_and_analysts_are_listed_and_nobody_of_a_practice(nora, words):
    page = words(nora.get("/people/"))
    assert "2 people of the network" in page
    assert "Nora North nora@example.com Role Network admin, you" in page
    assert "Ana Lyst ana@example.com Role Network analyst" in page
    assert "Olivia" not in page


def test_somebody_is_invited_to_the_network(nora, words):
    asked = {"name": "Kim Kent", "email": KIM, "role": "network_analyst"}
    with mails_go_out():
        assert nora.post("/people/invitations/new/", asked).headers["Location"] == "/people/?said=invited"
    assert "invites you to Perennial Network as network analyst." in mail.outbox[0].body
    assert "Kim Kent kim@example.com Network analyst, invited by Nora North" in words(nora.get("/people/"))
    assert nora.post("/people/invitations/new/", asked).status_code == 422


def test_an_invitation_is_sent_again_and_cancelled(nora, now):
    invitation, _ = invited(place=None, by=None, now=now, role="network_admin")
    path = f"/people/invitations/{invitation.id}/"
    assert nora.post(path + "renewal/").headers["Location"] == "/people/?said=invited-again"
    assert nora.post(path + "cancellation/").headers["Location"] == "/people/?said=invitation-cancelled"
    answer = nora.post(path + "cancellation/")
    assert answer.status_code == 409
    assert "This was not done" in answer.content.decode()


def test_a_practices_invitation_is_not_found(nora, aurora, now):
    invitation, _ = invited(place=aurora, by=None, now=now)
    assert nora.post(f"/people/invitations/{invitation.id}/renewal/").status_code == 404
    assert Invitation.objects.live(now=now).count() == 1


def test_an_analyst_leaves(nora, person):
    path = f"/people/{person('Ana').id}/departure/"
    assert "End the access of Ana Lyst" in nora.get(path).content.decode()
    assert nora.post(path).headers["Location"] == "/people/?said=network-person-left"
    assert person("Ana").network_role == ""
    assert nora.get(path).status_code == 404


def test_the_last_admin_stays(nora, person):
    answer = nora.post(f"/people/{person('Nora').id}/departure/")
    assert answer.status_code == 409
    assert "The network needs an admin. Invite another one first." in answer.content.decode()
    assert person("Nora").network_role == "network_admin"


def test_people_of_a_practice_have_no_page_here(nora, person):
    assert nora.post(f"/people/{person('Olivia').id}/departure/").status_code == 404
