"""How a kept visit went by the clock: coming, waiting, being seen, leaving."""

from random import Random

from infra.seeds.patient import Fate, Visit
from infra.seeds.traits import Traits

_LATE, _LATE_MINUTES, _LATEST = 0.12, 8.0, 35.0
_LONG_WAIT, _LONG_MINUTES = 0.05, 16.0
_BRIEF_READ = 0.7


def stay(visit: Visit, *, traits: Traits, rng: Random) -> None:
    """Set the times of a kept visit: arrived ≤ seen ≤ completed; the brief is read before, or not at all."""
    if visit.walked_in:
        arrived = visit.starts_at
    elif rng.random() < _LATE:
        arrived = visit.starts_at + int(60 * min(_LATEST, 2 + rng.expovariate(1 / _LATE_MINUTES)))
    else:
        arrived = visit.starts_at - int(rng.random() * 14 * 60)
    waiting = rng.expovariate(1 / traits.waiting_minutes) * 0.6
    if rng.random() < _LONG_WAIT:
        waiting += rng.random() * _LONG_MINUTES + 6
    seen = max(arrived, visit.starts_at) + int(waiting * 60)
    if rng.random() < _BRIEF_READ:
        visit.read_at = seen - int((1 + rng.random() * 20) * 60)
    visit.fate = Fate.KEPT
    visit.arrived_at = arrived
    visit.seen_at = seen
    visit.completed_at = seen + int(visit.minutes * 60 * (0.75 + rng.random() * 0.3))
