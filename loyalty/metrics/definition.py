"""What a metric is: one definition each, versioned."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite


class Unit(StrEnum):
    """How a value reads: 0 to 100, a score, hours, stars from 1 to 5, for every hundred, or how many."""

    PERCENT = "percent"
    SCORE = "score"
    HOURS = "hours"
    RATING = "rating"
    PER_HUNDRED = "per_hundred"
    COUNT = "count"


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Kind(StrEnum):
    """How the value comes from its sums, and which interval it gets.

    PROPORTION_VISIT: share of visits; patients repeat, so the interval is patient-clustered.
    PROPORTION_PATIENT: share of patients, each counted once; Wilson interval.
    NPS: promoters minus detractors over answers; adjusted interval, patient-clustered where patients answer again.
    MEDIAN: middle value; interval by order statistics.
    MEAN: average of values between two ends; adjusted interval, patient-clustered where patients repeat.
    RATE: how many for every hundred of something else, so it may pass 100; Poisson interval.
    COUNT: how many; Poisson interval, wider where few people make many visits.
    """

    PROPORTION_VISIT = "proportion_visit_clustered"
    PROPORTION_PATIENT = "proportion_patient"
    NPS = "nps"
    MEDIAN = "median"
    MEAN = "mean"
    RATE = "rate"
    COUNT = "count"


class Source(StrEnum):
    """What a practice must have recorded for a metric to exist; the value completes "… were not recorded"."""

    VISITS = "visits"
    BOOKINGS = "booking times"
    NOTES = "handwritten notes"
    ASKS = "requests for feedback"
    ANSWERS = "feedback answers"
    WORTH = "answers on whether it was worth the price"
    ELSEWHERE = "answers on going elsewhere"
    PREVIEWS = "service previews"
    PROMISES = "answers on promises"
    OCCASIONS = "personal days"
    RECOVERIES = "recoveries"
    JOURNEY = "briefs that were read"
    REVIEWS = "public reviews, or requests for one,"
    REFERRALS = "referrals"
    RHYTHMS = "enough return visits to tell who is late"


# Below this n a figure is flagged as uncertain.
UNCERTAIN_BELOW = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One metric. Whoever changes what is counted raises `version`, so that old and new figures are never mixed.

    key, version: identity; a stored figure names both.
    name: what it is called on screens; sentence: what it says, in one plain sentence; formula: how it is counted.
    precision: released figures are rounded to multiples of it (in `unit`).
    low, high: the range of possible values; high may be infinite.
    look_ahead_days: how long after an index visit one must wait to know; the windows shift back by as much.
    source: absent, never 0, where it was not recorded.
    minimum: below this n the figure is flagged as uncertain.
    released: whether the network publishes it; if not, it is for the practice itself and is never contributed.
    as_found: it is read off what is on file when the month is counted, and nobody knows what was on file before; so
    a month is counted once, when it has just closed, and never again.
    """

    key: str
    version: int
    name: str
    sentence: str
    formula: str
    unit: Unit
    better: Better
    kind: Kind
    source: Source
    precision: float
    low: float = 0.0
    high: float = inf
    look_ahead_days: int = 0
    minimum: int = UNCERTAIN_BELOW
    released: bool = True
    as_found: bool = False

    def __post_init__(self) -> None:
        if self.version < 1 or self.look_ahead_days < 0 or self.minimum < 1:
            raise ValueError(f"{self.key}: version and minimum start at 1, days to look ahead at 0.")
        if not (isfinite(self.precision) and self.precision > 0 and self.low < self.high):
            raise ValueError(f"{self.key}: precision must be positive and the range must run upward.")

    def rounded(self, value: float) -> float:
        """`value` to the nearest multiple of the precision, halves to the even one; stays within the range."""
        # Tenths are no whole number of halves: what multiplying adds in the last digit is taken off.
        nearest = round(round(value / self.precision) * self.precision, 9)
        return min(max(nearest, self.low), self.high)

    @property
    def is_ratio(self) -> bool:
        """Whether the value is a numerator over a denominator."""
        return self.kind in (Kind.PROPORTION_VISIT, Kind.PROPORTION_PATIENT, Kind.NPS)
