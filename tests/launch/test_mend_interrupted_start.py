"""Starts after an end that was not orderly: what was whole is kept, what was half made is made anew."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from infra.launch import servers
from tests.launch.conftest import Launcher
from tests.launch.processes import commands_with, postmaster_pid, wait_until_gone

# Each starts a launcher of its own.
pytestmark = pytest.mark.slow
SURVIVES = pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux tells children of a parent's death")


def _keep_a_word(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'rose' AS word")


def _kept_word(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT word FROM kept").fetchone()
    assert row is not None
    return str(row[0])


def test_a_first_start_killed_while_the_database_is_made_is_made_anew(data: Path, launch: Launcher) -> None:
    first = launch("servers", DATA=data)
    draft = data / "servers" / "cluster.making"
    while not (draft / "base").exists():
        assert first.process.poll() is None
    first.end(signal.SIGKILL)
    assert not (data / "servers" / "cluster").exists()
    assert wait_until_gone(str(data)) == []
    with servers.start(data) as running, psycopg.connect(running.database_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not draft.exists()


@SURVIVES
def test_no_server_outlives_a_killed_launcher_and_the_next_start_finds_everything(data: Path, launch: Launcher) -> None:
    launched = launch("servers", DATA=data)
    launched.read_until("The servers run")
    url = dict(line.split("=", 1) for line in (data / "connection.env").read_text().splitlines())["DATABASE_OWNER_URL"]
    _keep_a_word(url)
    assert commands_with(str(data)) != []
    launched.end(signal.SIGKILL)
    with servers.start(data) as running:
        assert _kept_word(running.owner_url) == "rose"
    assert wait_until_gone(str(data)) == []


def test_a_server_that_was_killed_recovers_what_was_committed(data: Path) -> None:
    running = servers.start(data)
    _keep_a_word(running.owner_url)
    os.kill(postmaster_pid(data / "servers" / "cluster"), signal.SIGKILL)
    running.stop()
    assert (data / "servers" / "cluster" / "postmaster.pid").exists()
    with servers.start(data) as again:
        assert _kept_word(again.owner_url) == "rose"


def test_a_stale_pid_file_that_names_another_program_is_no_obstacle(data: Path) -> None:
    with servers.start(data) as running:
        _keep_a_word(running.owner_url)
        pid_file = (data / "servers" / "cluster" / "postmaster.pid").read_text()
    other = subprocess.Popen(["sleep", "600"])
    try:
        lines = [str(other.pid), *pid_file.splitlines()[1:]]
        (data / "servers" / "cluster" / "postmaster.pid").write_text("\n".join(lines) + "\n")
        with servers.start(data) as again:
            assert _kept_word(again.owner_url) == "rose"
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
