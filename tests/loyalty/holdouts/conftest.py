"""A hold-out of thank-you notes at Aurora, and patients whose lot is known."""

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from core.ids import uuid7
from loyalty.holdouts.start import start_holdout
from loyalty.models import Holdout, HoldoutPatient, Patient, Visit


@pytest.fixture
def started(in_aurora, now):
    """started(kind="note", …): a year of one in five, 90 days to come back."""

    def made(**chosen):
        usual = {"kind": "note", "percent": 20, "outcome_days": 90, "months": 12, "least_effect": 10}
        return start_holdout(**{**usual, "by_person_id": None, "now": now, **chosen})

    return made


def is_drawn(holdout: Holdout, patient_id: UUID) -> bool:
    lot = int.from_bytes(sha256(holdout.salt.encode() + patient_id.bytes).digest()[:8], "big")
    return lot * 100 < 2**64 * holdout.percent


@pytest.fixture
def drawn(location):
    """drawn(holdout, held=True): a patient whose lot will be that, not asked yet."""

    def made(holdout, *, held, name="Grace Chen"):
        while is_drawn(holdout, patient_id := uuid7()) != held:
            pass
        given, _, family = name.partition(" ")
        return Patient.objects.create(id=patient_id, given_name=given, family_name=family)

    return made


@pytest.fixture
def arms(location):
    """arms(holdout, contacted=(450, 270), held=(50, 25)): so many joined on the first day, and so many came back."""

    def made(holdout, *, contacted, held):
        people = [
            (Patient(given_name=f"P{n}"), is_held, n < back)
            for is_held, (joined, back) in ((False, contacted), (True, held))
            for n in range(joined)
        ]
        Patient.objects.bulk_create([one for one, _, _ in people])
        HoldoutPatient.objects.bulk_create(
            HoldoutPatient(holdout=holdout, patient=one, day=holdout.starts_on, is_held=is_held)
            for one, is_held, _ in people
        )
        back = holdout.starts_on + timedelta(days=30)
        Visit.objects.bulk_create(visit_on(one, location, back) for one, _, came in people if came)

    return made


def visit_on(patient, location, day, **fields):
    at = datetime.combine(day, time(18), tzinfo=UTC)
    usual = {"status": "completed", "completed_at": at} | fields
    return Visit(patient=patient, location=location, day=day, starts_at=at, **usual)
