"""`make run` and the demo: only into an empty network, only once, and its sign-ins are shown."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.launch.ports import free_port
from infra.launch.project import ROOT
from tests.launch.conftest import Launcher

pytestmark = pytest.mark.slow


def _manage(data: Path, *commands: str) -> None:
    """Run commands of manage.py, one after the other, on the servers of `data`."""
    words = " && ".join(f"{sys.executable} manage.py {command}" for command in commands)
    subprocess.run(
        [sys.executable, "-m", "infra.launch", "exec", "--", "sh", "-c", words],
        cwd=ROOT,
        env={"DATA": str(data), "DEMO": "1", "PATH": "/usr/bin:/bin", "READY_SCHEMAS": "1"},
        check=True,
        capture_output=True,
    )


def test_a_finished_demo_is_not_made_again_and_its_sign_ins_are_shown(data: Path, launch: Launcher) -> None:
    _manage(data, "migrate_public", "seed_demo --practices 2 --months 2")
    port = free_port()
    launched = launch("run", DATA=data, PORT=port)
    said = launched.read_until("Ready after")
    assert [line.split() for line in said.splitlines() if "demo practices" in line] == [
        ["demo", "practices", "unchanged"]
    ]
    assert f"http://aurora.perennial.localhost:{port}/  elena@example.com" in said
    assert launched.end()[0] == 0


def test_a_network_with_practices_of_its_own_gets_no_demo(data: Path, launch: Launcher) -> None:
    _manage(data, "migrate_public", "ready_schemas --wanted 1", "open_practice willow --name Willow")
    launched = launch("run", DATA=data, PORT=free_port())
    said = launched.read_until("Ready after")
    assert "Note: there are practices here already, so no demo practices were added." in said
    assert "elena@example.com" not in said
    assert launched.end()[0] == 0
