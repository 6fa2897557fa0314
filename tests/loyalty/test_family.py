"""Who belongs to whom: households, and the guardians who are contacted in a minor's place."""

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.family.guardian import name_guardian, remove_guardian
from loyalty.family.household import leave, live_together
from loyalty.family.of_patient import family_of
from loyalty.models import Guardianship, Household, HouseholdMember, Patient
from loyalty.patients.merging.merge import merge

MIA = (2015, 5, 1)


@pytest.fixture
def spouse(make_patient):
    return make_patient("Carl Ellison")


@pytest.fixture
def mia(make_patient):
    return make_patient("Mia Ellison", birth=MIA)


@pytest.fixture
def family(now):
    """family(patient): who belongs to them, as it is kept now."""
    return lambda patient: family_of(Patient.objects.get(id=patient.id), today=now.date())


@pytest.fixture
def guard(mia, now):
    """guard(name=…): somebody is named as Mia's guardian."""
    return lambda **given: name_guardian(**{"patient_id": mia.id, "now": now, **given})


def test_two_become_a_household_and_others_join_it(patient, spouse, mia, family):
    live_together(patient_id=patient.id, other_id=spouse.id, relation="spouse")
    live_together(patient_id=spouse.id, other_id=mia.id, relation="daughter")
    assert Household.objects.get().name == "The Ellison household"
    assert [(one.name, one.relation) for one in family(patient).household] == [
        ("Carl Ellison", "spouse"),
        ("Mia Ellison", "daughter"),
    ]


def test_who_is_alone_joins_the_household_of_the_other(patient, spouse, mia, family):
    live_together(patient_id=patient.id, other_id=spouse.id, relation="spouse")
    live_together(patient_id=mia.id, other_id=spouse.id, relation="daughter")
    assert Household.objects.count() == 1
    assert {one.name for one in family(spouse).household} == {"Marguerite Ellison", "Mia Ellison"}


def test_with_one_left_there_is_no_household(patient, spouse, family):
    member = live_together(patient_id=patient.id, other_id=spouse.id, relation="spouse")
    leave(member_id=member.id)
    assert (Household.objects.count(), HouseholdMember.objects.count()) == (0, 0)
    with pytest.raises(NotFound, match="not in this household any more"):
        leave(member_id=member.id)
    assert Entry.objects.get(verb="household.left").patients == [spouse.id]


def test_of_three_two_stay(patient, spouse, mia, family):
    live_together(patient_id=patient.id, other_id=spouse.id, relation="spouse")
    leave(member_id=live_together(patient_id=patient.id, other_id=mia.id, relation="daughter").id)
    assert [one.name for one in family(patient).household] == ["Carl Ellison"]


def test_nobody_is_a_household_with_themself_or_twice(patient, spouse):
    with pytest.raises(DomainError, match="Choose somebody else"):
        live_together(patient_id=patient.id, other_id=patient.id, relation="")
    live_together(patient_id=patient.id, other_id=spouse.id, relation="spouse")
    with pytest.raises(Conflict, match="Marguerite Ellison is in this household already"):
        live_together(patient_id=spouse.id, other_id=patient.id, relation="spouse")
    assert HouseholdMember.objects.count() == 2


def test_nobody_is_tied_to_a_record_that_is_gone(patient, spouse, make_patient, now):
    with pytest.raises(NotFound):
        live_together(patient_id=patient.id, other_id=uuid7(), relation="")
    merge(
        patient_id=spouse.id, merged_id=(twin := make_patient("Carl Ellyson")).id, take=(), by_person_id=None, now=now
    )
    with pytest.raises(Conflict, match="was merged into another one"):
        live_together(patient_id=patient.id, other_id=twin.id, relation="")
    assert Household.objects.count() == 0


def test_a_guardian_is_a_patient_or_somebody_with_a_number(guard, mia, patient, family):
    guard(guardian_id=patient.id, relation="mother")
    guard(name="Ida Olsen", phone="(503) 555-0199", relation="grandparent")
    found = family(mia)
    assert [(one.name, one.relation) for one in found.guardians] == [
        ("Marguerite Ellison", "mother"),
        ("Ida Olsen", "grandparent, (503) 555-0199"),
    ]
    assert (found.is_minor, found.lacks_guardian) == (True, False)
    assert [one.name for one in family(patient).wards] == ["Mia Ellison"]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": " "}, "name"), ({"name": "Ida Olsen"}, "phone"), ({"name": "Ida", "relation": "x" * 41}, "relation")],
)
def test_a_guardian_has_a_name_and_a_way_to_be_reached(guard, given, field):
    with pytest.raises(DomainError) as refused:
        guard(**given)
    assert refused.value.field == field
    assert not Guardianship.objects.exists()


def test_a_number_that_is_none_is_no_way_to_reach_them(guard):
    with pytest.raises(DomainError):
        guard(name="Ida Olsen", phone="ask her")
    assert not Guardianship.objects.exists()


def test_a_guardian_is_of_age_and_alive(guard, make_patient):
    with pytest.raises(DomainError, match="has to be of age"):
        guard(guardian_id=make_patient("Tom Ellison", birth=(2010, 1, 1)).id)
    late = make_patient("Rose Ellison")
    Patient.objects.filter(id=late.id).update(deceased=True)
    with pytest.raises(DomainError, match="Rose Ellison has died"):
        guard(guardian_id=late.id)
    assert not Guardianship.objects.exists()


def test_nobody_is_their_own_guardian_or_twice_or_in_a_circle(guard, mia, patient, now):
    with pytest.raises(DomainError, match="Nobody is their own guardian"):
        guard(guardian_id=mia.id)
    guard(guardian_id=patient.id)
    with pytest.raises(Conflict, match="is their guardian already"):
        guard(guardian_id=patient.id)
    Patient.objects.filter(id=mia.id).update(birth_year=1990)
    with pytest.raises(DomainError, match="is the guardian of Mia Ellison"):
        name_guardian(patient_id=patient.id, guardian_id=mia.id, now=now)
    assert Guardianship.objects.count() == 1


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ({"no_contact": True}, "Wants no contact"),
        ({"deceased": True}, "Has died"),
        ({"birth_year": 2015}, "A minor, too"),
    ],
)
def test_a_guardian_who_must_not_be_contacted_is_none(guard, mia, patient, family, why, words):
    guard(guardian_id=patient.id)
    Patient.objects.filter(id=patient.id).update(**why)
    found = family(mia)
    assert [one.may_not for one in found.guardians] == [words]
    assert found.lacks_guardian


def test_a_guardian_is_removed_once(guard, mia):
    kept = guard(name="Ida Olsen", phone="(503) 555-0199")
    remove_guardian(guardianship_id=kept.id)
    with pytest.raises(NotFound, match="not on file any more"):
        remove_guardian(guardianship_id=kept.id)
    assert Entry.objects.get(verb="guardian.removed").patients == [mia.id]


def test_the_trail_names_everybody_who_is_shown(guard, mia, patient, spouse, family):
    guard(guardian_id=patient.id)
    live_together(patient_id=mia.id, other_id=spouse.id, relation="father")
    family(mia)
    assert set(Entry.objects.get(verb="family.read").patients) == {mia.id, patient.id, spouse.id}
