"""What an entry says, and that nothing is done on nobody's behalf."""

import contextvars
import uuid

import pytest
from django.db import transaction

from core import audit
from core.audit.models import Entry
from core.models import NetworkEntry
from core.tenancy.scope import control_plane, practice_scope
from loyalty.models import Location


def test_inside_a_practice_an_entry_goes_to_its_own_trail(in_aurora):
    patient = uuid.uuid4()
    place = Location.objects.get()
    asker = audit.Asker(
        kind=audit.AskerKind.PERSON,
        id=uuid.uuid4(),
        role="owner",
        where="portal:patient",
        why="patients.view",
        address="203.0.113.7",
        request=uuid.uuid4(),
    )
    with audit.asking(asker):
        audit.record("patient.read", subject=place, patients=[patient, patient], detail={"rows": 2})
    entry = Entry.objects.get(verb="patient.read")
    assert (entry.asker_kind, entry.asker_id, entry.role) == ("person", asker.id, "owner")
    assert (entry.place, entry.why, entry.address, entry.request) == (
        "portal:patient",
        "patients.view",
        "203.0.113.7",
        asker.request,
    )
    assert (entry.outcome, entry.patients, entry.everyone) == ("done", [patient], False)
    assert (entry.subject_kind, entry.subject_id, entry.detail) == ("location", place.id, {"rows": 2})
    with control_plane():
        assert not NetworkEntry.objects.filter(verb="patient.read").exists()


def test_outside_of_a_practice_it_goes_to_the_networks_trail(db, aurora, person):
    audit.record("practice.suspended", practice_id=aurora.id, person_id=person("Olivia").id)
    entry = NetworkEntry.objects.get(verb="practice.suspended")
    assert (entry.practice_id, entry.person_id) == (aurora.id, person("Olivia").id)
    assert (entry.asker_kind, entry.place) == ("operator", "test")


def test_a_refusal_names_what_was_asked_for(in_aurora):
    wanted = uuid.uuid4()
    audit.denied("address.open", subject_kind="patient", subject_id=wanted)
    entry = Entry.objects.get(verb="address.open")
    assert (entry.outcome, entry.subject_kind, entry.subject_id) == ("denied", "patient", wanted)


def test_without_an_asker_nothing_is_written(in_aurora):
    with pytest.raises(audit.NoAsker):
        contextvars.Context().run(audit.record, "patient.read")
    assert not Entry.objects.filter(verb="patient.read").exists()


@pytest.mark.parametrize("words", ["Faints at needles", "Marguerite", "555 0148", ""])
def test_words_are_refused(in_aurora, words):
    with pytest.raises(audit.NotACode):
        audit.record("patient.read", detail={"memory": words})
    with pytest.raises(audit.NotACode):
        audit.record("patient.read", detail={"fields": ["given_name", words]})
    assert not Entry.objects.filter(verb="patient.read").exists()


@pytest.mark.parametrize("verb", ["read", "Patient.read", "patient.read twice", "patient.", ""])
def test_a_verb_has_its_shape(in_aurora, verb):
    with pytest.raises(audit.NotACode):
        audit.record(verb)


@transaction.atomic
def recorded_and_undone() -> None:
    audit.record("patient.read")
    raise InterruptedError


def test_an_entry_falls_with_the_transaction_of_what_it_tells(open_place):
    with practice_scope(open_place()):
        with pytest.raises(InterruptedError):
            recorded_and_undone()
        assert not Entry.objects.filter(verb="patient.read").exists()
