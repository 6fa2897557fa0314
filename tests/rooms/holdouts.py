"""Hold-outs."""

from datetime import datetime, timedelta

from django.utils import timezone

from loyalty.holdouts.start import start_holdout
from loyalty.models import Holdout, HoldoutPatient
from tests.permissions.roles import LEADERS, OWNER, TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room

CHOSEN = {"kind": "preview", "percent": "10", "outcome_days": "120", "least_effect": "10", "months": "12"}


def records(ids: Ids, now: datetime) -> Ids:
    """One runs, for notes, and the patient is held out; one of cards is over, with its result."""
    over = now.date() - timedelta(days=30)
    Holdout.objects.create(
        kind="occasion", percent=10, outcome_days=90, least_effect=10, salt="0" * 32,
        starts_on=over - timedelta(days=365), ends_on=over, closed_at=now - timedelta(days=29),
        contacted=450, contacted_returned=270, held=50, held_returned=25, held_crossed=2,
    )  # fmt: skip
    running = start_holdout(
        kind="note", percent=20, outcome_days=90, months=12, least_effect=10, by_person_id=None,
        now=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    lot = HoldoutPatient.objects.create(
        holdout=running, patient_id=ids["patient_id"], day=running.starts_on, is_held=True
    )
    return {"holdout_id": running.id, "lot_id": lot.id}


def without_a_note(ids: Ids, _now: datetime) -> None:
    HoldoutPatient.objects.get(id=ids["lot_id"]).patient.touchpoints.filter(kind="note").delete()


ROOM = Room(
    practice={
        "holdouts": LEADERS,
        "holdout": LEADERS,
        "holdout-new": OWNER,
        "holdout-stop": OWNER,
        "held-out-contact": TEAM,
    },
    records=records,
    bodies={
        "holdout-new": Body(CHOSEN),
        "holdout-stop": Body(),
        "held-out-contact": Body(before=without_a_note),
    },
)
