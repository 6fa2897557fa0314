"""The staff of a practice follow its people; what was imported finds its person."""

import pytest

from core.ids import uuid7
from loyalty.models import Staff
from loyalty.staff.come import come
from loyalty.staff.leave import leave
from loyalty.staff.work_of import colleagues_of


@pytest.fixture
def kim():
    return uuid7()


def test_somebody_new_is_on_the_staff(in_aurora, kim):
    staff = come(person_id=kim, name="Kim Kent", role="provider")
    assert (staff.display_name, staff.role, staff.person_id, staff.is_active) == ("Kim Kent", "provider", kim, True)


def test_an_owner_is_not_on_the_staff(in_aurora, kim):
    assert come(person_id=kim, name="Kim Kent", role="owner") is None


def test_the_imported_practitioner_of_that_name_is_theirs(in_aurora, kim):
    imported = Staff.objects.create(display_name="Kim Kent", role="provider", external_id="P-7")
    assert come(person_id=kim, name="kim kent", role="manager").id == imported.id
    imported.refresh_from_db()
    assert (imported.person_id, imported.role, imported.display_name) == (kim, "manager", "Kim Kent")


@pytest.mark.parametrize("taken", ["two of that name", "somebody else's", "gone"])
def test_nobody_is_taken_for_somebody_else(in_aurora, kim, taken):
    Staff.objects.create(
        display_name="Kim Kent", person_id=uuid7() if taken == "somebody else's" else None, is_active=taken != "gone"
    )
    if taken == "two of that name":
        Staff.objects.create(display_name="Kim Kent")
    before = set(Staff.objects.values_list("id", flat=True))
    assert come(person_id=kim, name="Kim Kent", role="provider").id not in before


def test_who_left_is_no_colleague_until_they_are_back(in_aurora, kim):
    staff = come(person_id=kim, name="Kim Kent", role="provider")
    other = uuid7()
    assert staff in colleagues_of(person_id=other)
    assert staff not in colleagues_of(person_id=kim)
    leave(person_id=kim, work_to=None)
    assert staff not in colleagues_of(person_id=other)
    come(person_id=kim, name="Kim Kent", role="provider")
    assert staff in colleagues_of(person_id=other)


def test_somebody_who_was_never_on_the_staff_leaves_nothing(in_aurora, kim):
    leave(person_id=kim, work_to=None)
    assert not Staff.objects.filter(person_id=kim).exists()
