"""What every measurement is: work in one network, told in rows of the table."""

from dataclasses import dataclass
from typing import ClassVar

from tests.bench.network import Network
from tests.bench.table import Row
from tests.bench.usual.tenants import Usual


@dataclass(frozen=True, slots=True)
class Bench:
    """wanted: how many practices a measurement opens whose cost may grow with their number."""

    network: Network
    usual: Usual
    wanted: int


class Measure:
    name: ClassVar[str]

    def rows(self, bench: Bench) -> list[Row]:
        raise NotImplementedError
