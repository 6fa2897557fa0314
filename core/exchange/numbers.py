"""Counts with digits behind the point, as programs read and send them: numbers of JSON, exact as we keep them."""

from decimal import Decimal

PLACES = 4
# Seventeen digits tell two floats apart; fifteen are always told exactly.
MOST = 10**9


def as_number(kept: Decimal | None) -> int | float | None:
    """2 for 2.0000, as the database writes it in a list."""
    if kept is None:
        return None
    return int(kept) if kept == kept.to_integral_value() else float(kept)


def in_sql(column: str) -> str:
    return f"trim_scale({column})"
