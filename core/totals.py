"""When a total of what several parties have tells nobody what one of them has."""

from collections.abc import Collection

FEWEST = 10
LARGEST_SHARE = 25  # percent of the total
SHARE_LEFT_TO_A_PAIR = 10  # percent of the largest part


def dominant(parts: Collection[float]) -> bool:
    """Whether one part is over a quarter of the total."""
    return 100 * max(parts, default=0) > LARGEST_SHARE * sum(parts)


def pair_could_tell(parts: Collection[float]) -> bool:
    """The p % rule against a coalition of two: without the three largest, at least 10 % of the largest must be left."""
    ordered = sorted(parts, reverse=True)
    return bool(ordered) and 100 * sum(ordered[3:]) < SHARE_LEFT_TO_A_PAIR * ordered[0]


def may_be_told(parts: Collection[float]) -> bool:
    """parts: of those who have any. At least ten, none negative, and neither rule above broken."""
    return len(parts) >= FEWEST and min(parts) >= 0 and any(parts) and not (dominant(parts) or pair_could_tell(parts))
