"""How regular visits are: a first guess of k from the gaps alone."""

import numpy as np
from scipy.special import psi

from loyalty.drift.table import Table

LARGEST_K = 12


def regularity_of_gaps(table: Table) -> int:
    """The k, 1 to 12, whose Erlang gaps spread within a patient as much as these do; 1 where nobody has two gaps.

    For x gaps of one patient, log of their mean minus mean of their logs is psi(k x) - log x - psi(k) on average,
    whatever the patient's rate: a Gamma sum is independent of its shares. Each patient counts x times. It leans
    towards regularity, because long gaps are the ones still open at the end: a start, no estimate.

    Raises ValueError without log_gaps.
    """
    if table.log_gaps is None:
        raise ValueError("To choose k the table needs log_gaps, the sum of the logs of each patient's gaps.")
    several = table.x > 1
    x = table.x[several]
    spread = float((x * np.log(table.t_x[several] / x) - table.log_gaps[several]).sum())
    counts, patients = np.unique(x, return_counts=True)
    weights = counts * patients
    expected = [float(weights @ (psi(k * counts) - np.log(counts) - psi(k))) for k in range(1, LARGEST_K + 1)]
    return 1 + int(np.argmin(np.abs(np.array(expected) - spread)))
