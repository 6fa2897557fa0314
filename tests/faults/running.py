"""Processes of ours that a test starts, kills and starts again."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

from infra.launch import project
from infra.launch.health import HEALTHY, health_answer
from infra.launch.ports import LOOPBACK, free_port
from infra.launch.programs import find_valkey

PATIENCE = 60.0


def wait_until(is_so: Callable[[], Any], *, what: str, seconds: float = PATIENCE) -> None:
    """Ask again and again; fails the test when it is not so in time."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} seconds"
        # Not a test's sleep: another process is asked whether it is up, and must get a turn to be.
        between_two_questions = 0.05
        time.sleep(between_two_questions)


class Running:
    """One process and its children, as one group: killed without a word, like a machine that loses its power."""

    def __init__(self, command: list[str], *, environment: Mapping[str, str], log: Path) -> None:
        self._command, self._environment, self._log = command, environment, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=project.ROOT,
                env=project.python_environment(self._environment),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._process = None

    @property
    def said(self) -> str:
        return self._log.read_text(errors="replace")


class Web(Running):
    """The web server of `python -m infra.launch web`."""

    def __init__(self, *, environment: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        super().__init__(
            [sys.executable, "-m", "infra.launch", "web"],
            environment={**environment, "HOST": LOOPBACK, "PORT": str(self.port)},
            log=log,
        )

    def start(self) -> None:
        """Returns when it answers, healthy or not."""
        super().start()
        wait_until(lambda: not health_answer({}, port=self.port).startswith("no answer"), what="the web server answers")

    @property
    def is_healthy(self) -> bool:
        return health_answer({}, port=self.port) == HEALTHY


class Worker(Running):
    """The worker of `python -m infra.launch worker --beat`, which also loads `with_module`."""

    def __init__(
        self, *, environment: Mapping[str, str], log: Path, heard: Path, with_module: str = "tests.faults.hearing"
    ) -> None:
        self.heard_in = heard
        self._with_module = with_module
        super().__init__([], environment={**environment, "HEARD_IN": str(heard)}, log=log)

    def start(self) -> None:
        # A killed timetable may leave half a file: like the launcher, each start takes a folder of its own.
        folder = Path(tempfile.mkdtemp(dir=self.heard_in.parent))
        command = project.worker(self._environment, beat_folder=folder)
        self._command = [*command, "--include", self._with_module]
        super().start()


class Valkey(Running):
    """A Valkey that keeps nothing: killed, its queue is gone."""

    def __init__(self, *, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://{LOOPBACK}:{self.port}/0"
        program = find_valkey(account=None, home=folder)
        options = ["--bind", LOOPBACK, "--port", str(self.port), "--save", "", "--appendonly", "no"]
        super().__init__([str(program), *options], environment={"PATH": os.defpath}, log=folder / "valkey.log")

    def start(self) -> None:
        super().start()
        wait_until(self._answers, what="Valkey answers")

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes connections, and says nothing."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process.pid, signal.SIGCONT)

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False
