"""Sending an invitation again, and taking it back."""

from datetime import timedelta

import pytest
from django.core import mail

from core.errors import Conflict, DomainError, NotFound
from tenants.actions.cancel_invitation import cancel_invitation
from tenants.actions.resend_invitation import resend_invitation
from tenants.invitation_link import GOOD_FOR, good_invitation
from tenants.models import Invitation, Practice
from tests.tenants.invitations import invited, mails_go_out, principal, token_in
from tests.tenants.trails import entries_at


@pytest.fixture
def practice(aurora):
    return Practice.objects.get(id=aurora.id)


@pytest.fixture
def olivia(person, aurora):
    return principal(person("Olivia"), aurora)


@pytest.fixture
def kims(aurora, olivia, now):
    return invited(place=aurora, by=olivia, now=now)


@pytest.mark.parametrize("later", [timedelta(days=1), GOOD_FOR + timedelta(days=1)])
def test_a_new_link_takes_the_place_of_the_old_one_for_seven_days_more(kims, practice, aurora, olivia, now, later):
    invitation, old = kims
    with mails_go_out():
        resend_invitation(invitation_id=invitation.id, practice=practice, by=olivia, now=now + later)
    new = token_in(mail.outbox[-1])
    with pytest.raises(NotFound):
        good_invitation(token=old, practice=aurora, now=now + later)
    assert good_invitation(token=new, practice=aurora, now=now + later + GOOD_FOR - timedelta(seconds=1))


def test_a_cancelled_link_is_dead_and_the_address_can_be_invited_again(kims, practice, aurora, olivia, now):
    invitation, token = kims
    cancel_invitation(invitation_id=invitation.id, practice=practice, by=olivia, now=now)
    with pytest.raises(Conflict) as refused:
        good_invitation(token=token, practice=aurora, now=now)
    assert refused.value.code == "invitation_cancelled"
    assert invited(place=aurora, by=olivia, now=now)


def test_both_are_in_the_trail(kims, practice, aurora, olivia, now):
    invitation, _ = kims
    resend_invitation(invitation_id=invitation.id, practice=practice, by=olivia, now=now)
    cancel_invitation(invitation_id=invitation.id, practice=practice, by=olivia, now=now)
    for verb in ("invitation.renewed", "invitation.cancelled"):
        assert [entry.subject_id for entry in entries_at(aurora, verb)] == [invitation.id]


@pytest.mark.parametrize("act", [resend_invitation, cancel_invitation])
class TestEither:
    def test_an_invitation_that_ended_stays_as_it_is(self, act, kims, practice, olivia, now):
        invitation, _ = kims
        cancel_invitation(invitation_id=invitation.id, practice=practice, by=olivia, now=now)
        with pytest.raises(Conflict):
            act(invitation_id=invitation.id, practice=practice, by=olivia, now=now)
        Invitation.objects.update(cancelled_at=None, accepted_at=now)
        with pytest.raises(Conflict):
            act(invitation_id=invitation.id, practice=practice, by=olivia, now=now)

    def test_another_practices_invitation_is_not_found(self, act, kims, person, borealis, now):
        with pytest.raises(NotFound):
            act(
                invitation_id=kims[0].id,
                practice=Practice.objects.get(id=borealis.id),
                by=principal(person("Bella"), borealis),
                now=now,
            )

    def test_a_manager_leaves_the_invitations_of_owners_alone(self, act, person, practice, aurora, olivia, now):
        invitation, _ = invited(place=aurora, by=olivia, now=now, role="owner")
        with pytest.raises(DomainError) as refused:
            act(invitation_id=invitation.id, practice=practice, by=principal(person("Martin"), aurora), now=now)
        assert refused.value.code == "role_above"
