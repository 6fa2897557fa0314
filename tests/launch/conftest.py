"""Data folders of their own for tests of the launcher, and an environment that names no servers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from infra.launch import servers
from infra.launch.project import ROOT
from infra.launch.servers import Servers

# Everything that settings and launcher read, so that neither the test run's servers nor a shell's habits leak in.
READ = (
    *("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "DATABASE_POOL", "BROKER_URL", "SECRET_KEY"),
    *("ENCRYPTION_KEYS", "SECOND_FACTOR", "IDLE_LOCK_MINUTES"),
    *("DATA", "PORT", "DEMO", "DEBUG", "HTTPS", "NETWORK_HOST", "READY_SCHEMAS", "STATIC_ROOT", "LOG_LEVEL"),
)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in READ:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that every account of the machine may pass through, unlike pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="perennial-launch-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def scratch() -> Iterator[Servers]:
    """Throw-away servers whose logins a test may change."""
    with tempfile.TemporaryDirectory() as folder, servers.start(Path(folder), ephemeral=True) as running:
        yield running


@dataclass
class Launch:
    """A launcher in a process of its own."""

    process: subprocess.Popen[str]

    def read_until(self, words: str) -> str:
        """What it printed up to the line with `words`; fails the test when it ends without them."""
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if words in line:
                return said
        raise AssertionError(f"It ended without saying {words!r}: {said}")

    def end(self, number: signal.Signals = signal.SIGTERM, *, seconds: float = 60) -> tuple[int, str]:
        """Send a signal; returns the exit code and the rest of what it printed."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=seconds)
        return self.process.returncode, rest


Launcher = Callable[..., Launch]


@pytest.fixture
def launch() -> Iterator[Launcher]:
    """Start `python -m infra.launch WORDS` with extra variables: launch("servers", DATA=folder)."""
    started: list[Launch] = []

    def begin(*words: str, checkout: Path = ROOT, **variables: object) -> Launch:
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.launch", *words],
            cwd=checkout,
            env={**os.environ, **{name: str(value) for name, value in variables.items()}},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(Launch(process))
        return started[-1]

    yield begin
    for one in started:
        if one.process.poll() is None:
            one.end()
        if one.process.stdout is not None:
            one.process.stdout.close()
