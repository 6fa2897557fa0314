"""Our end of the process that works the usual way: its settings are its own, so it must be one."""

import sys
from typing import Self

from tests.bench.worker import Worker


class Usual(Worker):
    """made: schemas of its tenants, in the order they were made."""

    def __init__(self) -> None:
        # django-tenants looks its extra search paths up while apps load, which Django warns of.
        quiet = ["-W", "ignore:Accessing the database:RuntimeWarning"]
        super().__init__([sys.executable, *quiet, "-m", "tests.bench.usual"])
        self.made: list[str] = []

    def __enter__(self) -> Self:
        super().__enter__()
        self.ask("prepare")
        return self

    def make(self) -> float:
        """One more tenant; the seconds it took."""
        name = f"usual_{len(self.made) + 1}"
        seconds: float = self.ask("make", schema=name)
        self.made.append(name)
        return seconds
