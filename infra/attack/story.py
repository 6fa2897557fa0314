"""A network made up for the attack: who joins and leaves, what each is worth, what is reported wrong at first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from infra.attack.views import Knowledge, Value
from loyalty.benchmarks.alike import NEAR
from loyalty.benchmarks.cohorts import Cohort, cohorts_of
from loyalty.metrics.definition import Definition, Kind
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.windows import WINDOW_MONTHS
from tenants.models import SizeBand

# A share, a score that may be negative, hours, and an amount.
METRICS = ("note_coverage", "nps", "note_hours", "active_patients")
# How many practices a region and a size have beside the others.
REGIONS = {"East": 4, "South": 3, "West": 3}
SIZES = (5, 4, 3)
# Nobody is told what the most is that an amount can be; the attacker is granted three times the largest.
CAP = 3.0


@dataclass(frozen=True, slots=True)
class Member:
    """months: in which it reports. small: of them, those in which its figures rest on fewer than 11 patients."""

    number: int
    region: str
    size_band: str
    months: frozenset[int]
    small: frozenset[int] = frozenset()

    @property
    def cohorts(self) -> tuple[Cohort, ...]:
        return cohorts_of(size_band=self.size_band, region=self.region)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """values: of every practice, month and edition. corrected_at: in which month's close a first edition is replaced.

    moved: from which month on members are somebody else (another region or size).
    """

    definition: Definition
    months: int
    members: tuple[Member, ...]
    values: Mapping[Value, float]
    corrected_at: Mapping[Value, int] = field(default_factory=dict)
    moved: Mapping[int, tuple[Member, ...]] = field(default_factory=dict)
    knowledge: Knowledge

    def members_in(self, month: int) -> tuple[Member, ...]:
        since = max((first for first in self.moved if first <= month), default=None)
        return self.members if since is None else self.moved[since]

    def edition(self, member: int, month: int, at: int) -> Value | None:
        """What was reported of `month` by the close of month `at`, None if nothing."""
        first, second = Value(member, month), Value(member, month, 1)
        if second in self.values and self.corrected_at[second] <= at:
            return second
        return first if first in self.values and self.corrected_at.get(first, month) <= at else None


def stories(*, members: int, months: int, seed: int) -> Iterator[Story]:
    """The same network once for each kind of metric."""
    draw = Random(f"who {seed}")  # noqa: S311 - the same network again, not a secret
    network = _members(draw, members, months)
    for metric in METRICS:
        yield _story(DEFINITIONS[metric], network, months, Random(f"{metric} {seed}"))  # noqa: S311


def knowledge_of(definition: Definition, largest: float) -> Knowledge:
    """What anybody may know of a metric: its range, where it has one, and how slowly a rolling year moves."""
    if definition.high < float("inf"):
        width = definition.high - definition.low
        return Knowledge(definition.low, definition.high, step=width / WINDOW_MONTHS, near=NEAR * width)
    return Knowledge(definition.low, CAP * largest, growth=1 / WINDOW_MONTHS, share=NEAR)


def _members(draw: Random, count: int, months: int) -> tuple[Member, ...]:
    """Two thirds are there from the beginning, others join two or three at a time, some leave for good or a while."""
    found: list[Member] = []
    joining = 0
    while len(found) < count:
        together = 1 if len(found) < count * 2 // 3 else draw.choice([1, 2, 3, 3])
        if len(found) >= count * 2 // 3:
            joining = draw.randrange(1, months) if months > 1 else 0
        for _ in range(min(together, count - len(found))):
            months_in = set(range(joining, months))
            if draw.random() < 0.1:
                away = draw.randrange(joining, months)
                months_in -= set(range(away, months if draw.random() < 0.5 else away + 3))
            found.append(
                Member(
                    number=len(found),
                    region=draw.choices(list(REGIONS), list(REGIONS.values()))[0],
                    size_band=draw.choices(SizeBand.values, SIZES)[0],
                    months=frozenset(months_in),
                    # Whoever has just joined has seen few patients since.
                    small=frozenset(range(joining, joining + draw.randrange(3))) if joining else frozenset(),
                )
            )
    return tuple(found)


def _story(definition: Definition, members: tuple[Member, ...], months: int, draw: Random) -> Story:
    values: dict[Value, float] = {}
    corrected_at: dict[Value, int] = {}
    for member in members:
        for month, value in enumerate(_course(definition, months, draw)):
            if month not in member.months:
                continue
            values[Value(member.number, month)] = value
            if draw.random() < 0.04:
                # Reported wrong, and corrected a month or two later.
                right = Value(member.number, month, 1)
                values[right] = value
                values[Value(member.number, month)] = _within(definition, value * draw.uniform(0.5, 1.5))
                corrected_at[right] = month + draw.choice([1, 2])
    knowledge = knowledge_of(definition, max(values.values()))
    return Story(
        definition=definition,
        months=months,
        members=members,
        values=values,
        corrected_at=corrected_at,
        knowledge=replace(knowledge, high=max(knowledge.high, max(values.values()))),
    )


def _course(definition: Definition, months: int, draw: Random) -> list[float]:
    """One practice's figures month by month: rolling years, so each moves little from the one before."""
    match definition.kind:
        case Kind.NPS:
            value, most = draw.gauss(45, 20), 6.0
        case Kind.MEDIAN | Kind.COUNT:
            value, most = draw.lognormvariate(3.2 if definition.kind is Kind.MEDIAN else 6.2, 0.6), 0.0
        case _:
            value, most = draw.gauss(58, 17), 3.0
    course = []
    for _ in range(months):
        value = _within(definition, value)
        course.append(round(value, 2))
        value += draw.uniform(-most, most) if most else value * draw.uniform(-0.04, 0.04)
    return course


def _within(definition: Definition, value: float) -> float:
    width = min(definition.high, 1e9) - definition.low
    return min(max(value, definition.low + 0.02 * min(width, 100)), definition.high)
