"""Handing a practice over."""

import pytest

from core.errors import Conflict, DomainError, NotFound
from tenants.actions.transfer_ownership import transfer_ownership
from tenants.models import Membership
from tests.tenants.invitations import principal
from tests.tenants.trails import entries_at


@pytest.fixture
def hand_over(person, aurora, now):
    def one(to="Martin", *, becomes="manager", by="Olivia"):
        asker = principal(person(by), aurora)
        return transfer_ownership(practice=aurora, to_person_id=person(to).id, becomes=becomes, by=asker, now=now)

    return one


def roles(person, *names):
    return [Membership.objects.get(person=person(name), ended_at__isnull=True).role for name in names]


def test_ownership_passes_in_one_step(hand_over, person):
    hand_over(becomes="provider")
    assert roles(person, "Martin", "Olivia") == ["owner", "provider"]


def test_it_is_in_the_trail(hand_over, person, aurora):
    hand_over()
    (entry,) = entries_at(aurora, "ownership.transferred")
    assert entry.subject_id == person("Martin").id
    assert (entry.detail["from_person"], entry.detail["becomes"]) == (str(person("Olivia").id), "manager")


@pytest.mark.parametrize("by", ["Martin", "Priya", "Bella"])
def test_only_an_owner_of_the_practice_hands_it_over(hand_over, person, by):
    with pytest.raises(NotFound):
        hand_over(to="Frank", by=by)
    assert roles(person, "Olivia", "Frank") == ["owner", "front_desk"]


def test_somebody_who_owns_it_no_more_cannot_hand_it_over(person, aurora, now):
    olivia = principal(person("Olivia"), aurora)
    Membership.objects.filter(person=person("Martin")).update(role="owner")
    Membership.objects.filter(person=person("Olivia")).update(role="manager")
    with pytest.raises(NotFound):
        transfer_ownership(practice=aurora, to_person_id=person("Frank").id, becomes="manager", by=olivia, now=now)


def test_it_goes_to_somebody_of_the_practice(hand_over):
    with pytest.raises(NotFound):
        hand_over(to="Bella")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"to": "Olivia"}, "own_ownership"), ({"becomes": "owner"}, "role_unknown"), ({"becomes": ""}, "role_unknown")],
)
def test_what_makes_no_sense_says_why(hand_over, wrong, code):
    with pytest.raises(DomainError) as refused:
        hand_over(**wrong)
    assert refused.value.code == code


def test_an_owner_is_not_made_one_again(hand_over, person):
    Membership.objects.filter(person=person("Martin")).update(role="owner")
    with pytest.raises(Conflict, match="owner already"):
        hand_over()
