"""The parameters of a model, and which of the models it is."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from loyalty.drift.columns import Floats

# So many phases are gaps that differ by a tenth: nobody's visits to a practice are as regular.
MOST_PHASES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """How the patients of a practice come and leave.

    While active, a patient's gaps between visits are Erlang: the sum of k exponential times of rate lambda. Rates
    differ between patients: lambda is Gamma with shape r and rate alpha (in the table's unit of time). After a visit
    the patient leaves for good with probability p, Beta(a, b) between patients. So a typical gap is about k alpha / r,
    and about a / (a + b) leave after a visit.

    leaves_at_first: whether the first visit, too, can be the last. With it and k = 1 this is MBG/NBD, with it and any
    k MBG/CNBD-k; without it and k = 1 BG/NBD, in which whoever came once is active for ever: never use that
    one to call a single-visit patient active.
    """

    r: float
    alpha: float
    a: float
    b: float
    k: int = 1
    leaves_at_first: bool = True

    def __post_init__(self) -> None:
        for name in ("r", "alpha", "a", "b"):
            try:
                value = float(getattr(self, name))
            except (TypeError, ValueError) as error:
                raise ValueError(f"{name} must be a number above 0: {error}.") from error
            if not 0 < value < float("inf"):
                raise ValueError(f"r, alpha, a and b must be above 0, and {name} is {value:g}.")
            object.__setattr__(self, name, value)
        object.__setattr__(self, "k", whole(self.k))

    @property
    def name(self) -> str:
        if self.k == 1:
            return "MBG/NBD" if self.leaves_at_first else "BG/NBD"
        return f"MBG/CNBD-{self.k}" if self.leaves_at_first else f"BG/CNBD-{self.k}"

    @property
    def logs(self) -> Floats:
        """log r, log alpha, log a, log b."""
        values: Floats = np.log(np.array([self.r, self.alpha, self.a, self.b]))
        return values

    def visits_survived(self, x: Floats) -> Floats:
        """After how many visits each patient with x visits after the first did, or now may, leave."""
        return x + 1 if self.leaves_at_first else x


def whole(k: Any) -> int:
    """The number of phases of a gap. Raises ValueError unless it is 1, 2, 3 and so on, up to MOST_PHASES."""
    is_number = isinstance(k, int | float | np.integer | np.floating) and not isinstance(k, bool)
    if not is_number or not 1 <= k <= MOST_PHASES or k != int(k):
        raise ValueError(f"k must be 1, 2, 3 and so on, {MOST_PHASES} at most, not {k!r}.")
    return int(k)
