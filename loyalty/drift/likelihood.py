"""The log-likelihood of a table, with its gradient."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, psi

from loyalty.drift.columns import Floats
from loyalty.drift.parameters import Parameters
from loyalty.drift.phases import open_gap
from loyalty.drift.table import Table

# From here on the terms of Stirling's series that are left out are too small for a number.
LARGE = 1e5


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
            raise ValueError(
                "For k above 1 the table needs log_gaps, the sum of the logs of each patient's gaps; "
                "Table.of_visits makes it."
            )
        self.table = table
        self.k = k
        self.leaves_at_first = leaves_at_first
        self._silence = table.T - table.t_x
        # Gamma functions are dear, and counts repeat: they are taken once for every different count.
        self._counts, self._row_count = np.unique(table.x, return_inverse=True)
        self._of_count = np.bincount(self._row_count, minlength=self._counts.size).astype(np.float64)
        self._visits = float(table.x.sum())
        logs = 0.0 if table.log_gaps is None else float(table.log_gaps.sum())
        self._fixed = (k - 1) * logs - float(gammaln(k)) * self._visits

    def at(self, logs: Floats) -> "Value":
        """The log-likelihood at (log r, log alpha, log a, log b) and its gradient by these logs."""
        r, alpha, a, b = (float(value) for value in np.exp(logs))
        k, counts = self.k, self._counts
        count_d = counts + 1 if self.leaves_at_first else counts
        n = (r + k * counts)[self._row_count]

        # The stories' common factors, once for each count.
        (of_r, psi_r), (of_b, psi_b), (of_ab, psi_ab) = (
            rising(r, k * counts),
            rising(b, count_d),
            rising(a + b, count_d),
        )
        value = self._fixed + self._of_count @ (of_r + of_b - of_ab)
        by_r, by_a, by_b = self._of_count @ psi_r, -self._of_count @ psi_ab, self._of_count @ (psi_b - psi_ab)

        # Still active: (alpha + T)^-n S.
        end, last = alpha + self.table.T, alpha + self.table.t_x
        passed = np.log1p(self.table.T / alpha)
        n_end = n / end
        gap = open_gap(k=k, n=n, u=self._silence / end, alpha_and_T=end)
        # Not as r log alpha - n log(alpha + T): where both r and alpha are large, rounding is all that is left of it.
        value += gap.log.sum() - n @ passed - k * self._visits * np.log(alpha)
        by_r += gap.by_r.sum() - passed.sum()
        by_alpha = gap.by_alpha.sum() + ((r * self.table.T / alpha - k * self.table.x) / end).sum()

        # How much likelier it is that the patient left, as a log ratio; nobody leaves where there was no chance to.
        chance = np.where(count_d > 0, b + count_d - 1, np.inf)
        growth = np.log1p(self._silence / last)
        ratio = (np.log(a) - np.log(chance))[self._row_count] + n * growth - gap.log
        small = np.exp(-np.abs(ratio))
        value += np.maximum(ratio, 0.0).sum() + np.log1p(small).sum()
        gone = np.where(ratio >= 0, 1.0, small) / (1 + small)
        by_r += gone @ (growth - gap.by_r)
        by_alpha += gone @ (n_end - n / last - gap.by_alpha)
        by_a += gone.sum() / a
        by_b -= gone @ (1 / chance)[self._row_count]
        return Value(log_likelihood=float(value), gradient=np.array([r * by_r, alpha * by_alpha, a * by_a, b * by_b]))


def rising(z: float, m: Floats) -> tuple[Floats, Floats]:
    """log Gamma(z + m) - log Gamma(z) and its derivative by z.

    Where z is large the difference is that of Stirling's series (Abramowitz and Stegun 6.1.41 and 6.3.18, to a relative
    1e-16 there), term by term: in a table of patients who are all alike the best r has no end, and what is left of the
    difference of two such gamma functions is rounding.
    """
    if z < LARGE:
        return gammaln(z + m) - gammaln(z), psi(z + m) - psi(z)
    grown, share = np.log1p(m / z), m / (z * (z + m))
    value: Floats = m * np.log(z) + (z + m - 0.5) * grown - m - share / 12
    slope: Floats = grown + share / 2 + share * (2 * z + m) / (12 * z * (z + m))
    return value, slope


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
