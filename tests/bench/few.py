"""A second network with few practices, on servers of its own: what the large one is compared with, in turns."""

import os
import sys
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from tests.bench.load import Figures, Visits  # noqa: E402
from tests.bench.network import Network  # noqa: E402
from tests.bench.worker import Worker, answer  # noqa: E402

FEW = 10


def few_practices() -> Worker:
    """The process that has them; ask it for "visits" or "figures"."""
    servers = [sys.executable, "-m", "infra.launch", "exec", "--ephemeral", "--"]
    return Worker([*servers, sys.executable, "-m", "tests.bench.few"])


class _Asked:
    """Filled when it is first asked for."""

    def __init__(self) -> None:
        self.network = Network(now=datetime.now(UTC))
        self.network.prepare()
        self.network.grow(FEW)
        self._visits: Visits | None = None
        self._figures: Figures | None = None

    def visits(self, count: int) -> list[float]:
        self._visits = self._visits or Visits(self.network)
        return self._visits.ask(count)

    def figures(self, count: int) -> list[float]:
        self._figures = self._figures or Figures(self.network)
        return self._figures.ask(count)


if __name__ == "__main__":
    asked = _Asked()
    answer({"visits": asked.visits, "figures": asked.figures})
