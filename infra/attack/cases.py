"""A small network for each rule of disclosure control, in which only that rule keeps somebody from being worked out.

In most of them all others are alike (50), which is when releases tell the most, and one is not. The attackers are two
of the others. All values are shares in percent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from infra.attack.story import Member, Story, knowledge_of
from infra.attack.views import Value
from loyalty.metrics.definitions import DEFINITIONS

METRIC = DEFINITIONS["note_coverage"]
SPREAD = (22.0, 28.0, 34.0, 39.0, 44.0, 47.0, 53.0, 56.0, 61.0, 66.0, 72.0, 79.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """rule: a key of `LIFTED`. target: whose value; attackers: the pair. using: the beginnings of the names of the
    releases that the attack needs, where all of them would take long. outcomes: the value is a whole number of such
    parts of 100, where so few patients are behind it. how: the attack in a sentence.
    """

    rule: str
    how: str
    story: Story
    target: Value
    attackers: tuple[int, int]
    using: tuple[str, ...] = ()
    outcomes: int | None = None

    @property
    def known(self) -> dict[Value, float]:
        return {value: of for value, of in self.story.values.items() if value.member in self.attackers}


@dataclass(slots=True)
class _Network:
    """Members are added one by one, with a value for each month."""

    months: int = 1
    members: list[Member] = field(default_factory=list)
    values: dict[Value, float] = field(default_factory=dict)
    corrected_at: dict[Value, int] = field(default_factory=dict)
    moved: dict[int, tuple[Member, ...]] = field(default_factory=dict)

    def add(
        self, values: Iterable[float], *, region: str = "", size: str = "", since: int = 0, small: bool = False
    ) -> list[int]:
        """Practices that have the same value in all months; returns their numbers."""
        added = []
        for value in values:
            number = len(self.members)
            months = frozenset(range(since, self.months))
            self.members.append(Member(number, region, size, months, months if small else frozenset()))
            self.values |= {Value(number, month): value for month in months}
            added.append(number)
        return added

    def change(self, numbers: Iterable[int], month: int, value: float) -> None:
        self.values |= {Value(number, month): value for number in numbers}

    def correct(self, number: int, *, wrong: float, right: float, at: int = 1) -> Value:
        """The figure of the first month, reported wrong and corrected by the close of a later one."""
        first, second = Value(number, 0), Value(number, 0, 1)
        self.values |= {first: wrong, second: right}
        self.corrected_at[second] = at
        return second

    def regroup(self, month: int, sizes: Mapping[int, str]) -> None:
        """From `month` on practices are told apart by size and no longer by region."""
        self.moved[month] = tuple(
            Member(member.number, "", sizes.get(member.number, ""), member.months) for member in self.members
        )

    def story(self) -> Story:
        return Story(
            definition=METRIC,
            months=self.months,
            members=tuple(self.members),
            values=self.values,
            corrected_at=self.corrected_at,
            moved=self.moved,
            knowledge=knowledge_of(METRIC, 100),
        )


def few() -> Case:
    network = _Network()
    network.add(SPREAD)
    trio = network.add([50, 50, 90], region="South")
    return Case(
        rule="at least 10 practices in a group",
        how="Two of the three in a region take themselves off it.",
        story=network.story(),
        target=Value(trio[2], 0),
        attackers=(trio[0], trio[1]),
        using=("South",),
    )


def rest() -> Case:
    network = _Network()
    north = network.add([50] * 11, region="North")
    (alone,) = network.add([90])
    return Case(
        rule="at least 10 outside a group",
        how="One practice is in no region: everybody less the region is that practice.",
        story=network.story(),
        target=Value(alone, 0),
        attackers=(north[0], north[1]),
    )


def crossing() -> Case:
    network = _Network()
    south = network.add([50] * 11, region="South", size="large")
    (alone,) = network.add([90], size="large")
    network.add([31], region="", size="")
    network.add(SPREAD)
    return Case(
        rule="at least 10 between groups that cross",
        how="All of a region are large, and one large practice is elsewhere: the size less the region is that one.",
        story=network.story(),
        target=Value(alone, 0),
        attackers=(south[0], south[1]),
        using=("South", "9 or more"),
    )


def quarter() -> Case:
    network = _Network(months=2)
    others = network.add([50] * 12)
    first, second, third = network.add([50, 50, 90])
    # They report the first month late, and would join its revision.
    for number in (first, second, third):
        network.corrected_at[Value(number, 0)] = 1
    assert others  # noqa: S101
    return Case(
        rule="the same practices all quarter",
        how="Three report a month late and join its revision; two of them take themselves off the difference.",
        story=network.story(),
        target=Value(third, 0),
        attackers=(first, second),
        using=("All practices, 2026-01",),
    )


def changed() -> Case:
    network = _Network(months=4)
    others = network.add([50] * 12)
    (alone,) = network.add([77.6], since=3)
    network.change(others, 3, 55)
    return Case(
        rule="a group changes by at least 3",
        how="One practice joins with a new quarter: the new month less the one before is that practice.",
        story=network.story(),
        target=Value(alone, 3),
        attackers=(others[0], others[1]),
        using=("All practices, 2026-03", "All practices, 2026-04"),
    )


def elsewhere() -> Case:
    network = _Network(months=4)
    south = network.add([50] * 11, region="South")
    (alone,) = network.add([77.6])
    network.add([31])
    others = network.add(SPREAD)
    network.regroup(3, dict.fromkeys([*south, alone], "large") | dict.fromkeys(others, "small"))
    network.change(south, 3, 55)
    return Case(
        rule="at least 3 between groups of different months",
        how="The regions end, and a size holds all of one of them and one more practice.",
        story=network.story(),
        target=Value(alone, 3),
        attackers=(south[0], south[1]),
        using=("South, 2026-03", "9 or more providers, 2026-04"),
    )


def corrections() -> Case:
    network = _Network(months=2)
    others = network.add([50] * 11)
    (alone,) = network.add([50])
    target = network.correct(alone, wrong=50, right=90)
    return Case(
        rule="at least 3 corrections in a revision",
        how="One practice corrects its figure: the revision less the first version is that practice.",
        story=network.story(),
        target=target,
        attackers=(others[0], others[1]),
        using=("All practices, 2026-01",),
    )


def small() -> Case:
    network = _Network()
    others = network.add([50] * 11)
    (alone,) = network.add([60], small=True)
    return Case(
        rule="at least 11 patients behind a figure",
        how="Of five patients only 0, 20, 40, 60, 80 or 100 % can be; of eleven the steps are less than a tenth.",
        story=network.story(),
        target=Value(alone, 0),
        attackers=(others[0], others[1]),
        outcomes=5,
    )


CASES = (few, rest, crossing, quarter, changed, elsewhere, corrections, small)
