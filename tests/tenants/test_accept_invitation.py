"""Accepting: once, in time, at the right host, by the owner of the address, who proves it."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import practice_scope
from loyalty.models import Staff
from tenants.actions.accept_invitation import accept_as_new_person, accept_invitation
from tenants.actions.resend_invitation import resend_invitation
from tenants.invitation_link import GOOD_FOR, hash_of
from tenants.models import Invitation, Membership, Person, Practice
from tests.at_once import at_once
from tests.cast import PASSWORD, email
from tests.places import owner_of
from tests.tenants.invitations import KIM, invited, principal
from tests.tenants.trails import entries_at

NEW = {"name": "Kim Kent", "password": PASSWORD}


@pytest.fixture
def olivia(person, aurora):
    return principal(person("Olivia"), aurora)


@pytest.fixture
def token(aurora, olivia, now):
    return invited(place=aurora, by=olivia, now=now)[1]


@pytest.fixture
def sams(aurora, olivia, now):
    """The token of an invitation for Sam, who has an account and no membership."""
    return invited(place=aurora, by=olivia, now=now, email=email("Sam"), role="manager")[1]


def test_a_new_person_has_the_invited_address_a_password_and_the_role(token, aurora, now):
    kim = accept_as_new_person(token=token, practice=aurora, now=now, **NEW)
    assert (kim.email, kim.name, kim.check_password(PASSWORD)) == (KIM, "Kim Kent", True)
    member = Membership.objects.get(person=kim)
    assert (member.practice_id, member.role, member.ended_at) == (aurora.id, "front_desk", None)
    kept = Invitation.objects.get()
    assert (kept.accepted_at, kept.accepted_by) == (now, kim)


def test_accepting_is_in_the_trail_as_done_by_the_one_who_accepts(token, aurora, now):
    kim = accept_as_new_person(token=token, practice=aurora, now=now, **NEW)
    (entry,) = entries_at(aurora, "invitation.accepted")
    assert (entry.asker_kind, entry.asker_id, entry.role, entry.subject_id) == ("person", kim.id, "front_desk", kim.id)


def test_who_comes_is_on_the_staff_of_the_practice(token, aurora, now):
    kim = accept_as_new_person(token=token, practice=aurora, now=now, **NEW)
    with practice_scope(aurora):
        staff = Staff.objects.get(person_id=kim.id)
        assert (staff.display_name, staff.role, staff.is_active) == ("Kim Kent", "front_desk", True)


def test_an_invitation_is_good_once(token, aurora, now):
    accept_as_new_person(token=token, practice=aurora, now=now, **NEW)
    with pytest.raises(Conflict) as refused:
        accept_as_new_person(token=token, practice=aurora, now=now, **NEW)
    assert refused.value.code == "invitation_used"


def test_an_invitation_used_cannot_be_played_again_by_somebody_who_left(token, aurora, now):
    kim = accept_as_new_person(token=token, practice=aurora, now=now, **NEW)
    Membership.objects.filter(person=kim).update(ended_at=now)
    with pytest.raises(Conflict) as refused:
        accept_invitation(token=token, practice=aurora, person=kim, now=now)
    assert refused.value.code == "invitation_used"


def test_an_invitation_is_good_for_seven_days(token, aurora, now):
    with pytest.raises(Conflict) as refused:
        accept_as_new_person(token=token, practice=aurora, now=now + GOOD_FOR, **NEW)
    assert refused.value.code == "invitation_expired"
    assert accept_as_new_person(token=token, practice=aurora, now=now + GOOD_FOR - timedelta(seconds=1), **NEW)


def test_an_invitation_is_unknown_at_another_host(token, borealis, now):
    for place in (borealis, None):
        with pytest.raises(NotFound):
            accept_as_new_person(token=token, practice=place, now=now, **NEW)
    assert not Person.objects.filter(email=KIM).exists()


def test_a_tampered_link_is_unknown(token, aurora, now):
    for wrong in ("", token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), token.swapcase()):
        with pytest.raises(NotFound):
            accept_as_new_person(token=wrong, practice=aurora, now=now, **NEW)


def test_an_invitation_never_opens_an_account_that_exists(sams, aurora, person, now):
    with pytest.raises(Conflict) as refused:
        accept_as_new_person(token=sams, practice=aurora, name="Sam", password="a password of the thief", now=now)
    assert refused.value.code == "account_exists"
    assert person("Sam").check_password(PASSWORD)
    assert not Membership.objects.filter(person=person("Sam")).exists()


def test_somebody_with_an_account_takes_the_role_by_it(sams, aurora, person, now):
    accept_invitation(token=sams, practice=aurora, person=person("Sam"), now=now)
    assert Membership.objects.get(person=person("Sam")).role == "manager"


def test_somebody_else_cannot_take_it(sams, aurora, person, now):
    with pytest.raises(DomainError) as refused:
        accept_invitation(token=sams, practice=aurora, person=person("Bella"), now=now)
    assert refused.value.code == "other_email"
    assert email("Sam") in refused.value.message
    assert Membership.objects.filter(person=person("Bella")).count() == 1


def test_somebody_who_came_in_meanwhile_is_told(sams, aurora, person, now):
    Membership.objects.create(person=person("Sam"), practice_id=aurora.id, role="provider")
    with pytest.raises(Conflict) as refused:
        accept_invitation(token=sams, practice=aurora, person=person("Sam"), now=now)
    assert refused.value.code == "already_here"
    assert Invitation.objects.get().accepted_at is None


def test_a_practice_that_closed_takes_nobody_in(token, aurora, now):
    Practice.objects.filter(id=aurora.id).update(status="suspended")
    with pytest.raises(Conflict) as refused:
        accept_as_new_person(token=token, practice=aurora, now=now, **NEW)
    assert refused.value.code == "practice_closed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": "  "}, "name_missing"),
        ({"name": "k" * 121}, "name_too_long"),
        ({"password": "short"}, "password_weak"),
        ({"password": "q1w2e3r4t5y6"}, "password_weak"),
        ({"password": KIM}, "password_weak"),
    ],
)
def test_what_cannot_be_taken_says_why_and_leaves_the_invitation_open(token, aurora, now, wrong, code):
    with pytest.raises(DomainError) as refused:
        accept_as_new_person(token=token, practice=aurora, now=now, **NEW | wrong)
    assert refused.value.code == code
    assert Invitation.objects.live(now=now).count() == 1
    assert not Person.objects.filter(email=KIM).exists()


def test_staff_of_the_network_join_at_the_network(person, now):
    _, token = invited(place=None, by=principal(person("Nora")), now=now, role="network_analyst")
    kim = accept_as_new_person(token=token, practice=None, now=now, **NEW)
    assert kim.network_role == "network_analyst"
    assert not Membership.objects.filter(person=kim).exists()


@pytest.fixture
def committed_invitation(open_place, now):
    """(place, token) of an invitation that other connections see; whoever accepts it is gone afterwards."""
    place = open_place()
    owner = owner_of(place)
    token = "t" * 43
    Invitation.objects.create(
        practice_id=place.id,
        email=KIM,
        name="Kim Kent",
        role="front_desk",
        token_sha256=hash_of(token),
        expires_at=now + GOOD_FOR,
    )
    yield place, token
    Person.objects.filter(email=KIM).delete()
    owner.delete()


def test_of_two_who_accept_at_once_one_comes_in_and_the_other_is_told(committed_invitation, now):
    place, token = committed_invitation
    winner, loser = at_once(
        lambda: accept_as_new_person(token=token, practice=place, now=now, **NEW),
        lambda: accept_as_new_person(token=token, practice=place, now=now, **NEW),
    )
    assert isinstance(winner, Person)
    assert isinstance(loser, Conflict)
    assert loser.code == "invitation_used"
    assert Membership.objects.filter(practice_id=place.id, person__email=KIM).count() == 1


def test_a_link_used_and_renewed_at_once_brings_one_person_in(committed_invitation, now):
    """Whoever sends it again waits for the one who accepts, and is told."""
    place, token = committed_invitation
    practice = Practice.objects.get(id=place.id)
    invitation = Invitation.objects.get(practice=practice)
    joined, refused = at_once(
        lambda: accept_as_new_person(token=token, practice=place, now=now, **NEW),
        lambda: resend_invitation(invitation_id=invitation.id, practice=practice, by=None, now=now),
    )
    assert isinstance(joined, Person)
    assert isinstance(refused, Conflict)
    assert refused.code == "invitation_used"
