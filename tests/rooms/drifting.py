"""Who is slipping away."""

from datetime import datetime, timedelta

from loyalty.drifting.ask import plan_contact
from loyalty.drifting.leave import leave_for_now
from loyalty.models import ContactPoint, Drift, DriftFit, Patient
from tests.permissions.roles import TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room

LOOKED_BACK = {
    "cut": "2025-11-23",
    "patients": 120,
    "returned_said": 55.2,
    "returned": 42,
    "visits_said": 1130.6,
    "visits": 1011,
    "groups": [
        {"patients": 60, "said": 0.12, "came": 0.1, "low": 0.05, "high": 0.2},
        {"patients": 60, "said": 0.8, "came": 0.6, "low": 0.47, "high": 0.71},
    ],
}

COMING_BACK = {
    "since": "2024-11-23",
    "patients": 240,
    "back": 121,
    "half": 132,
    "points": [
        {"day": 30, "share": 0.08, "low": 0.05, "high": 0.12, "followed": 231},
        {"day": 60, "share": 0.22, "low": 0.17, "high": 0.28, "followed": 190},
        {"day": 90, "share": 0.41, "low": 0.35, "high": 0.48, "followed": 140},
    ],
}


def records(ids: Ids, now: datetime) -> Ids:
    """Two others who drift: one is being called, one is left for now. And a look back with dots on either side."""
    DriftFit.objects.create(
        day=now.date(),
        patient_count=900,
        repeat_count=500,
        k=2,
        r=2,
        alpha=110,
        a=1,
        b=2,
        log_likelihood=-5000,
        backtest=LOOKED_BACK,
        first_return=COMING_BACK,
    )
    drift_of(ids["patient_id"], now)
    called, left = (Patient.objects.create(given_name=name, family_name="Away") for name in ("Noor", "Tam"))
    for one in (called, left):
        drift_of(one.id, now)
    ContactPoint.objects.create(
        patient=called, kind="phone", value="(503) 555-0177", search="5035550177", label="mobile"
    )
    until = now.date() + timedelta(days=30)
    return {
        "check_in_id": plan_contact(patient_id=called.id, channel="call", by_staff_id=None, now=now).id,
        "left_id": leave_for_now(patient_id=left.id, until=until, reason="", by_staff_id=None, now=now).id,
    }


def drift_of(patient_id: object, now: datetime) -> Drift:
    """Usually every 14 weeks; 23 weeks since the last."""
    last = now.date() - timedelta(weeks=23)
    return Drift.objects.create(
        patient_id=patient_id,
        visits=5,
        last_on=last,
        usual_days=98,
        usual_from="own",
        expected_on=last + timedelta(days=98),
        late_from=last + timedelta(days=140),
        gone_from=last + timedelta(days=392),
        alive=0.4,
        return_chance=0.3,
        worth=1.4,
    )


def until(_ids: Ids) -> dict[str, str]:
    return {"until": str(datetime.now().astimezone().date() + timedelta(days=60)), "reason": "Away for the winter"}


ROOM = Room(
    practice={
        "drifting": TEAM,
        "drifting-coming-back": TEAM,
        "drifting-contact": TEAM,
        "drifting-contact-undo": TEAM,
        "drifting-leave": TEAM,
        "drifting-leave-undo": TEAM,
        "drifting-look-back": TEAM,
    },
    records=records,
    bodies={
        "drifting-contact": Body({"channel": "call"}),
        "drifting-contact-undo": Body(),
        "drifting-leave": Body(until),
        "drifting-leave-undo": Body(),
    },
)
