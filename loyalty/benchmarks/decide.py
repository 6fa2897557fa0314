"""Decide every cell of a month: who counts in it, whether it may be published, and whether that is news.

Nothing is read or written here. What the database holds and what an attacker makes up take the same way.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from uuid import UUID

from loyalty.benchmarks import rules
from loyalty.benchmarks.cohorts import EVERYBODY, Cohort
from loyalty.benchmarks.contributors import choose_contributors
from loyalty.benchmarks.disclosure import (
    QUANTILE_CHECKS,
    Cell,
    Check,
    Practices,
    Publish,
    Suppressed,
    changed_contributors,
    changes,
    quantile_cell,
)
from loyalty.benchmarks.quantiles import Quantiles, smoothed
from loyalty.metrics.definition import Definition
from loyalty.metrics.windows import Month

CORRECTED = f"At least {rules.FEWEST_CORRECTED} practices corrected their figures."
NO_LONGER_HIDDEN = "It was hidden before."

Key = tuple[str, Cohort]


@dataclass(frozen=True, slots=True)
class Reported:
    """What a practice contributed, and when that last changed."""

    value: float
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """A published version of a cell: its contributors, when each had last changed its contribution, its figures."""

    month: Month
    version: int
    stamps: Mapping[UUID, datetime]
    figures: Quantiles
    contributors: Practices = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "contributors", frozenset(self.stamps))


@dataclass(frozen=True, slots=True)
class Decided:
    """A version to be written. stamps: of its contributors; why: what a later version corrects."""

    definition: Definition
    cohort: Cohort
    version: int
    decision: Publish | Suppressed
    stamps: Mapping[UUID, datetime]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What disclosure control does. The product knows one, `CONTROL`.

    It is a value so that the attacker can take single rules away and show what each of them is for.
    """

    checks: Sequence[Check] = QUANTILE_CHECKS
    choose: Callable[..., Practices] = choose_contributors
    summarize: Callable[[Sequence[float], Definition], Quantiles] = smoothed
    fewest_corrected: int = rules.FEWEST_CORRECTED
    corrected_by_piece: bool = True


CONTROL = Control()


@dataclass(slots=True)
class Network:
    """What the network holds for one month and one or more metrics.

    members: of each cohort. reported: by metric and version of its definition. published: every published version of
    a cell in the months whose window overlaps, the latest first. versions: the latest of each of this month's cells,
    hidden ones too.
    """

    month: Month
    members: Mapping[Cohort, Practices]
    reported: Mapping[tuple[str, int], Mapping[UUID, Reported]]
    published: dict[Key, list[Published]]
    versions: Mapping[Key, int]

    @property
    def cohorts(self) -> list[Cohort]:
        """Everybody first, because the others are taken out of it."""
        return sorted(self.members, key=lambda cohort: (cohort != EVERYBODY, cohort.kind, cohort.value))

    def around(self, definition: Definition, cohort: Cohort) -> list[Published]:
        return self.published.get((definition.key, cohort), [])

    def changes(self, definition: Definition, cohort: Cohort) -> set[Practices]:
        """Who joined, and who left, between any two published versions of any other cell of the metric."""
        return {
            part
            for (metric, other), found in self.published.items()
            if metric == definition.key and other != cohort
            for one, another in combinations({p.contributors for p in found}, 2)
            for part in changes(one, another)
            if part
        }

    def shown(self, definition: Definition, cohort: Cohort) -> Published | None:
        """What is published of this month's cell now, if anything."""
        return next((p for p in self.around(definition, cohort) if p.month == self.month), None)


def decide_month(network: Network, definitions: Iterable[Definition], *, control: Control = CONTROL) -> list[Decided]:
    """Every version that is to be written, of published and hidden cells alike.

    Where a cell has no version yet its first one is decided. Where it has one, this is a scheduled revision: a
    published cell gets another version only if at least five contributors changed and its figures are different
    now; a hidden one only if it may be shown now.
    """
    return [
        decided
        for definition in definitions
        for cohort in network.cohorts
        if (decided := _decide(network, definition, cohort, control))
    ]


def _decide(network: Network, definition: Definition, cohort: Cohort, control: Control) -> Decided | None:
    cell, stamps = _candidate(network, definition, cohort, control)
    latest = network.versions.get((definition.key, cohort))
    before = network.shown(definition, cohort)
    # Asked first, because it is what keeps nearly every revision from being one.
    if latest is not None and before is not None and _are_few(network, definition, cohort, stamps, control):
        return None
    decision = quantile_cell(cell, definition, checks=control.checks, summarize=control.summarize)
    if latest is not None and not _is_news(before, decision):
        return None
    version = 1 if latest is None else latest + 1
    if isinstance(decision, Publish):
        # Counted at once, for the cells decided after it.
        published = Published(network.month, version, stamps, decision.figures)
        network.published.setdefault((definition.key, cohort), []).insert(0, published)
    why = "" if latest is None else CORRECTED if before else NO_LONGER_HIDDEN
    return Decided(definition, cohort, version, decision, stamps, why)


def _candidate(
    network: Network, definition: Definition, cohort: Cohort, control: Control
) -> tuple[Cell, dict[UUID, datetime]]:
    """What the cell would be made of now, and when each of its contributions last changed."""
    reported = network.reported.get((definition.key, definition.version), {})
    reporting = frozenset(reported)
    eligible = reporting & network.members[cohort]
    superset = network.shown(definition, cohort.superset) if cohort.superset else None
    if superset:
        eligible &= superset.contributors
    published = network.around(definition, cohort)
    this_quarter = next((p.contributors for p in published if p.month.quarter == network.month.quarter), None)
    earlier = list(dict.fromkeys(p.contributors for p in published))
    # Of groups that are no more, too: a region may end, and its last releases can still be compared with these.
    others = [
        (other, p)
        for (metric, other), found in network.published.items()
        if metric == definition.key and other != cohort
        for p in found
    ]
    here = [(other, p.contributors) for other, p in others if p.month == network.month and p is not superset]
    elsewhere = {p.contributors for _, p in others if p.month != network.month}
    chosen = control.choose(
        reporting=reporting,
        eligible=eligible,
        this_quarter=this_quarter,
        earlier=earlier,
        here={contributors for _, contributors in here},
        elsewhere=elsewhere,
        draw=str(network.month.quarter),
    )
    cell = Cell(
        values={practice: reported[practice].value for practice in chosen},
        definition=definition,
        supersets=[superset.contributors] if superset else [],
        siblings={contributors for other, contributors in here if other.kind == cohort.kind},
        crossing={contributors for other, contributors in here if other.kind != cohort.kind},
        this_quarter=this_quarter,
        earlier=earlier,
        elsewhere=elsewhere,
        changes=network.changes(definition, cohort),
    )
    return cell, {practice: reported[practice].changed_at for practice in chosen}


def _are_few(
    network: Network, definition: Definition, cohort: Cohort, stamps: Mapping[UUID, datetime], control: Control
) -> bool:
    """Whether too few contributions changed for another version of what is published of the cell.

    In each piece that the other groups of the month part them into, too: what a group still says of a practice before
    its correction, and the two versions say of it and one other, tells that other who it is.
    """
    before = network.shown(definition, cohort)
    changed = changed_contributors(before.stamps, stamps) if before else frozenset()
    groups = [
        shown.contributors
        for metric, other in network.published
        if control.corrected_by_piece and metric == definition.key and other != cohort
        if (shown := network.shown(definition, other))
    ]
    pieces = Counter(tuple(practice in group for group in groups) for practice in changed)
    return min(pieces.values(), default=0) < control.fewest_corrected


def _is_news(before: Published | None, decision: Publish | Suppressed) -> bool:
    """Whether a cell that has a version is to get another; `before` is what is published of it."""
    if isinstance(decision, Suppressed):
        return False
    return before is None or decision.figures != before.figures
