"""Disclosure control: whether a cell of a release may be published, and which rule hides it if not.

A cell is one metric, cohort and month. Checks run in the order of their table and the first that objects is named.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.module_loading import import_string

from core import totals
from loyalty.benchmarks import rules
from loyalty.benchmarks.quantiles import Quantiles, smoothed
from loyalty.benchmarks.rules import Rule
from loyalty.metrics.definition import Definition

Practices = frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell would be made of, and what has been published around it.

    values: each contributor's value. definition: of the metric; None of a total.
    All others are the contributors of cells published for the same metric:
    supersets: of the same month, where that cohort holds this one by definition.
    siblings: of the same month and other cohorts of the same kind, which share no practice with this one.
    crossing: of the same month and cohorts of another kind.
    this_quarter: of this cohort, in the quarter of the month; None if it was not published yet in it.
    earlier: of this cohort, in every month whose rolling window overlaps this one's.
    elsewhere: of other cohorts, in those months.
    changes: of other cohorts, who joined or who left between any two of those releases.
    """

    values: Mapping[UUID, float]
    definition: Definition | None = None
    supersets: Collection[Practices] = ()
    siblings: Collection[Practices] = ()
    crossing: Collection[Practices] = ()
    this_quarter: Practices | None = None
    earlier: Collection[Practices] = ()
    elsewhere: Collection[Practices] = ()
    changes: Collection[Practices] = ()

    @property
    def contributors(self) -> Practices:
        return frozenset(self.values)


@dataclass(frozen=True, slots=True)
class Publish:
    """The cell of quantiles may be shown, with the number of contributors rounded down to 5."""

    figures: Quantiles
    contributors_shown: int


@dataclass(frozen=True, slots=True)
class PublishTotal:
    """The total may be shown, with the number of contributors rounded down to 5."""

    total: float
    contributors_shown: int


@dataclass(frozen=True, slots=True)
class Suppressed:
    rule: Rule


# Named, not imported: pages load this file with the jobs that they ask for, and the solver is for the night alone.
LEAVES_OTHERS_ALIKE = "loyalty.benchmarks.alike.leaves_others_alike"

Check = tuple[Rule, Callable[[Cell], bool]]


def too_few(cell: Cell) -> bool:
    return len(cell.values) < rules.FEWEST_CONTRIBUTORS


def rest_too_small(cell: Cell) -> bool:
    return any(
        not cell.contributors <= superset
        or len(superset - cell.contributors) < rules.FEWEST_CONTRIBUTORS
        # Regions may be taken off together: twelve and twelve of twenty-five leave one to be worked out.
        or _is_few(superset.difference(cell.contributors, *cell.siblings))
        for superset in cell.supersets
    )


def piece_too_small(cell: Cell) -> bool:
    # Cohorts of two kinds share practices: a region and a size with three in common are two who can place the third.
    return any(_is_few(piece) for piece in pieces(cell) if piece != cell.contributors)


def pieces(cell: Cell) -> Iterator[Practices]:
    """The pieces that publishing the cell makes or changes: in one, nothing of the month tells who has which value."""
    mine = cell.contributors
    beside = Practices().union(*cell.siblings)
    across = Practices().union(*cell.crossing)
    yield mine - across
    for other in cell.crossing:
        if both := other & mine:
            yield both
            yield other - mine - beside
    if across:
        for superset in cell.supersets:
            yield superset - mine - beside - across


def _is_few(rest: Practices) -> bool:
    return 0 < len(rest) < rules.FEWEST_CONTRIBUTORS


def changed_within_the_quarter(cell: Cell) -> bool:
    return cell.this_quarter is not None and cell.contributors != cell.this_quarter


def changed_too_little(cell: Cell) -> bool:
    # Against every published set whose window overlaps, not only the last one: any two releases can be compared.
    return any(differ_by_few(cell.contributors, earlier) for earlier in cell.earlier)


def differ_by_few(one: Practices, other: Practices) -> bool:
    """Whether one to four practices are in the one and not in the other, whatever else is in the other alone."""
    return any(_is_small(part) for part in changes(one, other))


def changes(one: Practices, other: Practices) -> tuple[Practices, Practices]:
    """Who is in one set only, and who is in the other only.

    Each by itself: five who join tell nothing of the one who left, if what they have is known not to be theirs.
    """
    return one - other, other - one


def parted_too_small(cell: Cell) -> bool:
    # Of five who join, four in a region that is published: the region tells which of the five values are theirs.
    here = [*cell.supersets, *cell.siblings, *cell.crossing]
    mine = {part for earlier in cell.earlier for part in changes(cell.contributors, earlier)}
    return (
        any(_in_small_pieces(part, here) for part in mine)
        or any(_in_small_pieces(part, [group]) for part in mine for group in cell.elsewhere)
        or any(_in_small_pieces(part, [*here, cell.contributors]) for part in cell.changes)
    )


def _in_small_pieces(change: Practices, groups: Collection[Practices]) -> bool:
    """Whether the groups part those who changed, and leave a piece of fewer than five."""
    pieces = parted(change, groups)
    return len(pieces) > 1 and any(_is_small(piece) for piece in pieces)


def parted(change: Practices, groups: Collection[Practices]) -> list[Practices]:
    """Those who changed, by which of the groups they are in; nobody is in no piece."""
    pieces = [change] if change else []
    for group in groups:
        pieces = [part for piece in pieces for part in (piece & group, piece - group) if part]
    return pieces


def _is_small(part: Practices) -> bool:
    return 0 < len(part) < rules.FEWEST_CHANGES


def changed_too_little_from_another(cell: Cell) -> bool:
    return any(_differ_by_less(cell.contributors, other, rules.FEWEST_CHANGES) for other in cell.elsewhere)


def _differ_by_less(one: Practices, other: Practices, fewest: int) -> bool:
    """Whether one holds the other and a few more, so that subtracting tells of these few."""
    # Sizes first: of hundreds of sets next to none are that near, and comparing members is what takes long.
    return 0 < abs(len(one) - len(other)) < fewest and (one <= other or other <= one)


def others_alike(cell: Cell) -> bool:
    if cell.definition is None or too_few(cell):
        return False
    return bool(import_string(LEAVES_OTHERS_ALIKE)(list(cell.values.values()), cell.definition))


def negative(cell: Cell) -> bool:
    return any(value < 0 for value in cell.values.values())


def zero(cell: Cell) -> bool:
    return not any(cell.values.values())


def dominant(cell: Cell) -> bool:
    return totals.dominant(cell.values.values())


def pair_could_tell(cell: Cell) -> bool:
    return totals.pair_could_tell(cell.values.values())


CHECKS: tuple[Check, ...] = (
    (rules.FEW, too_few),
    (rules.REST, rest_too_small),
    (rules.REST, piece_too_small),
    (rules.HELD, changed_within_the_quarter),
    (rules.HELD, changed_too_little),
    (rules.HELD, changed_too_little_from_another),
    (rules.HELD, parted_too_small),
)
QUANTILE_CHECKS: tuple[Check, ...] = (
    *CHECKS,
    (rules.ALIKE, others_alike),
)
TOTAL_CHECKS: tuple[Check, ...] = (
    *CHECKS,
    (rules.NEGATIVE, negative),
    (rules.ZERO, zero),
    # As long as nobody may be over a quarter, what a pair could tell is hidden by that rule too; this one says more.
    (rules.PAIR, pair_could_tell),
    (rules.DOMINANT, dominant),
)


def objection(cell: Cell, checks: Sequence[Check]) -> Rule | None:
    """The first rule that hides the cell, None if it may be published."""
    return next((rule for rule, breaks in checks if breaks(cell)), None)


def quantile_cell(
    cell: Cell,
    definition: Definition,
    *,
    checks: Sequence[Check] = QUANTILE_CHECKS,
    summarize: Callable[[Sequence[float], Definition], Quantiles] = smoothed,
) -> Publish | Suppressed:
    """Decide on a cell of quantiles: P10, P25, median, P75 and P90 of the contributors, smoothed and rounded.

    checks, summarize: what the attacker leaves out, to show what it is for.
    """
    if rule := objection(cell, checks):
        return Suppressed(rule)
    return Publish(summarize(list(cell.values.values()), definition), rules.shown_count(len(cell.values)))


def total_cell(cell: Cell, *, checks: Sequence[Check] = TOTAL_CHECKS) -> PublishTotal | Suppressed:
    """Decide on a total, or on the total that a pooled mean would be made from."""
    if rule := objection(cell, checks):
        return Suppressed(rule)
    return PublishTotal(sum(cell.values.values()), rules.shown_count(len(cell.values)))


def may_contribute(*, denominator: int, patients: int) -> bool:
    """Whether an aggregate may leave its practice: at least 11 in the denominator, and at least 11 people behind it.

    The second matters for visits: eleven visits of one patient are one patient's record.
    """
    return min(denominator, patients) >= rules.SMALLEST_DENOMINATOR


def changed_contributors(before: Mapping[UUID, datetime], after: Mapping[UUID, datetime]) -> Practices:
    """Whose contribution is not the one of the last version: `before` and `after` hold when each last changed."""
    return frozenset(
        practice for practice in before.keys() | after.keys() if before.get(practice) != after.get(practice)
    )
