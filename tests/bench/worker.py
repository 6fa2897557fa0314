"""A process of its own that works on request, a line of JSON each way. It times itself, so asking costs nothing."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self


class WorkerFailed(Exception):
    """The process ended instead of answering; its own words are on standard error."""


class Worker:
    """`command` is started when the block is entered, and ends with it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def ask(self, work: str, **words: Any) -> Any:
        """What `work` returned there. Raises WorkerFailed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": work, **words}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise WorkerFailed(f"{work} {words}: exit code {self._process.wait()}")
        return json.loads(line)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process:
            if self._process.stdin is not None:
                self._process.stdin.close()


def answer(works: Mapping[str, Callable[..., Any]]) -> None:
    """The worker's end: until there are no more requests. Whatever the work prints goes to standard error."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(works[request.pop("do")](**request)), file=answers, flush=True)
