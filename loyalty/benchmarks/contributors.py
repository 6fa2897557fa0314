"""Who counts in a cell: the same practices for a quarter, then a set that five or more joined or left, or the old.

Where fewer leave, others stand aside with them, by lot: a benchmark that one practice could end by leaving would be of
no use to the others. Where fewer join, they wait.
"""

from collections.abc import Collection, Sequence
from hashlib import sha256
from uuid import UUID

from loyalty.benchmarks.disclosure import Practices, changes, parted
from loyalty.benchmarks.rules import FEWEST_CHANGES, FEWEST_CONTRIBUTORS


def choose_contributors(
    *,
    reporting: Practices,
    eligible: Practices,
    this_quarter: Practices | None,
    earlier: Sequence[Practices],
    here: Collection[Practices] = (),
    elsewhere: Collection[Practices] = (),
    fewest: int = FEWEST_CHANGES,
    draw: str = "",
) -> Practices:
    """The contributors a cell is to be made of.

    reporting: all practices with a contribution for the metric and month. eligible: those of them that belong to
    the cohort (and, for a cohort inside another, that count in the other's published cell). this_quarter and earlier:
    as in `disclosure.Cell`, `earlier` with the latest first. here: what is published of other cohorts for the month;
    elsewhere: for other months. Neither may part those who join or leave. fewest: how many must join, and how many
    must leave, for a set to be another one. draw: of which drawing of lots; the same draw is the same again.

    - Within a quarter the set is fixed. If one of its practices no longer reports, those that still do are
      returned, and disclosure control holds the cell back.
    - At the start of a quarter everybody eligible counts, if that is far enough from every earlier set.
    - If it is not, whoever is new waits, and beside those who left as many others stand aside as are missing to
      `fewest`: of the same groups, or the groups would tell them apart.
    - If not even ten are left so, the eligible ones are returned, and disclosure control holds the cell back.
    """
    if this_quarter is not None:
        return this_quarter & reporting
    changing = _Changing(earlier, here, elsewhere, fewest, draw)
    settled = changing.settled(eligible)
    return settled if len(settled) >= FEWEST_CONTRIBUTORS else eligible


class _Changing:
    """What the sets that were published before allow the next one to be."""

    def __init__(
        self,
        earlier: Sequence[Practices],
        here: Collection[Practices],
        elsewhere: Collection[Practices],
        fewest: int,
        draw: str,
    ) -> None:
        self._earlier = earlier
        # As disclosure control asks: the groups of the month part a change together, each other one by itself.
        self._partings: list[Collection[Practices]] = [(), here, *((group,) for group in elsewhere)]
        # Who is in the same sets as who left goes with them in all comparisons, and makes no new difference in any.
        self._known = [*here, *elsewhere, *earlier]
        self._fewest = fewest
        self._draw = draw

    def settled(self, practices: Practices) -> Practices:
        """The practices, less those who wait and those who stand aside; nobody where that cannot be."""
        while away := next(filter(None, (self._away(practices, before) for before in self._earlier)), None):
            practices -= away
        return practices

    def _away(self, practices: Practices, before: Practices) -> Practices | None:
        """Who must go, too, because too few are new since an earlier set, or too few of it are missing."""
        joined, left = changes(practices, before)
        for groups in self._partings:
            if few := self._few(joined, groups):
                return few
            if few := self._few(left, groups):
                return self._beside(few, practices & before) or practices
        return None

    def _few(self, change: Practices, groups: Collection[Practices]) -> Practices | None:
        return next((part for part in parted(change, groups) if len(part) < self._fewest), None)

    def _beside(self, left: Practices, still: Practices) -> Practices:
        """As many of those still there as are missing beside who left: of the same sets, as far as there are any."""
        chosen = sorted(still, key=lambda practice: (self._apart(practice, left), self._lot(practice)))
        return frozenset(chosen[: self._fewest - len(left)])

    def _apart(self, practice: UUID, left: Practices) -> int:
        """In how many sets the practice is without those who left, or they without it."""
        return min(sum((practice in known) != (one in known) for known in self._known) for one in left)

    def _lot(self, practice: UUID) -> bytes:
        """By which they are drawn; no value has a part in it."""
        return sha256(f"{self._draw} {practice}".encode()).digest()
