"""Who joins the hold-outs of a simulated network, drawn with the product's own lot."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loyalty.holdouts.draw import held_out

MONTHS = 12
PERCENT_HELD = 10
# Patients who join in a month: the median practice, and the spread of the logarithm.
USUAL_MONTH, SIZE_SPREAD = 25, 0.5
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Joined:
    """How many joined, by network, practice and month, to be contacted and to be held out."""

    contacted: NDArray[np.int64]
    held: NDArray[np.int64]

    def of_practices(self, practices: int) -> "Joined":
        """The same networks with their first practices alone."""
        return Joined(self.contacted[:, :practices], self.held[:, :practices])


def joined(networks: int, practices: int, rng: np.random.Generator) -> Joined:
    """Every practice has a salt of its own, every patient an id of their own."""
    size = USUAL_MONTH * np.exp(rng.normal(0, SIZE_SPREAD, (networks, practices, 1)))
    months = rng.poisson(np.broadcast_to(size, (networks, practices, MONTHS)))
    # Drawn practice by practice, counted for all of them at once: a sum over each month's stretch of the lots.
    lots = [_lots(int(patients), rng) for patients in months.sum(axis=-1).ravel()]
    before = np.concatenate([[0], np.cumsum(np.concatenate(lots))])
    ends = np.cumsum(months.ravel())
    held = (before[ends] - before[ends - months.ravel()]).reshape(months.shape)
    return Joined(contacted=months - held, held=held)


def _lots(patients: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    salt, ids = rng.bytes(_ID_BYTES), rng.bytes(_ID_BYTES * patients)
    each = np.frombuffer(ids, dtype=f"V{_ID_BYTES}").tolist()
    return held_out(salt, each, percent=PERCENT_HELD)
