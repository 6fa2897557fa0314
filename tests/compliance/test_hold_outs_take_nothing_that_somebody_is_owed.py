"""A hold-out withholds a kindness at most: never what somebody waits for, what was promised or what is about safety.

And it draws no lot of whoever must not be contacted anyway, or is known from imported history alone.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from billing.plans import PLANS, PlanKey
from core.errors import DomainError
from core.tenancy.scope import control_plane
from loyalty.feedback.record import record
from loyalty.holdouts.held import may_be_held
from loyalty.holdouts.start import start_holdout
from loyalty.models import (
    HOLDABLE,
    Holdout,
    HoldoutPatient,
    Location,
    Touchpoint,
    TouchpointKind,
    Trigger,
    Visit,
)
from loyalty.patients.enrol import enrol
from loyalty.touchpoints.plan import plan
from loyalty.touchpoints.playbook import install_default_playbook
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from loyalty.visits.no_show import no_show
from tenants.actions.entitle import entitle
from tenants.models import Standing

OWED = sorted(set(TouchpointKind) - set(HOLDABLE))


@pytest.fixture
def started(in_aurora, now):
    install_default_playbook()

    def made(kind):
        chosen = {"percent": 20, "outcome_days": 90, "months": 12, "least_effect": 10}
        return start_holdout(kind=kind, **chosen, by_person_id=None, now=now)

    return made


@pytest.fixture
def place(in_aurora):
    return Location.objects.first() or Location.objects.create(name="Aurora", time_zone="America/Los_Angeles")


def somebody(now):
    return enrol(given_name="Marguerite", family_name="Ellison", phones=["(503) 555-0148"], now=now)


def test_only_kindnesses_can_be_held_out():
    assert set(HOLDABLE) == {"note", "preview", "occasion", "check_in"}


@pytest.mark.parametrize("kind", OWED)
def test_what_somebody_is_owed_is_refused_by_the_action_and_by_the_database(started, kind):
    with pytest.raises(DomainError, match="never held out"):
        started(kind)
    holdout = started("note")
    holdout.pk, holdout.kind = None, kind
    with pytest.raises(IntegrityError, match="holdout_kind_holdable"), transaction.atomic():
        Holdout.objects.bulk_create([holdout])


@pytest.mark.parametrize("trigger", sorted(set(Trigger) - {Trigger.DRIFTING}))
def test_asking_how_somebody_is_after_a_visit_is_never_held_out(trigger):
    assert not may_be_held(TouchpointKind.CHECK_IN, trigger)


@pytest.mark.parametrize("kind", OWED)
def test_what_somebody_is_owed_is_never_held_out_whatever_it_follows(kind):
    assert not any(may_be_held(kind, trigger) for trigger in Trigger)


def test_somebody_held_out_of_everything_is_called_when_unhappy_and_when_they_did_not_come(
    started, place, in_aurora, now
):
    someone = somebody(now)
    # A plan with room for as many.
    with control_plane():
        entitle(practice_id=in_aurora.id, plan="group", limits=PLANS[PlanKey.GROUP].limits, standing=Standing.OPEN)
    for kind in HOLDABLE:
        HoldoutPatient.objects.create(holdout=started(kind), patient=someone, day=now.date(), is_held=True)
    missed = book(patient_id=someone.id, location_id=place.id, starts_at=now, now=now)
    no_show(visit_id=missed.id, now=now)
    came = book(patient_id=someone.id, location_id=place.id, starts_at=now + timedelta(hours=1), now=now)
    complete(visit_id=came.id, now=now + timedelta(hours=2))
    record(visit_id=came.id, mode="staff", score=2, now=now + timedelta(hours=2))
    assert set(Touchpoint.objects.filter(patient=someone).values_list("kind", flat=True)) == {"check_in", "recovery"}


@pytest.mark.parametrize("never", ["deceased", "no_contact", "history"])
def test_no_lot_is_drawn_of_whoever_must_not_be_contacted(started, place, now, never):
    started("note")
    someone = somebody(now)
    visit = Visit.objects.create(
        patient=someone, location=place, status="completed", starts_at=now, completed_at=now, day=now.date(),
        is_history=never == "history",
    )  # fmt: skip
    if never != "history":
        setattr(visit.patient, never, True)
    plan(Trigger.VISIT_COMPLETED, visit=visit, now=now)
    assert not HoldoutPatient.objects.exists()
    assert not Touchpoint.objects.exists()
