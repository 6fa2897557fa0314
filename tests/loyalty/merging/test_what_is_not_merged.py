"""Which records do not become one, and which do not part again."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.family.guardian import name_guardian
from loyalty.models import Merge, Patient, Referral, ToldApart
from loyalty.patients.merging.duplicates import tell_apart
from loyalty.patients.merging.made import merge_made
from loyalty.patients.merging.merge import merge
from loyalty.patients.merging.preview import preview
from loyalty.patients.merging.undo import undo_merge


@pytest.fixture
def trio(make_patient):
    return [make_patient(f"{given} Ellison") for given in ("Marguerite", "Margo", "Maggie")]


@pytest.fixture
def become_one(now):
    def made(survivor, merged, *, at=now):
        return merge(patient_id=survivor.id, merged_id=merged.id, take=(), by_person_id=None, now=at)

    return made


@pytest.fixture
def part(now):
    return lambda made, *, at=now: undo_merge(merge_id=made.id, by_person_id=None, now=at)


def test_a_record_is_not_merged_with_itself_or_with_one_that_is_not_there(trio, become_one, now):
    with pytest.raises(DomainError) as refused:
        become_one(trio[0], trio[0])
    assert refused.value.code == "merge_with_itself"
    with pytest.raises(NotFound):
        become_one(trio[0], Patient(id=uuid7()))
    with pytest.raises(NotFound):
        preview(patient_id=trio[0].id, merged_id=uuid7(), now=now)


def test_a_child_is_not_merged_with_its_guardian(trio, become_one, make_patient, now):
    child = make_patient("Mia Ellison", birth=(now.year - 12, 5, 4))
    mother = make_patient("Anna Ellison", birth=(now.year - 40, 5, 4))
    name_guardian(patient_id=child.id, guardian_id=mother.id, now=now)
    for one, other in ((child, mother), (mother, child)):
        with pytest.raises(DomainError) as refused:
            become_one(one, other)
        assert refused.value.code == "merge_guardian"


def test_what_was_merged_already_is_not_merged_again(trio, become_one):
    become_one(trio[0], trio[1])
    for one, other in ((trio[2], trio[1]), (trio[1], trio[2])):
        with pytest.raises(Conflict) as refused:
            become_one(one, other)
        assert refused.value.code == "patient_merged"


def test_it_is_taken_back_once_and_within_thirty_days(trio, become_one, part, now):
    made = become_one(trio[0], trio[1])
    with pytest.raises(DomainError) as refused:
        part(made, at=now + timedelta(days=30))
    assert refused.value.code == "merge_too_old"
    part(made, at=now + timedelta(days=29))
    with pytest.raises(Conflict) as refused:
        part(made)
    assert refused.value.code == "merge_undone"
    with pytest.raises(NotFound):
        part(Merge(id=uuid7()))


def test_the_newest_merge_is_taken_back_first(trio, become_one, part):
    first, second = become_one(trio[0], trio[1]), become_one(trio[0], trio[2])
    with pytest.raises(Conflict) as refused:
        part(first)
    assert refused.value.code == "merge_not_last"
    part(second)
    part(first)
    third = become_one(trio[0], trio[1])
    become_one(trio[2], trio[0])
    with pytest.raises(Conflict) as refused:
        part(third)
    assert refused.value.code == "merge_not_last"


def test_the_old_record_number_may_be_somebody_elses_by_now(trio, become_one, part):
    kept, gone, third = trio
    Patient.objects.filter(id=gone.id).update(record_number="M-7")
    made = become_one(kept, gone)
    # The survivor gave the number up, and somebody new got it.
    Patient.objects.filter(id=kept.id).update(record_number="M-8")
    Patient.objects.filter(id=third.id).update(record_number="M-7")
    with pytest.raises(Conflict, match="Another patient has the old record number by now"):
        part(made)
    assert Merge.objects.get(id=made.id).undone_at is None
    assert Patient.objects.get(id=gone.id).merged_into_id == kept.id


def test_who_sent_whom_may_go_in_a_circle_by_now(trio, become_one, part, make_patient, now):
    kept, gone, third = trio
    friend, colleague = make_patient("Fay Friend"), make_patient("Cole Colleague")

    def sent(referrer, patient):
        Referral.objects.create(patient=patient, referrer=referrer, on=now.date())

    sent(colleague, kept)
    sent(third, gone)
    sent(gone, friend)
    made = become_one(kept, gone)
    sent(friend, third)
    with pytest.raises(Conflict, match="in a circle by now"):
        part(made)
    assert Merge.objects.get(id=made.id).undone_at is None
    assert Referral.objects.get(patient=friend).referrer_id == kept.id


def test_a_merge_that_is_not_there_is_not_shown(in_aurora, now):
    with pytest.raises(NotFound):
        merge_made(merge_id=uuid7(), now=now)


def test_only_two_records_that_are_there_are_told_apart(trio, now):
    with pytest.raises(DomainError):
        tell_apart(patient_id=trio[0].id, other_id=trio[0].id, by_person_id=None, now=now)
    with pytest.raises(NotFound):
        tell_apart(patient_id=trio[0].id, other_id=uuid7(), by_person_id=None, now=now)
    assert not ToldApart.objects.exists()
