"""One tag for many patients at once, and all of it taken back."""

from datetime import date

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Patient
from loyalty.patients import tag_many as module
from loyalty.patients.filter import PatientFilter
from loyalty.patients.tag_many import Matching, tag_many, untag_again

TODAY = date(2026, 11, 23)


@pytest.fixture
def people(make_patient):
    made = [make_patient(name) for name in ("Ann Abbott", "Ben Abbott", "Cleo Cole")]
    Patient.objects.filter(id=made[0].id).update(tags=["VIP"])
    return made


@pytest.fixture
def tag(now):
    return lambda whom, word="VIP", add=True: tag_many(tag=word, add=add, whom=whom, by_person_id=None, now=now)


def tags():
    return dict(Patient.objects.values_list("given_name", "tags"))


def test_a_tag_is_put_on_those_who_lack_it(tag, people):
    done = tag([one.id for one in people[:2]])
    assert done.count == 1
    assert tags() == {"Ann": ["VIP"], "Ben": ["VIP"], "Cleo": []}


def test_a_tag_is_taken_off(tag, people):
    assert tag([one.id for one in people], add=False).count == 1
    assert tags()["Ann"] == []


def test_everybody_who_matches_gets_it(tag, people):
    assert tag(Matching("abbott", PatientFilter(), seen=2, today=TODAY), "Family").count == 2
    assert tag(Matching("", PatientFilter(tag="Family"), seen=2, today=TODAY), "Seen").count == 2
    assert tags() == {"Ann": ["VIP", "Family", "Seen"], "Ben": ["Family", "Seen"], "Cleo": []}


def test_another_number_than_was_shown_is_refused(tag, people):
    with pytest.raises(Conflict, match="3 match now, and 2 did before"):
        tag(Matching("", PatientFilter(), seen=2, today=TODAY))
    assert tags()["Ben"] == []


def test_the_trail_names_everybody_it_changed_and_nobody_else(tag, people, monkeypatch):
    monkeypatch.setattr(module, "_NAMED", 1)
    tag([one.id for one in people])
    named = [entry.patients for entry in Entry.objects.filter(verb="patients.tagged")]
    assert sorted(map(len, named)) == [1, 1]
    assert {one for entry in named for one in entry} == {people[1].id, people[2].id}


def test_it_is_taken_back_from_exactly_those_whom_it_changed(tag, people, now):
    done = tag([one.id for one in people])
    Patient.objects.filter(id=people[2].id).update(tags=["VIP", "Other"])
    assert untag_again(change_id=done.change.id, now=now).count == 2
    assert tags() == {"Ann": ["VIP"], "Ben": [], "Cleo": ["Other"]}
    with pytest.raises(Conflict, match="taken back already"):
        untag_again(change_id=done.change.id, now=now)
    with pytest.raises(NotFound):
        untag_again(change_id=uuid7(), now=now)


def test_what_was_taken_off_is_put_on_again(tag, people, now):
    done = tag([one.id for one in people], add=False)
    untag_again(change_id=done.change.id, now=now)
    assert tags() == {"Ann": ["VIP"], "Ben": [], "Cleo": []}


@pytest.mark.parametrize("word", ["", "  ", "a,b", "x" * 41, "a\0b"])
def test_what_is_no_tag_is_refused(tag, people, word):
    with pytest.raises(DomainError) as refused:
        tag([people[0].id], word)
    assert refused.value.field == "tag"


def test_nobody_and_too_many_are_refused(tag, people, monkeypatch):
    with pytest.raises(DomainError, match="at least one"):
        tag([])
    monkeypatch.setattr(module, "MOST", 2)
    with pytest.raises(DomainError, match="Narrow the list"):
        tag([one.id for one in people])


def test_nothing_to_change_is_said(tag, people):
    with pytest.raises(Conflict, match="All of them have “VIP” already"):
        tag([people[0].id])
    with pytest.raises(Conflict, match="None of them has “Gone”"):
        tag([people[0].id], "Gone", add=False)


def test_merged_records_are_left_as_they_are(tag, people):
    Patient.objects.filter(id=people[1].id).update(merged_into=people[0])
    tag([one.id for one in people])
    assert tags()["Ben"] == []
