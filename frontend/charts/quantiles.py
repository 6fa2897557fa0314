"""Five released quantiles of the network."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantiles:
    """P10, P25, median, P75 and P90 in display units, ascending. Raises ValueError if they are not."""

    p10: float
    p25: float
    p50: float
    p75: float
    p90: float

    def __post_init__(self) -> None:
        if list(self) != sorted(self):
            raise ValueError(f"released quantiles must ascend: {list(self)}")

    def __iter__(self) -> Iterator[float]:
        return iter((self.p10, self.p25, self.p50, self.p75, self.p90))

    def reversed(self) -> "Quantiles":
        """Return the quantiles of the negated values: P10 becomes minus P90, and so on."""
        return Quantiles(-self.p90, -self.p75, -self.p50, -self.p25, -self.p10)
