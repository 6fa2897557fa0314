"""Personal days of a patient: added, changed, removed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Occasion, Patient, Touchpoint
from loyalty.occasions.keep import Day, add, change, remove
from loyalty.occasions.of_patient import occasions_of
from loyalty.occasions.plan import plan_occasions
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in

MARATHON = Day(kind="custom", label="Marathon", month=12, day=6, year=2019, lead_days=14)


def test_a_day_is_added(patient, now):
    kept = add(patient_id=patient.id, day=MARATHON, now=now)
    assert (kept.label, kept.month, kept.day, kept.year, kept.lead_days) == ("Marathon", 12, 6, 2019, 14)
    assert occasions_of(patient, today=date(2026, 11, 23))[0].what == "Marathon"


def test_the_29th_of_february_falls_on_the_28th(patient, now):
    leap = add(patient_id=patient.id, day=replace(MARATHON, month=2, day=29, year=2024), now=now)
    falls = {one.id: one.day for one in occasions_of(patient, today=date(2026, 11, 23))}
    assert falls[leap.id] == date(2027, 2, 28)
    falls = {one.id: one.day for one in occasions_of(patient, today=date(2028, 1, 1))}
    assert falls[leap.id] == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"label": " "}, "label"),
        ({"month": 2, "day": 30}, "day"),
        ({"month": 13}, "day"),
        ({"year": 1849}, "year"),
        ({"year": 2027}, "year"),
        ({"year": 2026}, "year"),
        ({"lead_days": 61}, "lead_days"),
        ({"lead_days": -1}, "lead_days"),
    ],
)
def test_bad_input_is_refused_at_its_field(patient, now, wrong, field):
    with pytest.raises(DomainError) as refused:
        add(patient_id=patient.id, day=replace(MARATHON, **wrong), now=now)
    assert refused.value.field == field
    assert not Occasion.objects.exists()


def test_the_same_day_twice_is_refused(patient, now):
    add(patient_id=patient.id, day=MARATHON, now=now)
    with pytest.raises(Conflict, match="on file already"):
        add(patient_id=patient.id, day=replace(MARATHON, year=None), now=now)
    other = add(patient_id=patient.id, day=replace(MARATHON, label="Regatta"), now=now)
    with pytest.raises(Conflict, match="on file already"):
        change(occasion_id=other.id, day=MARATHON, now=now)


@pytest.fixture
def planned(patient, playbook, location, now):
    """The marathon of next week, with its card planned."""
    visit = walk_in(patient_id=patient.id, location_id=location.id, now=now - timedelta(days=30))
    complete(visit_id=visit.id, now=now - timedelta(days=30))
    occasion = add(patient_id=patient.id, day=replace(MARATHON, month=11, day=27), now=now)
    plan_occasions(now=now)
    return occasion


def test_moved_it_takes_its_plan_along(planned, now):
    change(occasion_id=planned.id, day=replace(MARATHON, month=11, day=29), now=now)
    assert list(Touchpoint.objects.filter(kind="occasion").values_list("day", "state")) == [
        (date(2026, 11, 27), "cancelled")
    ]
    plan_occasions(now=now)
    assert Touchpoint.objects.get(kind="occasion", state="planned").day == date(2026, 11, 29)


def test_renamed_it_keeps_its_plan(planned, now):
    change(occasion_id=planned.id, day=replace(MARATHON, label="Half-marathon", month=11, day=27), now=now)
    assert Touchpoint.objects.get(kind="occasion").state == "planned"


def test_removed_nothing_is_planned_any_more(planned, patient, now):
    assert remove(occasion_id=planned.id) == patient.id
    assert not Occasion.objects.exists()
    assert Touchpoint.objects.get(kind="occasion").state == "cancelled"
    with pytest.raises(NotFound):
        remove(occasion_id=planned.id)
    with pytest.raises(NotFound):
        change(occasion_id=planned.id, day=MARATHON, now=now)


def test_nobody_and_the_merged_get_none(patient, make_patient, now):
    with pytest.raises(NotFound):
        add(patient_id=uuid7(), day=MARATHON, now=now)
    Patient.objects.filter(id=patient.id).update(merged_into=make_patient("Ann Other"))
    with pytest.raises(Conflict, match="merged"):
        add(patient_id=patient.id, day=MARATHON, now=now)
