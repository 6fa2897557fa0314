"""The team may contact a patient all the same."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.holdouts.contact_anyway import contact_anyway
from loyalty.holdouts.of_patient import HeldOut, held_out_of
from loyalty.models import HoldoutPatient, TouchpointKind


def lot_of(patient):
    return HoldoutPatient.objects.get(patient=patient)


def test_the_page_of_a_patient_says_until_when(started, drawn, completed, now):
    holdout = started()
    out, others = drawn(holdout, held=True), drawn(holdout, held=False)
    for one in (out, others):
        completed(patient_id=one.id)
    assert held_out_of(out.id, today=holdout.ends_on) == [
        HeldOut(lot_of(out).id, TouchpointKind.NOTE, holdout.ends_on, True)
    ]
    assert held_out_of(out.id, today=holdout.ends_on + timedelta(days=1)) == []
    assert held_out_of(others.id, today=now.date()) == []


def test_a_note_is_planned_as_the_playbook_would_have_and_the_lot_stays(started, drawn, completed, provider, now):
    out = drawn(started(), held=True)
    visit = completed(patient_id=out.id)
    note = contact_anyway(lot_id=lot_of(out).id, now=now)
    assert (note.visit, note.day, note.assigned_to, note.state) == (visit, visit.day, provider, "planned")
    assert HoldoutPatient.objects.get().is_held
    assert Entry.objects.filter(verb="holdout.crossed", patients__contains=[out.id]).count() == 1
    with pytest.raises(Conflict, match="planned already"):
        contact_anyway(lot_id=lot_of(out).id, now=now)


def test_a_preview_is_planned_for_the_next_visit(started, drawn, booked, now):
    out = drawn(started(kind="preview"), held=True)
    visit = booked(patient_id=out.id)
    assert contact_anyway(lot_id=lot_of(out).id, now=now).visit == visit


def test_without_a_visit_there_is_nothing_to_plan(started, drawn, now):
    holdout = started()
    out = drawn(holdout, held=True)
    HoldoutPatient.objects.create(holdout=holdout, patient=out, day=holdout.starts_on, is_held=True)
    with pytest.raises(DomainError, match="no visit of Grace Chen"):
        contact_anyway(lot_id=lot_of(out).id, now=now)


def test_whoever_is_held_out_of_nothing_is_not_found(started, drawn, completed, now):
    holdout = started()
    one = drawn(holdout, held=False)
    completed(patient_id=one.id)
    with pytest.raises(NotFound):
        contact_anyway(lot_id=lot_of(one).id, now=now)
    with pytest.raises(NotFound):
        contact_anyway(lot_id=uuid7(), now=now)
