"""An operator invites: the network's first admin, or somebody to a practice."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from tenants.models import Invitation
from tests.cast import email
from tests.places import owner_of
from tests.tenants.invitations import KIM
from tests.tenants.trails import entries_at


@pytest.fixture
def kims_are_gone(committed):
    yield
    Invitation.objects.filter(email=KIM).delete()


def test_the_networks_admin_is_invited(kims_are_gone, capsys):
    call_command("invite", KIM, name="Kim Kent", role="network_admin")
    assert f"{KIM} is invited. The link works once, until" in capsys.readouterr().out
    assert "The network invites you to Perennial Network as network admin." in mail.outbox[-1].body
    entry = entries_at(None, "invitation.sent")[-1]
    assert (entry.asker_kind, entry.place) == ("operator", "invite")


def test_somebody_is_invited_to_a_practice(kims_are_gone, open_place, capsys):
    place = open_place()
    owner = owner_of(place)
    call_command("invite", KIM, name="Kim Kent", role="manager", practice=place.slug)
    assert Invitation.objects.get(email=KIM).practice_id == place.id
    owner.delete()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"practice": "nowhere"}, "There is no practice"),
        ({"role": "manager"}, "Choose one of the roles"),
        ({"email": email("Nora")}, "belongs here already"),
    ],
)
def test_what_cannot_be_done_says_why(db, wrong, why):
    asked = {"email": KIM, "name": "Kim Kent", "role": "network_admin"} | wrong
    with pytest.raises(CommandError, match=why):
        call_command("invite", asked.pop("email"), **asked)
    assert not Invitation.objects.exists()
