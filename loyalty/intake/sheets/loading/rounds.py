"""Rows that may be about the same person are written one after the other, never in one statement."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

One = TypeVar("One")


def rounds(rows: Sequence[tuple[One, Iterable[Hashable]]]) -> list[list[One]]:
    """Groups in which no two rows share a key; in each, and from group to group for a key, in the order of the file."""
    last: dict[Hashable, int] = {}
    groups: list[list[One]] = []
    for one, keys in rows:
        mine = list(keys)
        at = max((last[key] + 1 for key in mine if key in last), default=0)
        if at == len(groups):
            groups.append([])
        groups[at].append(one)
        for key in mine:
            last[key] = at
    return groups
