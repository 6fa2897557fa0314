"""Counting days as the playbook does: Saturdays and Sundays are no working days."""

from functools import cache

from infra.seeds.diary import weekday

_SATURDAY = 5


@cache
def before(day: int, working_days: int) -> int:
    """The day that many working days before the ordinal `day`."""
    while working_days:
        day -= 1
        working_days -= weekday(day) < _SATURDAY
    return day


@cache
def after(day: int, working_days: int) -> int:
    """The day that many working days after the ordinal `day`."""
    while working_days:
        day += 1
        working_days -= weekday(day) < _SATURDAY
    return day
