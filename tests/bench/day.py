"""A full day: who comes, and what the team remembers of them."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from core.tenancy.scope import PracticeRef
from loyalty.models import Memory, Visit
from tests.bench.copying import copy, keys
from tests.bench.history import ZONE, House, local

# What became of each of the day's visits so far, in order.
STATUSES = ("completed", "arrived", "arrived", *["booked"] * 7, "confirmed", "confirmed")
KNOWN = (
    ("remember", "team", "Her daughter started school this fall."),
    ("say", "team", "Ask how the move went."),
    ("take_care", "clinical", "Faints at the sight of needles: lie down first."),
)


def bring_day(practice: PracticeRef, *, house: House, patients: list[UUID], now: datetime, seed: int = 3) -> None:
    """Twelve visits on the day of `now`, of the first of `patients`, each of whom something is known."""
    random = Random(seed)
    day = now.astimezone(ZONE).date()
    key = keys(random, first=now)
    comers = patients[: len(STATUSES)]
    visits, memories = [], []
    for number, (patient, status) in enumerate(zip(comers, STATUSES, strict=True)):
        start = local(day, 9 + number // 2, 30 * (number % 2))
        visits.append(
            {
                "id": key(),
                "patient_id": patient,
                "location_id": house.location,
                "staff_id": random.choice(house.staff),
                "service_id": random.choice(house.services),
                "status": status,
                "starts_at": start,
                "ends_at": start + timedelta(minutes=30),
                "day": day,
                "booked_at": start - timedelta(days=20),
                "arrived_at": None if status in ("booked", "confirmed") else start,
                "completed_at": start + timedelta(minutes=25) if status == "completed" else None,
            }
        )
        for part, sensitivity, text in KNOWN:
            memories.append(
                {
                    "id": key(),
                    "patient_id": patient,
                    "part": part,
                    "sensitivity": sensitivity,
                    "text": text,
                    "source": "told the front desk",
                    "consented": True,
                }
            )
    copy(practice.schema_name, Visit, visits, now=now)
    copy(practice.schema_name, Memory, memories, now=now)
