"""What every measurement is: work to be done while the network is small, and when it has grown."""

from dataclasses import dataclass
from typing import ClassVar

from tests.bench.network import Network
from tests.bench.table import Row
from tests.bench.usual.worker import Usual


@dataclass(frozen=True, slots=True)
class Bench:
    network: Network
    usual: Usual


class Measure:
    """`with_few` runs first, in a network of FEW practices; `with_all` in one that has grown, and returns rows."""

    name: ClassVar[str]

    def with_few(self, bench: Bench) -> None:
        """Nothing, unless what is measured must not grow with the network."""

    def with_all(self, bench: Bench) -> list[Row]:
        raise NotImplementedError
