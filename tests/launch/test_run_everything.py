"""`make run`: the whole product in processes of its own."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.launch.ports import free_port
from infra.launch.project import ROOT
from tests.launch.conftest import Launcher
from tests.launch.processes import commands_with, wait_until_gone

pytestmark = pytest.mark.slow


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": f"perennial.localhost:{port}"})
        return connection.getresponse().status
    finally:
        connection.close()


def _ours(port: int) -> list[int]:
    """Process ids of the web server on `port` and everything started beside it."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,sid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    sessions = {row[1] for row in rows if len(row) > 2 and f"--port {port}" in row[2]}
    return [int(row[0]) for row in rows if row[1] in sessions]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of this checkout that nobody edits meanwhile, since an edit makes steps necessary again."""
    copy = tmp_path / "checkout"
    left_out = shutil.ignore_patterns(".*", "var", "shots", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=left_out)
    return copy


def test_pages_come_jobs_are_taken_and_a_second_start_skips_what_is_done(
    data: Path, launch: Launcher, port: int, checkout: Path
) -> None:
    first = launch("run", DATA=data, PORT=port, DEMO=0, checkout=checkout)
    said = first.read_until("Ready after")
    assert f"http://perennial.localhost:{port}/" in said
    assert "unchanged" not in said
    assert _status(port, "/health/") == 200
    assert first.end() == (0, "\nEverything is stopped.\n")
    assert wait_until_gone(str(data)) == []
    assert _ours(port) == []

    second = launch("run", DATA=data, PORT=port, DEMO=0, checkout=checkout)
    said = second.read_until("Ready after")
    assert said.count("unchanged") == 3
    assert float(said.split("Ready after ")[1].split(" s")[0]) < 15
    assert second.end(signal.SIGINT)[0] == 0


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux tells children of a parent's death")
def test_nothing_outlives_a_killed_launcher(data: Path, launch: Launcher, port: int) -> None:
    launched = launch("run", DATA=data, PORT=port, DEMO=0)
    launched.read_until("Ready after")
    launched.end(signal.SIGKILL)
    assert wait_until_gone(f"--port {port}") == []
    assert wait_until_gone(str(data)) == []


@pytest.mark.parametrize("part", ["granian", "celery"])
def test_a_part_that_dies_ends_the_run_and_is_named(data: Path, launch: Launcher, port: int, part: str) -> None:
    launched = launch("run", DATA=data, PORT=port, DEMO=0)
    launched.read_until("Ready after")
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    victim = next(int(pid) for pid, parent, args in rows if int(parent) == launched.process.pid and part in args)
    os.kill(victim, signal.SIGKILL)
    said, _ = launched.process.communicate(timeout=60)
    assert launched.process.returncode == 1
    assert f"{'web' if part == 'granian' else 'worker'} ended with code -9." in said
    assert "Everything was stopped; what was done before it is kept." in said
    assert commands_with(str(data)) == []
    assert _ours(port) == []


def test_a_port_in_use_is_told_before_anything_is_started(data: Path, launch: Launcher, taken_port: int) -> None:
    launched = launch("run", DATA=data, PORT=taken_port)
    said, _ = launched.process.communicate(timeout=60)
    assert launched.process.returncode == 2
    assert f"Port {taken_port} is already in use by another program." in said
    assert "make run`. Nothing was started." in said
    assert list(data.iterdir()) == []


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_told(data: Path, launch: Launcher, port: str) -> None:
    launched = launch("run", DATA=data, PORT=port)
    said, _ = launched.process.communicate(timeout=60)
    assert launched.process.returncode == 2
    assert f"PORT must be a number between 1 and 65535; it is '{port}'." in said
