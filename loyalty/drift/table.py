"""The data of a fit: what is left of each patient's visits, one row a patient."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from loyalty.drift.columns import Floats, column
from loyalty.drift.gaps import impossible_gaps


@dataclass(frozen=True, slots=True)
class Table:
    """Four columns of equal length; times in any one unit (days here), counted from each patient's first visit.

    x: visits after the first. t_x: when the last of them was (0 where there is none). T: for how long the patient has
    been watched. log_gaps: sum of the natural logs of the x gaps between visits (0 where there is none); None where
    it is not known: then the regularity k cannot be chosen, only given.

    What happened is known only through these (Fader, Hardie and Lee 2005, Marketing Science 24(2); for the
    gaps, Reutterer, Platzer and Schroeder 2021, International Journal of Research in Marketing 38(1)).

    Each is anything numpy reads as a column of numbers, single numbers included. Raises ValueError for columns of
    different lengths and for rows that cannot be, with the first such row: a negative or broken count, a last visit
    after the end or before the start, a repeat visit at time 0, something that is no number, and log_gaps that no gaps
    have (see `impossible_gaps`).
    """

    x: Floats
    t_x: Floats
    T: Floats
    log_gaps: Floats | None = None

    def __post_init__(self) -> None:
        for name in ("x", "t_x", "T", "log_gaps"):
            if name != "log_gaps" or self.log_gaps is not None:
                object.__setattr__(self, name, column(name, getattr(self, name)))
        self._check()

    @classmethod
    def of(cls, *, x: Any, t_x: Any, T: Any, log_gaps: Any = None) -> "Table":  # noqa: N803
        """The same with every column named."""
        return cls(x, t_x, T, log_gaps)

    @classmethod
    def of_visits(cls, visits: Iterable[Sequence[float]], *, until: float) -> "Table":
        """A table from each patient's visit times in ascending order, all before or at `until`.

        Raises ValueError where a patient has no visit, or two at the same time: visits of one day count once.
        """
        rows = []
        for patient, times in enumerate(visits):
            if not len(times):
                raise ValueError(f"Every patient needs at least one visit: visits[{patient}] is empty.")
            told = column(f"visits[{patient}]", times)
            gaps = np.diff(told)
            if np.any(gaps <= 0):
                raise ValueError(
                    f"The visits of a patient must ascend in time; visits of one day count once: look at "
                    f"visits[{patient}]."
                )
            if not told[-1] <= until:
                raise ValueError(f"visits[{patient}] ends at {told[-1]:g}, after `until`, which is {until:g}.")
            rows.append((len(gaps), told[-1] - told[0], until - told[0], np.log(gaps).sum()))
        columns = np.array(rows, dtype=np.float64).reshape(-1, 4).T
        return cls(columns[0], columns[1], columns[2], columns[3])

    def __len__(self) -> int:
        return self.x.size

    @property
    def repeat_patients(self) -> int:
        """Patients with at least one visit after their first: the only ones who tell anything about gaps."""
        return int(np.count_nonzero(self.x))

    def ahead(self, t: Any) -> Floats:
        """How far to look ahead of T, for each row, from one number or one for each row. Raises ValueError else."""
        horizon = column("t", t)
        if np.isnan(horizon).any() or np.any(horizon < 0):
            raise ValueError("t, the time to look ahead, must be a number from 0 on.")
        if horizon.shape not in ((1,), self.x.shape):
            raise ValueError(f"t must be one number, or one for each of the {len(self)} rows.")
        return np.broadcast_to(horizon, self.x.shape)

    def _check(self) -> None:
        named = {"x": self.x, "t_x": self.t_x, "T": self.T}
        if self.log_gaps is not None:
            named["log_gaps"] = self.log_gaps
        if any(one.ndim != 1 or one.size != self.x.size for one in named.values()):
            shapes = ", ".join(f"{name} {' x '.join(map(str, one.shape))}" for name, one in named.items())
            raise ValueError(f"x, t_x, T and log_gaps must be columns of the same length, not of {shapes}.")
        for one in named.values():
            self._refuse(
                ~np.isfinite(one),
                "x, t_x, T and log_gaps must be numbers in every row: leave out rows where one is not known",
            )
        self._refuse(
            (self.x < 0) | (self.x != np.floor(self.x)), "x counts the visits after the first: 0, 1, 2 and so on"
        )
        self._refuse((self.t_x < 0) | (self.t_x > self.T), "t_x, the time of the last visit, must lie between 0 and T")
        self._refuse(
            (self.x == 0) != (self.t_x == 0),
            "t_x must be 0 where x is 0, and only there: it is counted from the first visit, which x does not count",
        )
        if self.log_gaps is not None:
            self._refuse(
                impossible_gaps(self.x, self.t_x, self.log_gaps),
                "log_gaps must be the sum of the natural logs of x gaps that add up to t_x, in the same unit: "
                "0 where x is 0, log t_x where x is 1, else at most x log(t_x / x)",
            )

    def _refuse(self, rows: npt.NDArray[np.bool_], sentence: str) -> None:
        """Raises ValueError with the first of these rows."""
        if rows.any():
            row = int(np.argmax(rows))
            gaps = "" if self.log_gaps is None else f", log_gaps {self.log_gaps[row]:g}"
            raise ValueError(
                f"{sentence}. Row {row} (the first is 0) has x {self.x[row]:g}, t_x {self.t_x[row]:g}, "
                f"T {self.T[row]:g}{gaps}."
            )
