"""How practices differ: each trait is spread evenly over the network, in an order drawn from the seed.

Nothing here makes a note, a call or a memory change whether a patient returns or what they answer. The traits are
drawn apart from each other, so an association that somebody finds in the demo is chance.
"""

from dataclasses import dataclass

from infra.seeds.draw import stream
from infra.seeds.members import MEMBERS, Member
from tenants.models import SizeBand


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """Shares from 0 to 1, hours and minutes. visits_a_day: on an open day, near the end of the three years.

    growth: by how much new patients per day rise over the three years, as a share of their mean.
    nps, noted: what they tend to now; nps_rise, noted_rise: by how much (points, share of itself) they rose each year.
    staying: above 1 more patients leave for good, below 1 fewer.
    writes_notes, makes_previews: False for a practice that never does.
    """

    visits_a_day: float
    growth: float
    nps: float
    nps_rise: float
    staying: float
    rebooked: float
    writes_notes: bool
    noted: float
    noted_rise: float
    note_hours: float
    makes_previews: bool
    previewed: float
    asked: float
    answered: float
    no_show: float
    cancelled: float
    waiting_minutes: float
    recovery_hours: float
    birthdays: float
    remembered: float
    referred: float
    occasions_kept: float
    promises: float


# What a quantile of the network means: value at 0 and at 1, straight between them.
_SPREAD: dict[str, tuple[float, float]] = {
    "growth": (-0.1, 0.4),
    "nps": (30.0, 85.0),
    "staying": (1.65, 0.5),
    "rebooked": (0.24, 0.74),
    "nps_rise": (-5.0, 7.0),
    "noted": (-0.15, 1.03),
    "noted_rise": (-0.05, 0.3),
    "note_hours": (26.0, 3.0),
    "previewed": (-0.1, 0.85),
    "asked": (0.35, 0.85),
    "answered": (0.22, 0.6),
    "no_show": (0.09, 0.015),
    "cancelled": (0.11, 0.04),
    "waiting_minutes": (11.0, 3.0),
    "recovery_hours": (60.0, 4.0),
    "birthdays": (0.55, 0.97),
    "remembered": (0.15, 0.75),
    "referred": (0.08, 0.42),
    "occasions_kept": (0.0, 0.8),
    "promises": (-0.5, 0.2),
}

# A bit better than most at what people notice, and weak at booking the next visit before they leave.
_AURORA = {
    "growth": 0.7,
    "nps": 0.76,
    "nps_rise": 0.98,
    "staying": 0.55,
    "rebooked": 0.17,
    "noted": 0.82,
    "noted_rise": 0.7,
    "note_hours": 0.4,
    "previewed": 0.6,
    "asked": 0.7,
    "answered": 0.6,
    "birthdays": 0.7,
    "remembered": 0.85,
    "referred": 0.7,
    "occasions_kept": 0.8,
    "promises": 0.9,
}

_VISITS_A_DAY = {SizeBand.SMALL: (2.2, 3.6), SizeBand.MEDIUM: (3.6, 5.6), SizeBand.LARGE: (5.5, 8.5)}
_AURORA_VISITS_A_DAY = 7.5
# Where a spread begins below 0 some practices lack the habit; those who have it, have it at least so much.
_LEAST = 0.04


def draw_traits(seed: int) -> dict[str, Traits]:
    """The traits of every member, by slug. They do not depend on how many of them are seeded."""
    places = {name: _places(seed, name) for name in (*_SPREAD, "visits_a_day")}
    return {
        member.slug: _traits(member, {name: by_slug[member.slug] for name, by_slug in places.items()})
        for member in MEMBERS
    }


def _places(seed: int, name: str) -> dict[str, float]:
    """Each member's place between 0 and 1, evenly spaced."""
    order = [member.slug for member in MEMBERS]
    stream(seed, "trait", name).shuffle(order)
    return {slug: (place + 0.5) / len(order) for place, slug in enumerate(order)}


def _traits(member: Member, places: dict[str, float]) -> Traits:
    if member.slug == "aurora":
        places = {**places, **_AURORA}
    values = {name: low + (high - low) * places[name] for name, (low, high) in _SPREAD.items()}
    few, many = _VISITS_A_DAY[member.size_band]
    values["visits_a_day"] = few + (many - few) * places["visits_a_day"]
    if member.slug == "aurora":
        values["visits_a_day"] = _AURORA_VISITS_A_DAY
    habits = {"noted": values["noted"] > 0, "previewed": values["previewed"] > 0}
    shares = {name: max(_LEAST, values.pop(name)) for name in habits}
    promises = max(0.0, values.pop("promises"))
    return Traits(
        **values, **shares, promises=promises, writes_notes=habits["noted"], makes_previews=habits["previewed"]
    )
