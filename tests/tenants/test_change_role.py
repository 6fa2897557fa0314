"""Roles change with the next request; nobody raises their own, and a practice never loses its last owner."""

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import practice_scope
from loyalty.models import Staff
from tenants.actions.change_role import change_role
from tenants.models import Invitation, Membership
from tenants.principal import Principal
from tests.tenants.invitations import invited, principal
from tests.tenants.trails import entries_at


@pytest.fixture
def change(person, aurora, now):
    """change("Frank", "provider", by="Olivia")."""

    def one(name, role, *, by="Olivia"):
        asker = principal(person(by), aurora)
        return change_role(practice=aurora, person_id=person(name).id, role=role, by=asker, now=now)

    return one


def role_of(person):
    return Membership.objects.get(person=person, ended_at__isnull=True).role


def test_a_role_changes_and_with_it_what_the_next_request_may(change, sign_in, person):
    martin = sign_in("Martin", at="aurora")
    assert martin.get("/benchmarks/").status_code == 200
    change("Martin", "front_desk")
    assert martin.get("/benchmarks/").status_code == 404
    assert role_of(person("Martin")) == "front_desk"


def test_it_is_in_the_trail(change, aurora, person):
    change("Frank", "provider")
    (entry,) = entries_at(aurora, "person.role_changed")
    assert entry.subject_id == person("Frank").id
    assert entry.detail == {"from": "front_desk", "to": "provider", "invitations_cancelled": 0}


def test_the_staff_of_the_practice_follow(change, aurora, person):
    frank = person("Frank").id
    change("Frank", "provider")
    with practice_scope(aurora):
        assert Staff.objects.get(person_id=frank).role == "provider"
    # An owner goes on treating as what they were.
    change("Frank", "owner")
    with practice_scope(aurora):
        staff = Staff.objects.get(person_id=frank)
        assert (staff.role, staff.is_active) == ("provider", True)


def test_the_last_owner_stays_one(change, person):
    with pytest.raises(Conflict) as refused:
        change("Olivia", "manager")
    assert refused.value.code == "last_owner"
    assert role_of(person("Olivia")) == "owner"
    change("Martin", "owner")
    change("Olivia", "manager")
    assert role_of(person("Olivia")) == "manager"


def test_an_owner_whose_account_is_closed_does_not_count(change, person):
    change("Martin", "owner")
    martin = person("Martin")
    martin.is_active = False
    martin.save()
    with pytest.raises(Conflict, match="needs an owner"):
        change("Olivia", "manager")


@pytest.mark.parametrize(("name", "role"), [("Frank", "owner"), ("Olivia", "manager"), ("Martin", "owner")])
def test_a_manager_makes_and_unmakes_no_owner(change, person, name, role):
    before = role_of(person(name))
    with pytest.raises(DomainError) as refused:
        change(name, role, by="Martin")
    assert refused.value.code in ("role_above", "own_role")
    assert role_of(person(name)) == before


def test_nobody_raises_their_own_role(person, aurora, now):
    """Not even with a request that began when they still were what they are no more."""
    frank = person("Frank")
    yesterday = Principal(person_id=frank.id, person_name=frank.name, practice=aurora, role="owner")
    with pytest.raises(DomainError) as refused:
        change_role(practice=aurora, person_id=frank.id, role="manager", by=yesterday, now=now)
    assert refused.value.code == "own_role"
    assert role_of(frank) == "front_desk"


def test_one_may_step_down(change, person):
    change("Martin", "provider", by="Martin")
    assert role_of(person("Martin")) == "provider"


def test_a_lesser_role_takes_back_the_invitations_it_could_not_send(change, person, aurora, now):
    change("Martin", "owner")
    by = principal(person("Martin"), aurora)
    invited(place=aurora, by=by, now=now, role="owner", email="one@example.com")
    invited(place=aurora, by=by, now=now, role="provider", email="two@example.com")
    change("Martin", "manager")
    assert [one.email for one in Invitation.objects.live(now=now)] == ["two@example.com"]


@pytest.mark.parametrize("by", ["Priya", "Frank"])
def test_others_change_nobody(change, by):
    with pytest.raises(NotFound):
        change("Frank", "manager", by=by)


def test_another_practices_people_are_not_found(change, person, borealis, now):
    with pytest.raises(NotFound):
        change("Bella", "manager")
    with pytest.raises(NotFound):
        change("Frank", "manager", by="Bella")
    asker = principal(person("Bella"), borealis)
    with pytest.raises(NotFound):
        change_role(practice=borealis, person_id=person("Frank").id, role="manager", by=asker, now=now)


@pytest.mark.parametrize(("role", "code"), [("front_desk", "role_same"), ("boss", "role_unknown")])
def test_what_makes_no_sense_says_why(change, role, code):
    with pytest.raises(DomainError) as refused:
        change("Frank", role)
    assert refused.value.code == code
