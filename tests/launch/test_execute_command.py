"""`python -m infra.launch exec -- COMMAND`."""

import signal
import sys
from pathlib import Path

import pytest

from tests.launch.conftest import Launcher

# Each starts a launcher of its own.
pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("command", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 137)])
def test_it_ends_with_the_commands_exit_code(launch: Launcher, command: str, code: int) -> None:
    launched = launch("exec", "--ephemeral", "--", "sh", "-c", command)
    launched.process.communicate(timeout=60)
    assert launched.process.returncode == code


def test_the_command_reaches_both_servers_and_has_the_databases_tools(data: Path, launch: Launcher) -> None:
    words = "psql --no-psqlrc -Atc 'SELECT current_user' \"$DATABASE_OWNER_URL\"; pg_dump --version; echo $BROKER_URL"
    said, _ = launch("exec", "--", "sh", "-c", words, DATA=data).process.communicate(timeout=60)
    first, second, third = said.splitlines()
    assert first == "perennial_owner"
    assert second.startswith("pg_dump (PostgreSQL) 18.")
    assert third.startswith("redis://:")


def test_the_servers_stay_until_the_command_has_dealt_with_ctrl_c(data: Path, launch: Launcher) -> None:
    program = (
        "import os, psycopg, signal, sys\n"
        "def stop(number, frame):\n"
        "    print(psycopg.connect(os.environ['DATABASE_URL']).execute('SELECT current_user').fetchone()[0])\n"
        "    sys.exit(5)\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        "print('up', flush=True)\n"
        "signal.pause()\n"
    )
    launched = launch("exec", "--ephemeral", "--", sys.executable, "-c", program)
    launched.read_until("up")
    code, said = launched.end(signal.SIGTERM)
    assert (code, said.strip()) == (5, "perennial_app")


def test_a_command_that_does_not_exist_is_named(launch: Launcher) -> None:
    launched = launch("exec", "--ephemeral", "--", "perennial-no-such-program")
    said, _ = launched.process.communicate(timeout=60)
    assert launched.process.returncode == 2
    assert "There is no program called 'perennial-no-such-program' to run." in said


def test_a_missing_command_is_asked_for(launch: Launcher) -> None:
    launched = launch("exec", "--ephemeral")
    said, _ = launched.process.communicate(timeout=60)
    assert launched.process.returncode == 2
    assert "Say what to run: `python -m infra.launch exec -- COMMAND`." in said
