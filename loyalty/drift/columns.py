"""Columns of numbers, from whatever somebody has."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]


def column(name: str, values: Any) -> Floats:
    """What numpy reads as numbers, a single one included, shape (n,). Raises ValueError with the name for the rest."""
    if np.ma.is_masked(values):
        # What is masked would count as what stands below the mask.
        raise ValueError(f"{name} has masked values: leave these rows out, or fill them.")
    try:
        found = np.asarray(values)
        if found.dtype.kind in "mM":
            # As numbers they would be nanoseconds, or days, as it happens.
            raise ValueError("dates and spans of time are not: divide spans by one day first")
        return np.atleast_1d(np.asarray(values, dtype=np.float64))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be a number, or a list or array of them: {error}.") from error
