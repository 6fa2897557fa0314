"""What a list shows of a record is what the record's own address shows, field by field, to the letter."""

from datetime import UTC, datetime

import pytest
import time_machine

from api.v1.reading import Many
from api.v1.urls import urlpatterns
from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Patient, PatientIdentifier, Visit
from tests.api import resources
from tests.api.sending import post

LISTS = [one for one in urlpatterns if issubclass(one.callback.cls, Many) and "get" in one.callback.cls.scope_for]
ODD = 'Noor "the" O’Sullivan\\ 陈\u2028\U0001f600 </script> \x7f'
TO_THE_MICROSECOND = datetime(2026, 11, 2, 9, 30, 1, 120, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_nine(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def rich(aurora, program, patient, now):
    """Everything that is hard to write: several points, ids of two programs, times with and without a fraction."""
    with practice_scope(aurora):
        Patient.objects.filter(id=patient.id).update(family_name=ODD, birth_year=1984, created_at=TO_THE_MICROSECOND)
        for rank, kind, value in ((1, "phone", "(503) 555-0101"), (1, "email", ODD), (2, "phone", "(503) 555-0102")):
            ContactPoint.objects.create(patient=patient, kind=kind, value=value, search=value, rank=rank, label=ODD[:5])
        own = f"partner:{program.application.id}"
        for system, value in ((own, "Z-1"), (own, "A-1"), ("partner:another", "X"), ("file:old", "Y")):
            PatientIdentifier.objects.create(patient=patient, system=system, value=value)
    paths = resources.paths(aurora, patient, now=now)
    with practice_scope(aurora):
        Visit.objects.filter(external_id="").update(updated_at=TO_THE_MICROSECOND)
    return paths


@pytest.mark.parametrize("pattern", LISTS, ids=lambda one: one.name)
def test_a_row_of_a_list_is_the_record(api, rich, pattern):
    rows = api.get(f"{rich[pattern]}?size=200").json()["data"]
    assert rows, pattern.name
    for row in rows:
        one = api.get(f"{rich[pattern]}{row['id']}/").json()
        assert row == one
        assert list(row) == list(one), "in the same order"


def test_a_visits_own_id_is_shown_to_its_program_alone(api, aurora, rich, patient):
    with practice_scope(aurora):
        Visit.objects.filter(id=Visit.objects.order_by("id").values("id")[:1]).update(external_id="file:other/V-1")
    body = {"patient_id": str(patient.id), "location_id": resources._known["location"], "external_id": "A%_'1"}
    row = post(api, "/api/v1/visits/", {**body, "starts_at": "2026-12-09T09:00:00Z"}).json()
    shown = {one["id"]: one["external_id"] for one in api.get("/api/v1/visits/?size=200").json()["data"]}
    assert shown.pop(row["id"]) == "A%_'1"
    assert set(shown.values()) == {""}


def test_only_the_fields_that_were_asked_for_come_in_the_order_asked(api, rich, patient):
    (first, *_) = api.get("/api/v1/patients/?fields=external_ids,id,birth_year&external_id=A-1").json()["data"]
    assert first == {"external_ids": ["A-1", "Z-1"], "id": str(patient.id), "birth_year": 1984}
