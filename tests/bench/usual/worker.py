"""Our end of the process that works the usual way."""

import json
import subprocess
import sys
from types import TracebackType
from typing import Self


class Usual:
    """A process of its own, because Django's settings are: it times each work itself, so asking costs nothing."""

    def __init__(self) -> None:
        # Schemas of its tenants, in the order they were made.
        self.made: list[str] = []

    def __enter__(self) -> Self:
        # django-tenants looks its extra search paths up while apps load, which Django warns of.
        quiet = ["-W", "ignore:Accessing the database:RuntimeWarning"]
        self._process = subprocess.Popen(
            [sys.executable, *quiet, "-m", "tests.bench.usual"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.seconds("prepare")
        return self

    def seconds(self, work: str, **words: str) -> float:
        """Have it done; the wall clock it took. Raises RuntimeError when it failed; its own words are on stderr."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": work, **words}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The usual way failed at {work} {words}; exit code {self._process.wait()}.")
        return float(json.loads(answer)["wall"])

    def make(self) -> float:
        """One more tenant; the seconds it took."""
        name = f"usual_{len(self.made) + 1}"
        seconds = self.seconds("make", schema=name)
        self.made.append(name)
        return seconds

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process:
            if self._process.stdin is not None:
                self._process.stdin.close()
