"""Whatever the code does: a practice with people has an owner, and the network an admin. Asked when it commits."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from core.errors import Conflict
from core.tenancy.scope import practice_scope
from core.violated import violated
from tenants.actions.end_membership import end_membership
from tenants.models import Membership, Person, Practice
from tests.at_once import at_once
from tests.places import owner_of

OWNER_ALWAYS = "membership_owner_always"


def commit_checks():
    """What a commit would check, now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refusal(change) -> str:
    """The constraint that a commit of `change` would break; "" where it would go through."""
    try:
        with transaction.atomic():
            change()
            commit_checks()
    except IntegrityError as error:
        return violated(error)
    return ""


@pytest.fixture
def members(aurora):
    return Membership.objects.filter(practice_id=aurora.id)


@pytest.mark.parametrize("change", [{"role": "manager"}, {"ended_at": "2026-11-23T17:00Z"}])
def test_the_only_owner_is_not_taken_away(members, change):
    assert refusal(lambda: members.filter(role="owner").update(**change)) == OWNER_ALWAYS


def test_not_even_when_the_practice_is_empty_afterwards(members, now):
    assert refusal(lambda: members.update(ended_at=now)) == OWNER_ALWAYS


def test_not_by_deleting_them(members):
    assert refusal(lambda: members.filter(role="owner").delete()) == OWNER_ALWAYS


def test_not_by_closing_their_account(members, person):
    olivia = person("Olivia").id
    assert refusal(lambda: Person.objects.filter(id=olivia).update(is_active=False)) == OWNER_ALWAYS


def test_not_by_moving_them_to_another_practice(members, borealis):
    assert refusal(lambda: members.filter(role="owner").update(practice_id=borealis.id)) == OWNER_ALWAYS


def test_not_at_a_practice_that_is_paused(members, aurora):
    Practice.objects.filter(id=aurora.id).update(status="suspended")
    assert refusal(lambda: members.filter(role="owner").update(role="manager")) == OWNER_ALWAYS


def test_not_from_inside_a_practice_where_nobody_sees_people(members, borealis):
    """The role at the commit may be a practice's."""

    def demote_and_enter():
        members.filter(role="owner").update(role="manager")
        with practice_scope(borealis):
            commit_checks()

    assert refusal(demote_and_enter) == OWNER_ALWAYS


def test_ownership_may_pass_in_any_order(members):
    def pass_on():
        members.filter(role="owner").update(role="provider")
        members.filter(role="manager").update(role="owner")

    assert refusal(pass_on) == ""


def test_a_practice_that_left_may_lose_its_people_but_not_come_back_without(members, aurora, now):
    practice = Practice.objects.filter(id=aurora.id)
    practice.update(status="left", left_on=date(2026, 11, 23))
    assert refusal(lambda: members.update(ended_at=now)) == ""
    assert refusal(lambda: practice.update(status="active")) == OWNER_ALWAYS


def test_a_practice_may_have_nobody_yet_but_its_first_person_owns_it(aurora, members, person):
    sam = person("Sam")
    assert refusal(lambda: members.all().delete()) == ""
    assert refusal(lambda: members.create(person=sam, practice_id=aurora.id, role="manager")) == OWNER_ALWAYS


@pytest.mark.parametrize("change", [{"network_role": ""}, {"network_role": "network_analyst"}, {"is_active": False}])
def test_the_networks_only_admin_is_not_taken_away(person, change):
    nora = Person.objects.filter(id=person("Nora").id)
    assert refusal(lambda: nora.update(**change)) == "person_network_admin_always"


def test_the_networks_only_admin_is_not_deleted(person):
    nora = person("Nora")
    assert refusal(nora.delete) == "person_network_admin_always"


@pytest.fixture
def two_owners(open_place):
    place = open_place()
    owners = owner_of(place), owner_of(place)
    yield place, owners
    Membership.objects.filter(practice_id=place.id).delete()
    for owner in owners:
        owner.delete()


def test_of_two_owners_who_leave_at_once_one_stays(two_owners, now):
    place, owners = two_owners

    def go(owner):
        return lambda: end_membership(practice=place, person_id=owner.id, work_to=None, by=None, now=now)

    gone, refused = at_once(go(owners[0]), go(owners[1]))
    assert isinstance(gone, Membership)
    assert isinstance(refused, Conflict)
    assert refused.code == "last_owner"


def test_the_database_itself_lets_one_of_two_who_leave_at_once(two_owners, now):
    """Both are checked before either is gone: without a lock each would see the other one still there."""
    place, owners = two_owners

    def go(owner):
        def update():
            with transaction.atomic():
                Membership.objects.filter(person=owner).update(ended_at=now)
                commit_checks()

        return update

    gone, refused = at_once(go(owners[0]), go(owners[1]))
    assert (gone, type(refused)) == (None, IntegrityError)
    assert Membership.objects.filter(practice_id=place.id, ended_at__isnull=True).count() == 1
