"""Today as far as the clock has come: some have left, some are here, the others are still to come."""

from random import Random

from infra.seeds.lives import Lives
from infra.seeds.patient import Fate, Patient, Visit
from infra.seeds.stay import stay
from infra.seeds.traits import Traits

_GIVEN_UP_AFTER = 25 * 60
# What the demo's Today page should show of its first practice.
FEWEST, MOST = 9, 11
_TAKEN_FROM_DAYS = 21


def fill_today(patients: list[Patient], *, lives: Lives, today: int, rng: Random) -> None:
    """Bring the visits of today to between FEWEST and MOST, by moving some of the next weeks' to today or back."""
    open_visits = [visit for patient in patients for visit in patient.visits if visit.fate == Fate.OPEN]
    todays = [visit for visit in open_visits if visit.day == today]
    later = [visit for visit in open_visits if 0 < visit.day - today <= _TAKEN_FROM_DAYS]
    rng.shuffle(todays)
    rng.shuffle(later)
    while len(todays) > MOST:
        visit = todays.pop()
        if not any(lives.move(visit, day=today + ahead) for ahead in range(1, _TAKEN_FROM_DAYS)):
            break
    while len(todays) < FEWEST and later:
        visit = later.pop()
        booked_on = visit.site.days.day_of(visit.booked_at)
        if booked_on < today and lives.move(visit, day=today):
            todays.append(visit)


def unfold_today(patients: list[Patient], *, lives: Lives, traits: Traits, rng: Random, today: int, now: int) -> None:
    for patient in patients:
        visit = patient.visits[-1]
        if visit.day == today and visit.fate == Fate.OPEN:
            _unfold(visit, traits=traits, rng=rng, now=now)
            if visit.completed_at is not None:
                lives.book_next(visit)


def _unfold(visit: Visit, *, traits: Traits, rng: Random, now: int) -> None:
    if visit.starts_at + _GIVEN_UP_AFTER < now and rng.random() < traits.no_show:
        visit.fate = Fate.MISSED
        return
    stay(visit, traits=traits, rng=rng)
    if visit.arrived_at is not None and visit.arrived_at > now:
        visit.fate = Fate.OPEN
    for name in ("arrived_at", "seen_at", "read_at", "completed_at"):
        moment = getattr(visit, name)
        if moment is not None and moment > now:
            setattr(visit, name, None)
