"""Servers that run elsewhere, named by DATABASE_URL and BROKER_URL."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from infra.launch import servers
from infra.launch.address import login_url
from infra.launch.bootstrap import bootstrap
from infra.launch.errors import LaunchError
from infra.launch.ports import free_port
from infra.launch.servers import Servers
from tests.launch.processes import commands_with


@pytest.fixture
def elsewhere(scratch: Servers) -> Iterator[str]:
    """An administrator's address of a server that knows nothing of us, as a hosting provider would give it."""
    assert scratch.admin_conninfo is not None
    with psycopg.connect(scratch.admin_conninfo, autocommit=True) as admin:
        passwords = admin.execute(
            "SELECT rolname, rolpassword FROM pg_authid WHERE rolname IN ('perennial_app', 'perennial_owner')"
        ).fetchall()
        _forget_us(admin)
        admin.execute("CREATE ROLE provider SUPERUSER LOGIN PASSWORD 'p@ss/word'")
        yield login_url(scratch.database_url, user="provider", password="p@ss/word", database="postgres")
        _forget_us(admin)
        admin.execute("DROP ROLE provider")
    # As it was, for the tests that use the servers' own logins.
    bootstrap(admin_conninfo=scratch.admin_conninfo, database="perennial", owner_password="x", app_password="x")
    with psycopg.connect(scratch.admin_conninfo, autocommit=True) as admin:
        for role, verifier in passwords:
            admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier)))


def _forget_us(admin: psycopg.Connection) -> None:
    admin.execute("DROP DATABASE IF EXISTS perennial")
    admin.execute("DROP ROLE IF EXISTS perennial_app, perennial_owner, perennial_practice")


def test_an_administrators_address_alone_is_bootstrapped_and_both_logins_derived(
    data: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", elsewhere)
    for _time in range(2):
        with servers.start(data) as running:
            assert [child.name for child in running.children] == ["valkey"]
            for url, user in ((running.database_url, "perennial_app"), (running.owner_url, "perennial_owner")):
                with psycopg.connect(url) as connection:
                    row = connection.execute("SELECT current_user, current_database()").fetchone()
                assert row == (user, "perennial")


def test_another_installations_logins_are_left_alone(
    data: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", elsewhere)
    with servers.start(data / "first") as first:
        taken = first.database_url
    with pytest.raises(LaunchError, match="already has the login perennial_owner, with a password that is not in this"):
        servers.start(data / "second")
    psycopg.connect(taken).close()


def test_two_addresses_are_used_as_they_are_and_nothing_is_started(
    data: Path, scratch: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", scratch.database_url)
    monkeypatch.setenv("DATABASE_OWNER_URL", scratch.owner_url)
    monkeypatch.setenv("BROKER_URL", scratch.broker_url)
    monkeypatch.setenv("SECRET_KEY", "given")
    monkeypatch.setenv("ENCRYPTION_KEYS", "given, too")
    with servers.start(data) as running:
        assert running.environment() == {
            "DATA": str(data),
            "DATABASE_URL": scratch.database_url,
            "DATABASE_OWNER_URL": scratch.owner_url,
            "BROKER_URL": scratch.broker_url,
            "SECRET_KEY": "given",
            "ENCRYPTION_KEYS": "given, too",
        }
        assert running.children == ()
        assert commands_with(str(data)) == []
        assert not (data / "servers").exists()


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"DATABASE_URL": "postgresql://x:y@127.0.0.1:{port}/z"}, "does not take our connection: .*Connection refused"),
        ({"DATABASE_URL": "mysql://x@y/z"}, "DATABASE_URL cannot be read .*postgresql://user:password@host:5432/data"),
        ({"DATABASE_OWNER_URL": "postgresql://x"}, "DATABASE_OWNER_URL is set but DATABASE_URL is not"),
        ({"DATABASE_URL": "{app}"}, "The login 'perennial_app' is no superuser.*Nothing was changed"),
        ({"DATABASE_URL": "{wrong}"}, "password authentication failed.*host, port, user and password are right"),
        ({"BROKER_URL": "redis://127.0.0.1:{port}/0"}, "The server in BROKER_URL does not answer"),
        ({"BROKER_URL": "nonsense"}, "The server in BROKER_URL does not answer"),
    ],
)
def test_an_address_that_will_not_do_is_refused_in_words(
    data: Path, scratch: Servers, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], words: str
) -> None:
    wrong = scratch.database_url.replace(str(urlsplit(scratch.database_url).password), "guess")
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(port=free_port(), app=scratch.database_url, wrong=wrong))
    with pytest.raises(LaunchError, match=words):
        servers.start(data)
    assert not (data / "servers").exists()


@pytest.mark.parametrize(
    ("url", "user", "password", "database"),
    [
        ("postgresql://admin:secret@db.example.org:6432/postgres?sslmode=require", "app", "a/b@c:d", "perennial"),
        ("postgresql://admin@[::1]:5432/postgres", "app", "x", "per ennial"),
        ("host=/run/postgresql user=admin dbname=postgres", "app", "x", "perennial"),
    ],
)
def test_a_derived_address_keeps_the_way_and_changes_the_login(
    url: str, user: str, password: str, database: str
) -> None:
    before = conninfo_to_dict(url)
    after = conninfo_to_dict(login_url(url, user=user, password=password, database=database))
    assert after == {**before, "user": user, "password": password, "dbname": database}
