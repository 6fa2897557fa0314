"""The packed columns of `loyalty.metrics.statement`, as numbers."""

from datetime import date

import numpy as np

from loyalty.metrics.columns import EPOCH, NEVER, Flags, Ints

Column = bytes | None

_MICROSECONDS = 1_000_000
_DAYS_FROM_1900 = (EPOCH - date(1900, 1, 1)).days


def whole(column: Column) -> Ints:
    return np.frombuffer(column or b"", dtype=">i8").astype(np.int64)


def days(column: Column) -> Ints:
    days = np.frombuffer(column or b"", dtype=">i4").astype(np.int64)
    return np.where(days == np.iinfo(np.int32).max, NEVER, days)


def day(packed: Ints) -> Ints:
    return ((packed >> 16) & 0xFFFFFFFF) - _DAYS_FROM_1900


def flag(packed: Ints, bit: int) -> Flags:
    return (packed & (1 << bit)) > 0


def seconds(column: Column) -> Ints:
    """Whole seconds, rounded down: whatever is before a full second stays before it."""
    return np.clip(whole(column) // _MICROSECONDS, -NEVER, NEVER)


def first_day(column: Column) -> int:
    """The one day of the column; NEVER without one."""
    return NEVER if column is None else int(days(column)[0])


def spread(values: Ints, rows: Flags) -> Ints:
    """`values` in the rows that have one, NEVER in the others."""
    column = np.full(rows.size, NEVER, dtype=np.int64)
    column[rows] = values
    return column
