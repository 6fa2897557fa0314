"""A patient's visits on a line of time, when the next was expected, and today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise

ROOM = 0.06  # of the line, kept free on either side
BESIDE = 12.0  # labels nearer to each other than this many percent would overlap
NEAR = 9.0  # percent between the word "Today" and one that stands beside it
WORD = 17.0  # percent that "Expected" takes on a phone


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Places in percent of the width; ``rows`` are (number, date, whole weeks since the visit before)."""

    visits: tuple[float, ...]
    last_x: float
    today_x: float
    due_x: float | None
    due_width: float
    due_label: Label | None
    labels: tuple[Label, ...]
    late: bool
    weeks_since: int
    rows: tuple[tuple[int, str, str], ...]
    sentence: str


def rhythm(*, visits: Sequence[date], today: date, due: tuple[date, date] | None) -> Rhythm:
    """Draw past ``visits``, oldest first. ``due`` is when the next was or is expected, None if nobody can say.

    Raises ValueError without a visit, or if visits do not ascend or lie after today.
    """
    if not visits or list(visits) != sorted(set(visits)) or visits[-1] > today:
        raise ValueError("a rhythm needs past visits, each on a day of its own, oldest first")
    first, last = visits[0], visits[-1]
    end = max(today, due[1]) if due else today
    days = max((end - first).days, 1)

    def x(day: date, *, beyond: float = ROOM) -> float:
        return round((ROOM + (day - first).days / days * (1 - ROOM - beyond)) * 100, 2)

    # The word to the right of "Today" gets the room that it needs.
    beside = _due_label(x(due[0]), x(due[1]), today_x=x(today)) if due else None
    if beside and beside.anchor == "start" and beside.x > 100 - WORD:
        x = partial(x, beyond=(NEAR + WORD) / 100)
    gaps = [""] + [f"{(b - a).days // 7}" for a, b in pairwise(visits)]
    return Rhythm(
        visits=tuple(x(day) for day in visits),
        last_x=x(last),
        today_x=x(today),
        due_x=x(due[0]) if due else None,
        due_width=round(x(due[1]) - x(due[0]), 2) if due else 0.0,
        due_label=_due_label(x(due[0]), x(due[1]), today_x=x(today)) if due else None,
        labels=_labels(visits, x(first), x(last)),
        late=bool(due and today > due[1]),
        weeks_since=(today - last).days // 7,
        rows=tuple((n, _long(day), gap) for n, (day, gap) in enumerate(zip(visits, gaps, strict=True), 1)),
        sentence=_sentence(visits, today, due),
    )


def _due_label(begin: float, end: float, *, today_x: float) -> Label:
    """The word over the expected days, beside the word "Today" where both would overlap."""
    middle = (begin + end) / 2
    if abs(middle - today_x) >= BESIDE:
        return Label(round(middle, 2), "Expected", "middle")
    if middle <= today_x:
        return Label(round(today_x - NEAR, 2), "Expected", "end")
    return Label(round(today_x + NEAR, 2), "Expected", "start")


def _labels(visits: Sequence[date], first_x: float, last_x: float) -> tuple[Label, ...]:
    anchor = "start" if last_x < BESIDE else "end" if last_x > 100 - BESIDE else "middle"
    last = Label(last_x, _short(visits[-1]), anchor)
    return (Label(first_x, f"{visits[0]:%b %Y}", "start"), last) if last_x - first_x >= BESIDE * 2 else (last,)


def _sentence(visits: Sequence[date], today: date, due: tuple[date, date] | None) -> str:
    count = "One visit" if len(visits) == 1 else f"{len(visits)} visits"
    span = f"on {_long(visits[0])}" if len(visits) == 1 else f"from {_long(visits[0])} to {_long(visits[-1])}"
    said = f"{count}, {span}."
    if due:
        said += f" The next {'was' if today > due[1] else 'is'} expected between {_long(due[0])} and {_long(due[1])}."
    weeks = (today - visits[-1]).days // 7
    return f"{said} Today is {weeks} {'week' if weeks == 1 else 'weeks'} after the last visit."


def _long(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def _short(day: date) -> str:
    return f"{day:%b} {day.day}"
