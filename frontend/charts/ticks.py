"""Round ends for an axis with five ticks."""

from math import ceil, floor, inf, log10

STEPS = 4


def round_ends(low: float, high: float, *, least: float = -inf, most: float = inf) -> tuple[float, float]:
    """Return ends around ``low`` and ``high`` whose five ticks are round numbers, within the possible values.

    Raises ValueError where ``low`` is not below ``high``.
    """
    if not low < high:
        raise ValueError(f"an axis needs some length, not {low} to {high}")
    size = 10 ** floor(log10((high - low) / STEPS))
    for step in (size, 2 * size, 2.5 * size, 5 * size, 10 * size, 20 * size):
        start = floor(low / step) * step
        if start + STEPS * step > most >= high:
            start = ceil(most / step) * step - STEPS * step
        start = max(start, least)
        slack = step * 1e-9  # a multiple of a step is not exactly a float
        if start <= low + slack and start + STEPS * step >= high - slack:
            return start, start + STEPS * step
    raise AssertionError("twenty times the size of a fifth always covers the range")
