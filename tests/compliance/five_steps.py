"""A patient, a completed visit with its note, and an answer: what tests of the five steps begin with."""

from datetime import datetime, timedelta
from typing import Any

from loyalty.feedback.record import record
from loyalty.models import Location, Patient, Staff, Touchpoint, Visit
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in

PHONE = "(503) 555-0148"


def somebody(now: datetime, **fields: Any) -> Patient:
    """Inside a practice: Beatrice, with a number and an address."""
    usual = {"given_name": "Beatrice", "family_name": "Lindgren", "phones": [PHONE]}
    return enrol(**{**usual, "address": "12 Main St", "city": "Portland", **fields}, now=now - timedelta(days=90))


def arrived(who: Patient, *, at: datetime) -> Visit:
    """They walked in at `at`."""
    provider = Staff.objects.filter(role="provider").get()
    return walk_in(patient_id=who.id, location_id=Location.objects.get().id, staff_id=provider.id, now=at)


def seen(who: Patient, *, at: datetime) -> Visit:
    """They walked in and were treated; it ended at `at`."""
    return complete(visit_id=arrived(who, at=at - timedelta(minutes=45)).id, now=at)


def said(visit: Visit, score: int, *, now: datetime) -> None:
    record(visit_id=visit.id, mode="staff", score=score, now=now)


def note_of(visit: Visit) -> Touchpoint:
    return Touchpoint.objects.get(visit=visit, kind="note")
