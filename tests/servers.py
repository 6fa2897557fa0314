"""Starts PostgreSQL and Valkey for a test run, and gives every process of it a database of its own.

A plugin, not a conftest: Django reads its settings before any conftest is imported, and it needs the addresses.
The first process starts the servers and builds one template database (migrated, with the cast in it); each process
then works in a copy, so files run alone, in parallel, and in any order.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.launch import servers
from infra.launch.bootstrap import bootstrap

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "perennial_template"
_ADMIN = "PERENNIAL_TEST_ADMIN"


def _start() -> None:
    # The tests hold a network like a real one; what a demo allows is tested where it is allowed.
    os.environ["DEMO"] = "0"
    folder = Path(tempfile.mkdtemp(prefix="perennial-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    running = servers.start(folder, ephemeral=True)
    atexit.register(running.stop)
    os.environ.update(running.environment())
    if running.admin_conninfo is None:
        raise SystemExit("The tests bring their own servers; unset DATABASE_URL to run them.")
    os.environ[_ADMIN] = running.admin_conninfo
    os.environ["READY_SCHEMAS"] = "1"
    _make_database(TEMPLATE)
    static = ["manage.py", "collectstatic", "--noinput", "-v", "0"]
    for command in (["manage.py", "migrate_public", "-v", "0"], ["-m", "tests.bring_cast"], static):
        subprocess.run([sys.executable, *command], cwd=ROOT, env={**os.environ, **_addresses(TEMPLATE)}, check=True)


def _make_database(name: str, *, template: str | None = None) -> None:
    admin = os.environ[_ADMIN]
    if template is not None:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(hashtext('perennial template'))")
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER perennial_owner").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
    passwords = {url: conninfo_to_dict(os.environ[url])["password"] for url in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    bootstrap(
        admin_conninfo=admin,
        database=name,
        owner_password=str(passwords["DATABASE_OWNER_URL"]),
        app_password=str(passwords["DATABASE_URL"]),
    )


def _addresses(database: str) -> dict[str, str]:
    return {url: make_conninfo(os.environ[url], dbname=database) for url in ("DATABASE_URL", "DATABASE_OWNER_URL")}


def _begin() -> None:
    if _ADMIN not in os.environ:
        _start()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"perennial_{worker}_{os.getpid()}"
    _make_database(name, template=TEMPLATE)
    os.environ.update(_addresses(name))
    # Each process has its own cache and queue, too.
    number = int(worker.removeprefix("gw")) + 1 if worker.startswith("gw") else 0
    os.environ["BROKER_URL"] = f"{os.environ['BROKER_URL'].rsplit('/', 1)[0]}/{number}"


_begin()
