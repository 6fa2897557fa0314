"""Who works when, and which quarter hours are taken, so that nobody treats two people at once."""

from datetime import date
from random import Random

OPENS = 9 * 60
QUARTERS = 34  # until half past five
_LUNCH = 0b11 << 14  # half past twelve to one
_THURSDAY, _SUNDAY = 3, 6


def weekday(day: int) -> int:
    """0 is Monday. `day` is an ordinal."""
    return (day + 6) % 7


def is_closed(day: int) -> bool:
    """Sundays, New Year's Day, Independence Day, Thanksgiving, Christmas."""
    if weekday(day) == _SUNDAY:
        return True
    when = date.fromordinal(day)
    thanksgiving = when.month == 11 and weekday(day) == _THURSDAY and 22 <= when.day <= 28
    return thanksgiving or (when.month, when.day) in ((1, 1), (7, 4), (12, 25))


class Diary:
    """Of one practice. Providers are numbered; `weekdays[n]` are the days of the week on which n works.

    also_open: a day on which everybody works, whatever day of the week it is.
    """

    def __init__(self, weekdays: list[frozenset[int]], rng: Random, *, also_open: int | None = None) -> None:
        self._weekdays = weekdays
        self._rng = rng
        self._taken: dict[tuple[int, int], int] = {}
        self._open: dict[int, bool] = {}
        self._also_open = also_open

    def works(self, provider: int, day: int) -> bool:
        if day == self._also_open:
            return True
        known = self._open.get(day)
        if known is None:
            known = self._open[day] = not is_closed(day)
        return known and weekday(day) in self._weekdays[provider]

    def place(self, provider: int, day: int, minutes: int, *, early: bool, not_before: int = 0) -> int | None:
        """Take a free time of about that hour; returns minutes after midnight, or None on a full day."""
        if not self.works(provider, day):
            return None
        length = -(-minutes // 15)
        need = (1 << length) - 1
        mask = self._taken.get((provider, day), _LUNCH)
        starts = QUARTERS - length + 1
        wish = int(self._rng.random() * starts)
        if early != (wish * 2 < starts):
            # Half of those who like mornings take what there is, too.
            wish = (wish + starts // 2) % starts if self._rng.random() < 0.5 else wish
        first = max(0, -(-(not_before - OPENS) // 15))
        for step in range(starts):
            start = (wish + step) % starts
            if start >= first and not mask & need << start:
                self._taken[provider, day] = mask | need << start
                return OPENS + start * 15
        return None

    def free(self, provider: int, day: int, minute: int, minutes: int) -> None:
        """Give a time back."""
        need = (1 << -(-minutes // 15)) - 1
        self._taken[provider, day] &= ~(need << (minute - OPENS) // 15)
