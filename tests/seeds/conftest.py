"""Small demo networks, each in a database of its own: the one of the cast is not empty."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.launch.bootstrap import bootstrap

ROOT = Path(__file__).resolve().parents[2]
ADMIN = os.environ["PERENNIAL_TEST_ADMIN"]
URLS = ("DATABASE_URL", "DATABASE_OWNER_URL")
NUMBERS = ("--demo", "--practices", "4", "--months", "7", "--seed", "7", "--today", "2026-11-23")


@dataclass(frozen=True, slots=True)
class Network:
    """A database with nothing or with a demo network in it, and commands that work on it."""

    database: str

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, **{url: make_conninfo(os.environ[url], dbname=self.database) for url in URLS}}

    def start(self, *words: str, **variables: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env={**self.environment, **variables}, stdout=pipe, stderr=pipe)

    def run(self, *words: str) -> tuple[int, str]:
        """Exit code, and all that was said."""
        process = self.start(*words)
        out, said = process.communicate()
        return process.returncode, (out + said).decode()

    def connect(self) -> psycopg.Connection:
        """As the server's administrator, who sees every schema."""
        return psycopg.connect(make_conninfo(ADMIN, dbname=self.database), autocommit=True)

    def schemas(self) -> dict[str, str]:
        with self.connect() as connection:
            return dict(connection.execute("SELECT slug, schema_name FROM tenants_practice ORDER BY slug").fetchall())

    def rows(self, query: str) -> list[tuple]:
        """The rows of `query` in every practice's schema, one after the other, the slug before each."""
        found = []
        with self.connect() as connection:
            for slug, schema in self.schemas().items():
                connection.execute(sql.SQL("SET search_path = {}, public").format(sql.Identifier(schema)))
                found += [(slug, *row) for row in connection.execute(query).fetchall()]
        return found


def make_database(name: str, *, template: str | None = None) -> Network:
    if template is not None:
        with psycopg.connect(ADMIN, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER perennial_owner").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
    owner, app = (str(conninfo_to_dict(os.environ[url])["password"]) for url in reversed(URLS))
    bootstrap(admin_conninfo=ADMIN, database=name, owner_password=owner, app_password=app)
    return Network(name)


@pytest.fixture(scope="session")
def empty_networks() -> Callable[[], Network]:
    """Makes migrated networks without a practice."""
    template = make_database(f"seeds_{os.getpid()}_empty")
    code, said = template.run("migrate_public", "-v", "0")
    assert code == 0, said
    names = iter(range(100))
    return lambda: make_database(f"seeds_{os.getpid()}_{next(names)}", template=template.database)


@pytest.fixture(scope="session")
def demo(empty_networks: Callable[[], Network]) -> Network:
    """Four practices with seven months of life, told at eleven in the morning of November 23. Only for reading."""
    network = empty_networks()
    code, said = network.run("seed_demo", *NUMBERS, "--processes", "1")
    assert code == 0, said
    return network
