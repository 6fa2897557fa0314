"""The table of budgets: what each work cost the usual way and ours, and whether that is within its budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    OK = "OK"
    OVER = "OVER"
    # Over, but the number depends on the machine, and a ratio of the same run decides in its place.
    OVER_HERE = "over here"
    SHOWN = ""


class Of(StrEnum):
    """What a budget limits: our number from above, or how many times less it is than the usual one from below."""

    OURS = "at most"
    RATIO = "at least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """decides: whether the run fails when it is exceeded; absolute times on a shared machine do not decide."""

    of: Of
    limit: float
    decides: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One work, measured. `ours` and `usual` are medians in `unit` unless the work says otherwise; the least of all
    repetitions stands beside them in the JSON. usual: None where there is no other way to compare with.
    """

    work: str
    unit: str
    ours: float
    usual: float | None = None
    ours_least: float | None = None
    usual_least: float | None = None
    budget: Budget | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.budget is not None and self.budget.of is Of.RATIO and self.usual is None:
            raise ValueError(f"{self.work}: a ratio needs the usual way's number.")

    @property
    def ratio(self) -> float | None:
        return None if self.usual is None or not self.ours else self.usual / self.ours

    @property
    def verdict(self) -> Verdict:
        if self.budget is None:
            return Verdict.SHOWN
        if self.budget.of is Of.RATIO:
            within = self.ratio is not None and self.ratio >= self.budget.limit
        else:
            within = self.ours <= self.budget.limit
        if within:
            return Verdict.OK
        return Verdict.OVER if self.budget.decides else Verdict.OVER_HERE

    def as_json(self) -> dict[str, Any]:
        return {
            "work": self.work,
            "unit": self.unit,
            "usual": self.usual,
            "usual_least": self.usual_least,
            "ours": self.ours,
            "ours_least": self.ours_least,
            "ratio": self.ratio,
            "budget": None if self.budget is None else f"{self.budget.of} {self.budget.limit:g}",
            "verdict": self.verdict.value,
            "note": self.note,
        }


def exit_code(rows: Sequence[Row]) -> int:
    """1 if any row is over its budget, else 0."""
    return int(any(row.verdict is Verdict.OVER for row in rows))


def text(rows: Sequence[Row]) -> str:
    """The table, its columns aligned, each row's note below it."""
    head = ("work", "usual way", "ours", "ratio", "budget", "")
    body = [_cells(row) for row in rows]
    widths = [max(len(line[column]) for line in (head, *body)) for column in range(len(head))]
    lines = [_line(head, widths), "-" * (sum(widths) + 2 * (len(widths) - 1))]
    for row, cells in zip(rows, body, strict=True):
        lines.append(_line(cells, widths))
        if row.note:
            lines.append(f"    {row.note}")
    if any(row.verdict is Verdict.OVER_HERE for row in rows):
        lines += ["", "over here: this machine's absolute time; the ratio measured in the same run decides."]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    work, *numbers, verdict = cells
    aligned = [number.rjust(width) for number, width in zip(numbers, widths[1:-1], strict=True)]
    return "  ".join([work.ljust(widths[0]), *aligned, verdict]).rstrip()


def _cells(row: Row) -> tuple[str, str, str, str, str, str]:
    usual = "" if row.usual is None else f"{_number(row.usual)} {row.unit}".strip()
    ratio = "" if row.ratio is None else f"{_number(row.ratio)}×"
    return (row.work, usual, f"{_number(row.ours)} {row.unit}".strip(), ratio, _budget(row), row.verdict.value)


def _budget(row: Row) -> str:
    if row.budget is None:
        return ""
    if row.budget.of is Of.RATIO:
        return f"≥ {row.budget.limit:g}×"
    return f"≤ {row.budget.limit:g} {row.unit}".strip()


def _number(value: float) -> str:
    """Three significant digits, thousands apart."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
