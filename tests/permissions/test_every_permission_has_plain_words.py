"""The access review tells owners what each role sees and may do: no permission of a practice may lack its words."""

import pytest

from tenants.models import Role
from tenants.people.plain_words import CAN, SEES, access_of, verbs_of_a_practice
from tenants.permissions import may


def test_every_permission_of_a_practice_has_words_of_its_own():
    assert SEES.keys() | CAN.keys() == verbs_of_a_practice()
    assert not SEES.keys() & CAN.keys()
    assert len({*SEES.values(), *CAN.values()}) == len(SEES) + len(CAN)


@pytest.mark.parametrize("role", Role.values)
def test_what_the_review_says_is_what_is_enforced(role):
    access = access_of(role)
    for table, yes, no in ((SEES, access.sees, access.sees_not), (CAN, access.can, access.cannot)):
        assert list(yes) == [words for verb, words in table.items() if may(role, verb)]
        assert sorted((*yes, *no)) == sorted(table.values())
