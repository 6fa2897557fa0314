"""What a case is: a made-up network, whose value is at stake, and who attacks it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from infra.attack.story import Member, Story, knowledge_of
from infra.attack.views import Value
from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions import DEFINITIONS

METRIC = DEFINITIONS["note_coverage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """rule: a key of `LIFTED`. target: whose value; attackers: the pair. using: the beginnings of the names of the
    releases that the attack needs, where all of them would take long. outcomes: the value is a whole number of such
    parts of 100, where so few patients are behind it. how: the attack in a sentence. another: a network that is read
    the same under control, where it is not known who counts.
    """

    rule: str
    how: str
    story: Story
    target: Value
    attackers: tuple[int, int]
    using: tuple[str, ...] = ()
    outcomes: int | None = None
    another: Story | None = None

    @property
    def known(self) -> dict[Value, float]:
        return {value: of for value, of in self.story.values.items() if value.member in self.attackers}


@dataclass(slots=True)
class Network:
    """Members are added one by one, with a value for each month."""

    months: int = 1
    metric: Definition = METRIC
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

    def leave(self, number: int, month: int) -> None:
        """From `month` on it reports nothing more."""
        self.members[number] = replace(self.members[number], months=frozenset(range(month)))
        self.values = {of: value for of, value in self.values.items() if of.member != number or of.month < month}

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
            definition=self.metric,
            months=self.months,
            members=tuple(self.members),
            values=self.values,
            corrected_at=self.corrected_at,
            moved=self.moved,
            knowledge=knowledge_of(self.metric, 100),
        )
