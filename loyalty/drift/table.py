"""The data of a fit: what is left of each patient's visits, one row a patient."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """Four columns of equal length; times in any one unit (days here), counted from each patient's first visit.

    x: visits after the first. t_x: when the last of them was (0 where there is none). T: for how long the patient has
    been watched. log_gaps: sum of the natural logs of the x gaps between visits (0 where there is none); None where
    it is not known: then the regularity k cannot be chosen, only given.

    What happened is known only through these (Fader, Hardie and Lee 2005, Marketing Science 24(2); for the
    gaps, Reutterer, Platzer and Schroeder 2021, International Journal of Research in Marketing 38(1)).
    """

    x: Floats
    t_x: Floats
    T: Floats
    log_gaps: Floats | None = None

    @classmethod
    def of(cls, *, x: Any, t_x: Any, T: Any, log_gaps: Any = None) -> "Table":  # noqa: N803
        """A table from anything numpy reads as columns, single numbers included.

        Raises ValueError for columns of different lengths and for rows that cannot be: a negative or broken count, a
        last visit after the end or before the start, a repeat visit at time 0, something that is no number.
        """
        gaps = None if log_gaps is None else _column("log_gaps", log_gaps)
        table = cls(_column("x", x), _column("t_x", t_x), _column("T", T), gaps)
        table._check()
        return table

    @classmethod
    def of_visits(cls, visits: Iterable[Sequence[float]], *, until: float) -> "Table":
        """A table from each patient's visit times in ascending order, all before or at `until`.

        Raises ValueError where a patient has no visit, or two at the same time: visits of one day count once.
        """
        rows = []
        for times in visits:
            if not len(times):
                raise ValueError("Every patient needs at least one visit.")
            gaps = np.diff(np.asarray(times, dtype=np.float64))
            if np.any(gaps <= 0):
                raise ValueError("The visits of a patient must ascend in time; visits of one day count once.")
            rows.append((len(gaps), times[-1] - times[0], until - times[0], np.log(gaps).sum()))
        columns = np.array(rows, dtype=np.float64).reshape(-1, 4).T
        return cls.of(x=columns[0], t_x=columns[1], T=columns[2], log_gaps=columns[3])

    def __len__(self) -> int:
        return self.x.size

    @property
    def repeat_patients(self) -> int:
        """Patients with at least one visit after their first: the only ones who tell anything about gaps."""
        return int(np.count_nonzero(self.x))

    def ahead(self, t: Any) -> Floats:
        """How far to look ahead of T, for each row, from one number or one for each row. Raises ValueError else."""
        horizon = _column("t", t)
        if np.isnan(horizon).any() or np.any(horizon < 0):
            raise ValueError("t, the time to look ahead, must be a number from 0 on.")
        if horizon.shape not in ((1,), self.x.shape):
            raise ValueError(f"t must be one number, or one for each of the {len(self)} rows.")
        return np.broadcast_to(horizon, self.x.shape)

    def _check(self) -> None:
        columns = [self.x, self.t_x, self.T] + ([] if self.log_gaps is None else [self.log_gaps])
        if any(column.ndim != 1 or column.size != self.x.size for column in columns):
            raise ValueError("x, t_x, T and log_gaps must be columns of the same length.")
        if not all(np.isfinite(column).all() for column in columns):
            raise ValueError("x, t_x, T and log_gaps must be numbers in every row.")
        if np.any(self.x < 0) or np.any(self.x != np.floor(self.x)):
            raise ValueError("x counts the visits after the first: 0, 1, 2 and so on.")
        if np.any(self.t_x < 0) or np.any(self.t_x > self.T):
            raise ValueError("t_x, the time of the last visit, must lie between 0 and T.")
        if np.any((self.x == 0) != (self.t_x == 0)):
            raise ValueError("t_x must be 0 where x is 0, and only there.")


def _column(name: str, values: Any) -> Floats:
    if np.ma.is_masked(values):
        # What is masked would count as what stands below the mask.
        raise ValueError(f"{name} has masked values: leave these rows out, or fill them.")
    try:
        return np.atleast_1d(np.asarray(values, dtype=np.float64))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be a number, or a list or array of them: {error}.") from error
