"""The unfinished gap: a gap of k phases is still open as long as fewer than k of them are over."""

from dataclasses import dataclass

import numpy as np

from loyalty.drift.columns import Floats

# Sums so large are taken out and kept as logs, looked for after every so many terms.
LARGE, STRIDE = 1e100, 8


@dataclass(frozen=True, slots=True)
class OpenGap:
    """log S and its derivatives by r and by alpha; S = sum over j < k of (n)_j u^j / j!.

    S is the chance, up to a factor, that a patient with n = r + k x who is still active has had no visit since
    the last; u = (T - t_x) / (alpha + T), and (n)_j = n (n + 1) ... (n + j - 1).
    """

    log: Floats
    by_r: Floats
    by_alpha: Floats


def open_gap(*, k: int, n: Floats, u: Floats, alpha_and_T: Floats) -> OpenGap:  # noqa: N803
    """S of each patient, its terms added from the first on: every one is positive, so nothing cancels."""
    total = np.ones_like(u)
    by_r = np.zeros_like(u)
    by_log_u = np.zeros_like(u)
    term = np.ones_like(u)
    harmonic = np.zeros_like(u)
    taken_out = np.zeros_like(u)
    for j in range(1, k):
        term = term * ((n + (j - 1)) * u / j)
        harmonic = harmonic + 1 / (n + (j - 1))
        total += term
        by_r += term * harmonic
        by_log_u += j * term
        if j % STRIDE == 0 and total.max(initial=0) > LARGE:
            # A hundred phases of somebody who comes daily are too many for a number.
            taken_out, scale = taken_out + np.log(total), total
            term, by_r, by_log_u, total = term / scale, by_r / scale, by_log_u / scale, np.ones_like(u)
    return OpenGap(log=np.log(total) + taken_out, by_r=by_r / total, by_alpha=-by_log_u / (total * alpha_and_T))
