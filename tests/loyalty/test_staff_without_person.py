"""Those who treat and never sign in: added, changed, retired with their work passed on, back again."""

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Staff, Touchpoint
from loyalty.staff.without_person import add_staff, bring_back_staff, change_staff, retire_staff


@pytest.fixture
def bailey(in_aurora):
    return add_staff(name="Nurse Bailey", role="provider")


def test_somebody_is_added_and_changed(bailey):
    change_staff(staff_id=bailey.id, was="Nurse Bailey", name="Nurse J. Bailey", role="front_desk")
    bailey.refresh_from_db()
    assert (bailey.display_name, bailey.role, bailey.person_id) == ("Nurse J. Bailey", "front_desk", None)


@pytest.mark.parametrize(
    ("name", "role", "field"),
    [
        (" ", "provider", "name"),
        ("x" * 121, "provider", "name"),
        ("Lou", "owner", "role"),
        ("NURSE BAILEY", "provider", "name"),
    ],
)
def test_what_cannot_be_is_refused(bailey, name, role, field):
    with pytest.raises(DomainError) as refused:
        add_staff(name=name, role=role)
    assert refused.value.field == field


def test_of_two_who_change_them_the_second_is_told(bailey):
    change_staff(staff_id=bailey.id, was="Nurse Bailey", name="Nurse J. Bailey", role="provider")
    with pytest.raises(Conflict, match=r"it says Nurse J\. Bailey now"):
        change_staff(staff_id=bailey.id, was="Nurse Bailey", name="Nurse K. Bailey", role="provider")


def test_who_is_retired_passes_their_work_on(bailey, completed, note_of, provider):
    note = note_of(completed(staff_id=bailey.id))
    with pytest.raises(DomainError, match="Choose a colleague who is there"):
        retire_staff(staff_id=bailey.id, work_to=bailey.id)
    retire_staff(staff_id=bailey.id, work_to=provider.id)
    assert Touchpoint.objects.get(id=note.id).assigned_to == provider
    assert not Staff.objects.get(id=bailey.id).is_active
    assert Entry.objects.get(verb="staff.left").patients == [note.patient_id]
    with pytest.raises(Conflict, match="already"):
        retire_staff(staff_id=bailey.id, work_to=None)
    assert bring_back_staff(staff_id=bailey.id).is_active
    with pytest.raises(Conflict):
        bring_back_staff(staff_id=bailey.id)


def test_who_signs_in_is_changed_where_people_are(in_aurora):
    person = Staff.objects.create(display_name="Priya", person_id=uuid7())
    for attempt in (
        lambda: retire_staff(staff_id=person.id, work_to=None),
        lambda: change_staff(staff_id=person.id, was="Priya", name="P", role="provider"),
        lambda: bring_back_staff(staff_id=person.id),
    ):
        with pytest.raises(NotFound):
            attempt()
