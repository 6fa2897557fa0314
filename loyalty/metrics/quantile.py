"""Quantiles inside a practice. What the network releases is smoothed, and lives in loyalty.benchmarks.quantiles."""

from math import floor
from typing import Protocol


class Ascending(Protocol):
    """Values in ascending order: a sorted list, or a sorted array, which need not be copied into one."""

    def __len__(self) -> int: ...
    def __getitem__(self, place: int, /) -> float: ...


def quantile(ordered: Ascending, share: float) -> float:
    """The quantile of an ascending sequence by type 7 of Hyndman and Fan (1996, The American Statistician 50(4)).

    The value at position (n - 1) share, counted from 0, interpolated linearly: PostgreSQL's percentile_cont.

    Raises ValueError for an empty sequence or a share outside 0..1.
    """
    if not len(ordered):
        raise ValueError("A quantile needs at least one value.")
    if not 0 <= share <= 1:
        raise ValueError(f"The share of a quantile is between 0 and 1, not {share}.")
    position = (len(ordered) - 1) * share
    below = floor(position)
    if below == position:
        return ordered[below]
    low, high = ordered[below], ordered[below + 1]
    return low + (position - below) * (high - low)
