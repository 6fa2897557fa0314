"""A practice in use: people, years of history, and a full day."""

from datetime import datetime

from core.tenancy.scope import PracticeRef
from tests.bench.copying import settle
from tests.bench.day import bring_day
from tests.bench.history import bring_history, bring_house
from tests.bench.people import bring_people


def fill(practice: PracticeRef, *, patients: int, years: int, now: datetime) -> int:
    """Returns the number of visits before today."""
    house = bring_house(practice)
    people = bring_people(practice, patients=patients, now=now)
    visits = bring_history(practice, house=house, patients=people, now=now, years=years)
    bring_day(practice, house=house, patients=people, now=now)
    settle(practice.schema_name)
    return visits
