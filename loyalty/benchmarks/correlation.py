"""How two things go together over practices, by ranks: it sees any rising or falling course, and no practice's size."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Correlation:
    """From -1 to 1, with its 95 % interval."""

    r: float
    low: float
    high: float


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> Correlation | None:
    """Spearman's, ties at their mean rank; None where either does not vary, or for fewer than four pairs.

    The interval is Fisher's with the variance (1 + r²/2) / (n - 3) of Bonett and Wright (2000), Psychometrika 65(1),
    which holds for ranks, too. Raises ValueError for sequences of different length.
    """
    if len(one) != len(other):
        raise ValueError("each needs one value a practice")
    r = _pearson(_ranks(one), _ranks(other)) if len(one) > 3 else None
    if r is None:
        return None
    if abs(r) > 1 - 1e-12:
        return Correlation(r, r, r)
    reach = Z95 * sqrt((1 + r * r / 2) / (len(one) - 3))
    return Correlation(r, tanh(atanh(r) - reach), tanh(atanh(r) + reach))


def _ranks(values: Sequence[float]) -> list[float]:
    counts, begins, place = Counter(values), {}, 1
    for value in sorted(counts):
        begins[value] = place + (counts[value] - 1) / 2
        place += counts[value]
    return [begins[value] for value in values]


def _pearson(one: Sequence[float], other: Sequence[float]) -> float | None:
    n = len(one)
    mean_one, mean_other = sum(one) / n, sum(other) / n
    covariance = sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True))
    spread = sqrt(sum((a - mean_one) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other))
    return covariance / spread if spread else None
