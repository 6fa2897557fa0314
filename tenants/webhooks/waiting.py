"""How long to wait before something is tried again: longer each time, and not for all at the same moment."""

from datetime import datetime, timedelta

FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=6)
GROWS_BY = 3
# From the moment that it was first to be told.
TRIED_FOR = timedelta(hours=48)
# An address that failed this often in a row is left alone for a while: what waits for it would keep a worker busy.
FAILURES_BEFORE_REST = 3
LONGEST_REST = timedelta(minutes=10)
_SPREAD = 0.2


def next_try(*, tries: int, queued_at: datetime, now: datetime, luck: float, asked: timedelta) -> datetime | None:
    """When to try again after `tries` that failed; None once it was tried for 48 hours.

    luck: 0 to 1, by chance: up to a fifth sooner or later. asked: what the receiver asked to wait at least. The last
    try is the one when the 48 hours end.
    """
    last = queued_at + TRIED_FOR
    if now >= last:
        return None
    grown: timedelta = FIRST * GROWS_BY ** min(tries - 1, 10)
    wait = min(grown, LONGEST) * _spread(luck)
    return min(now + max(wait, min(asked, LONGEST)), last)


def rest(*, failures: int, luck: float) -> timedelta | None:
    """How long an address is left alone after `failures` in a row; None: not at all."""
    if failures < FAILURES_BEFORE_REST:
        return None
    grown: timedelta = FIRST * 2 ** min(failures - FAILURES_BEFORE_REST, 10)
    return min(grown, LONGEST_REST) * _spread(luck)


def _spread(luck: float) -> float:
    return 1 - _SPREAD + 2 * _SPREAD * luck
