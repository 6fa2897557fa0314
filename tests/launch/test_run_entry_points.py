"""What a container runs: one process each, against servers that run elsewhere."""

import signal
import stat
import subprocess
import time
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from infra.launch.health import HEALTHY, health_answer
from infra.launch.ports import free_port
from infra.launch.queue import is_listened_to
from infra.launch.servers import Servers
from tests.launch.conftest import Launch, Launcher

DATABASE = "contained"


@pytest.fixture(scope="module")
def surroundings(scratch: Servers) -> dict[str, str]:
    """The variables that a container gets; the database does not exist yet."""
    assert scratch.admin_conninfo is not None
    with psycopg.connect(scratch.admin_conninfo, autocommit=True) as admin:
        admin.execute("CREATE ROLE provider SUPERUSER LOGIN PASSWORD 'provider'")
    return {
        "DATABASE_ADMIN_URL": make_conninfo(
            scratch.database_url, user="provider", password="provider", dbname="postgres"
        ),
        "DATABASE_URL": scratch.database_url.rsplit("/", 1)[0] + f"/{DATABASE}",
        "DATABASE_OWNER_URL": scratch.owner_url.rsplit("/", 1)[0] + f"/{DATABASE}",
        "BROKER_URL": scratch.broker_url,
        "SECRET_KEY": scratch.secret_key,
        "ENCRYPTION_KEYS": scratch.encryption_keys,
    }


def _finished(launched: Launch) -> tuple[int, str]:
    said, _ = launched.process.communicate(timeout=120)
    return launched.process.returncode, said


@pytest.mark.slow
def test_migrate_makes_the_database_and_its_tables_and_may_be_repeated(
    launch: Launcher, surroundings: dict[str, str]
) -> None:
    for _time in range(2):
        code, said = _finished(launch("migrate", **surroundings))
        assert code == 0, said
    with psycopg.connect(surroundings["DATABASE_URL"]) as app:
        assert app.execute("SELECT count(*) FROM tenants_practice").fetchone() == (0,)


@pytest.mark.slow
def test_web_and_worker_serve_until_they_are_asked_to_stop(
    launch: Launcher, surroundings: dict[str, str], tmp_path: Path
) -> None:
    assert _finished(launch("migrate", **surroundings))[0] == 0
    port = free_port()
    web = launch("web", HOST="127.0.0.1", PORT=port, **surroundings)
    worker = launch("worker", "--beat", TMPDIR=tmp_path, **surroundings)
    deadline = time.monotonic() + 60
    while health_answer({}, port=port) != HEALTHY or not is_listened_to(surroundings["BROKER_URL"]):
        assert time.monotonic() < deadline
        assert web.process.poll() is None
        assert worker.process.poll() is None
    assert _finished(launch("health", PORT=port))[0] == 0
    # The very process that was started serves, so that a container's stop signal reaches it.
    arguments = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(web.process.pid)], capture_output=True, text=True, check=True
    )
    assert "granian" in arguments.stdout
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in tmp_path.glob("perennial-timetable-*")] == [0o700]
    assert worker.end(signal.SIGTERM)[0] == 0
    assert web.end(signal.SIGTERM)[0] == 0
    code, said = _finished(launch("health", PORT=port))
    assert code == 1
    assert said.startswith("no answer")


def test_bootstrap_makes_the_logins_with_the_given_passwords(launch: Launcher, surroundings: dict[str, str]) -> None:
    assert _finished(launch("bootstrap", **surroundings)) == (
        0,
        "The logins, the database and its rights are in place.\n",
    )
    for url in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        psycopg.connect(surroundings[url]).close()


@pytest.mark.parametrize(
    ("command", "left_out", "words"),
    [
        ("web", "DATABASE_URL", "DATABASE_URL must be set: this command works with servers that run elsewhere."),
        ("worker", "BROKER_URL", "BROKER_URL must be set"),
        ("migrate", "DATABASE_OWNER_URL", "DATABASE_OWNER_URL must be set"),
        ("bootstrap", "DATABASE_ADMIN_URL", "DATABASE_ADMIN_URL must be set"),
    ],
)
def test_what_is_missing_is_named(
    launch: Launcher, surroundings: dict[str, str], command: str, left_out: str, words: str
) -> None:
    given = {name: value for name, value in surroundings.items() if name != left_out}
    code, said = _finished(launch(command, **given))
    assert code == 2
    assert words in said


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        (
            "DATABASE_URL",
            "postgresql://me:secret@127.0.0.1/perennial",
            "DATABASE_URL must name the login perennial_app",
        ),
        ("DATABASE_OWNER_URL", "postgresql://perennial_owner@127.0.0.1/perennial", "the password you choose for it"),
        ("DATABASE_OWNER_URL", "postgresql://perennial_owner:x@127.0.0.1/other", "name two databases"),
    ],
)
def test_bootstrap_refuses_addresses_that_are_not_of_our_logins(
    launch: Launcher, surroundings: dict[str, str], variable: str, value: str, words: str
) -> None:
    code, said = _finished(launch("bootstrap", **{**surroundings, variable: value}))
    assert code == 2
    assert words in said
