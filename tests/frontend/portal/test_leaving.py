"""The owner asks to leave: free, complete, and nothing happens by a slip."""

import pytest
from django.core import mail

from core.models import NetworkEntry
from tenants.models import Practice, StatusChange
from tests.tenants.invitations import mails_go_out


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


def ask(client, reason="unused"):
    with mails_go_out():
        return client.post("/settings/leaving/", {"reason": reason, "note": ""})


def test_what_it_means_is_said_before(olivia, words):
    page = words(olivia.get("/settings/leaving/"))
    for said in ("It is free, it is complete", "You can export all of them", "Past releases stand", "for six years"):
        assert said in page


def test_asking_tells_the_network_and_changes_nothing_else(olivia, aurora):
    ask(olivia)
    practice = Practice.objects.get(id=aurora.id)
    assert (practice.status, practice.leave_asked_at is not None) == ("active", True)
    assert [message.to for message in mail.outbox] == [["nora@example.com"]]
    assert f"/members/{aurora.id}/" in mail.outbox[0].body
    assert StatusChange.objects.get(practice_id=aurora.id).change == "leave_asked"
    assert NetworkEntry.objects.filter(verb="practice.leave_asked", practice_id=aurora.id).count() == 1
    assert olivia.get("/").status_code == 200


def test_asking_twice_is_one_wish(olivia, aurora, words):
    ask(olivia)
    assert "You asked on" in words(olivia.get("/settings/leaving/"))
    assert ask(olivia).status_code == 422
    assert StatusChange.objects.filter(practice_id=aurora.id).count() == 1
    assert len(mail.outbox) == 1


def test_the_network_sees_it_where_it_looks(olivia, sign_in, aurora, words):
    ask(olivia)
    nora = sign_in("Nora", at="")
    assert "Asks to leave" in words(nora.get("/members/"))
    assert "The owner asks to leave" in words(nora.get(f"/members/{aurora.id}/"))


def test_a_reason_is_chosen_from_a_list(olivia):
    assert ask(olivia, reason="").status_code == 422
