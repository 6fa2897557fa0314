"""The log-likelihood of a table, with its gradient."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, psi

from loyalty.drift.parameters import Parameters
from loyalty.drift.phases import open_gap
from loyalty.drift.table import Floats, Table


class Likelihood:
    """One table and one k, asked again and again by the search; what does not depend on r, alpha, a, b is kept.

    The likelihood of a row is the sum of two stories that look alike (Batislam, Denizel and Filiztekin 2007 for k = 1,
    IJRM 24(3), with Wagner and Hoppe's erratum 2008, IJRM 25(3); Reutterer, Platzer and Schroeder 2021, IJRM 38(1),
    for every k; Fader, Hardie and Lee 2005 for BG/NBD). With n = r + k x, d the visits survived, s = T - t_x:

        exp((k - 1) log_gaps) / Gamma(k)^x  Gamma(n) / Gamma(r)  alpha^r / B(a, b)
            [ B(a, b + d) (alpha + T)^-n S  +  B(a + 1, b + d - 1) (alpha + t_x)^-n ]

    still active, with the gap since t_x open (S, see `open_gap`), or gone after the last visit.
    """

    def __init__(self, table: Table, *, k: int, leaves_at_first: bool = True) -> None:
        if k > 1 and table.log_gaps is None:
            raise ValueError("For k above 1 the table needs log_gaps, the sum of the logs of each patient's gaps.")
        self.table = table
        self.k = k
        self.leaves_at_first = leaves_at_first
        self._silence = table.T - table.t_x
        # Gamma functions are dear, and counts repeat: they are taken once for every different count.
        self._counts, self._row_count = np.unique(table.x, return_inverse=True)
        self._of_count = np.bincount(self._row_count, minlength=self._counts.size).astype(np.float64)
        logs = 0.0 if table.log_gaps is None else float(table.log_gaps.sum())
        self._fixed = (k - 1) * logs - float(gammaln(k)) * float(table.x.sum())

    def at(self, logs: Floats) -> "Value":
        """The log-likelihood at (log r, log alpha, log a, log b) and its gradient by these logs."""
        r, alpha, a, b = (float(value) for value in np.exp(logs))
        k, counts = self.k, self._counts
        count_d = counts + 1 if self.leaves_at_first else counts
        n = (r + k * counts)[self._row_count]

        # The stories' common factors, once for each count.
        psi_r, psi_b, psi_ab = (
            psi(r + k * counts) - psi(r),
            psi(b + count_d) - psi(b),
            psi(a + b + count_d) - psi(a + b),
        )
        base = gammaln(r + k * counts) - gammaln(r)
        base += gammaln(b + count_d) - gammaln(b) - gammaln(a + b + count_d) + gammaln(a + b)
        value = self._fixed + self._of_count @ base
        by_r, by_a, by_b = self._of_count @ psi_r, -self._of_count @ psi_ab, self._of_count @ (psi_b - psi_ab)

        # Still active: (alpha + T)^-n S.
        end, last = alpha + self.table.T, alpha + self.table.t_x
        log_end = np.log(end)
        n_end = n / end
        gap = open_gap(k=k, n=n, u=self._silence / end, alpha_and_T=end)
        value += len(n) * r * np.log(alpha) - n @ log_end + gap.log.sum()
        by_r += len(n) * np.log(alpha) - log_end.sum() + gap.by_r.sum()
        by_alpha = len(n) * r / alpha - n_end.sum() + gap.by_alpha.sum()

        # How much likelier it is that the patient left, as a log ratio; nobody leaves where there was no chance to.
        chance = np.where(count_d > 0, b + count_d - 1, np.inf)
        growth = log_end - np.log(last)
        ratio = (np.log(a) - np.log(chance))[self._row_count] + n * growth - gap.log
        small = np.exp(-np.abs(ratio))
        value += np.maximum(ratio, 0.0).sum() + np.log1p(small).sum()
        gone = np.where(ratio >= 0, 1.0, small) / (1 + small)
        by_r += gone @ (growth - gap.by_r)
        by_alpha += gone @ (n_end - n / last - gap.by_alpha)
        by_a += gone.sum() / a
        by_b -= gone @ (1 / chance)[self._row_count]
        return Value(log_likelihood=float(value), gradient=np.array([r * by_r, alpha * by_alpha, a * by_a, b * by_b]))


@dataclass(frozen=True, slots=True)
class Value:
    """A log-likelihood (natural log, summed over patients) and its gradient by the logs of r, alpha, a and b."""

    log_likelihood: float
    gradient: Floats


def log_likelihood(parameters: Parameters, table: Table) -> float:
    """The log-likelihood of a table, natural log, summed over patients.

    Raises ValueError for k > 1 without log_gaps; for k = 1 they are not asked for.
    """
    likelihood = Likelihood(table, k=parameters.k, leaves_at_first=parameters.leaves_at_first)
    return likelihood.at(parameters.logs).log_likelihood
