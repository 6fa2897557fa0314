"""`python -m infra.launch servers`: until it is asked to stop, or a server dies."""

import os
import signal
from pathlib import Path

import pytest

from tests.launch.conftest import Launcher
from tests.launch.processes import commands_with, postmaster_pid

# Each starts a launcher of its own.
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_every_way_of_ending_it_stops_the_servers(data: Path, launch: Launcher, number: signal.Signals) -> None:
    held = launch("servers", "--ephemeral")
    said = held.read_until("The servers run")
    folder = Path(said.split("addresses are in ")[1].split("/connection.env")[0])
    home = (folder / "servers").resolve()
    assert commands_with(str(home)) != []
    code, _ = held.end(number)
    assert code == 0
    assert commands_with(str(home)) == []
    assert not folder.exists()


def test_a_server_that_dies_ends_it_with_that_servers_last_words(data: Path, launch: Launcher) -> None:
    held = launch("servers", DATA=data)
    held.read_until("The servers run")
    os.kill(postmaster_pid(data / "servers" / "cluster"), signal.SIGINT)
    said, _ = held.process.communicate(timeout=60)
    assert held.process.returncode == 1
    assert "postgres ended by itself. Its last lines:" in said
    assert "database system is shut down" in said
    assert not (data / "connection.env").exists()
    assert commands_with(str(data)) == []
