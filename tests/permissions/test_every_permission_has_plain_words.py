"""The access review tells owners what each role may do: no permission of a practice may lack its words."""

from tenants.models import Role
from tenants.people.plain_words import CAN, access_of, verbs_of_a_practice
from tenants.permissions import may


def test_every_permission_of_a_practice_has_words_of_its_own():
    assert set(CAN) == verbs_of_a_practice()
    assert len(set(CAN.values())) == len(CAN)


def test_what_a_role_can_is_what_is_enforced():
    for role in Role.values:
        access = access_of(role)
        assert set(access.can) == {words for verb, words in CAN.items() if may(role, verb)}
        assert set(access.can) | set(access.cannot) == set(CAN.values())
        assert not set(access.can) & set(access.cannot)
