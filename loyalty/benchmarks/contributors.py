"""Who counts in a cell: the same practices for a quarter, then a set that five or more joined or left, or the old."""

from collections.abc import Sequence

from loyalty.benchmarks.disclosure import Practices, changes
from loyalty.benchmarks.rules import FEWEST_CHANGES


def choose_contributors(
    *,
    reporting: Practices,
    eligible: Practices,
    this_quarter: Practices | None,
    earlier: Sequence[Practices],
    fewest: int = FEWEST_CHANGES,
) -> Practices:
    """The contributors a cell is to be made of.

    reporting: all practices with a contribution for the metric and month. eligible: those of them that belong to
    the cohort (and, for a cohort inside another, that count in the other's published cell). this_quarter and earlier:
    as in `disclosure.Cell`, `earlier` with the latest first. fewest: how many must join, and how many must leave, for
    a set to be another one.

    - Within a quarter the set is fixed. If one of its practices no longer reports, those that still do are
      returned, and disclosure control holds the cell back.
    - At the start of a quarter everybody eligible counts, if that is far enough from every earlier set.
    - If it is not, whoever is new waits and the latest earlier set counts again, as long as all of it is still
      eligible. Otherwise nothing can be published before more practices change, and the eligible ones are returned.
    """
    if this_quarter is not None:
        return this_quarter & reporting
    if all(not part or len(part) >= fewest for before in earlier for part in changes(eligible, before)):
        return eligible
    latest = earlier[0]
    return latest if latest <= eligible else eligible
