"""Leaving the network's staff."""

import pytest

from core.errors import Conflict, NotFound
from tenants.actions.end_network_role import end_network_role
from tenants.models import Invitation, Session
from tests.tenants.invitations import invited, principal
from tests.tenants.trails import entries_at


@pytest.fixture
def end(person, now):
    return lambda name, by="Nora": end_network_role(person_id=person(name).id, by=principal(person(by)), now=now)


def test_who_leaves_sees_the_console_no_more(end, sign_in, person):
    ana = sign_in("Ana", at="")
    assert ana.get("/members/").status_code == 200
    end("Ana")
    assert ana.get("/members/").status_code != 200
    assert not Session.objects.filter(person=person("Ana")).exists()
    (entry,) = entries_at(None, "person.left")
    assert (entry.person_id, entry.detail["role"]) == (person("Ana").id, "network_analyst")


def test_the_last_admin_stays(end, person):
    with pytest.raises(Conflict) as refused:
        end("Nora")
    assert refused.value.code == "last_network_admin"
    assert person("Nora").network_role == "network_admin"


def test_of_two_admins_one_may_leave_and_takes_their_invitations_back(end, person, now):
    ana = person("Ana")
    ana.network_role = "network_admin"
    ana.save()
    invited(place=None, by=principal(ana), now=now, role="network_analyst")
    end("Ana")
    assert not Invitation.objects.live(now=now).exists()


@pytest.mark.parametrize("by", ["Ana", "Olivia", "Sam"])
def test_nobody_else_sends_them_away(end, by):
    with pytest.raises(NotFound):
        end("Ana", by)


def test_somebody_without_a_role_is_not_there(end):
    with pytest.raises(NotFound):
        end("Olivia")
