"""Remembers which steps are done for which inputs, so that a second start skips them.

A step that changes the database is remembered inside that database: restored from a backup, it tells the truth.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import psycopg

from infra.launch.project import ROOT

PACKAGES = ("core", "tenants", "loyalty", "billing", "api", "frontend", "infra")


def migration_inputs() -> str:
    """All code and the libraries, not only migrations: grants and row-level policies are written from the models."""
    code = (path for package in PACKAGES for path in (ROOT / package).glob("**/*.py"))
    return _digest_of_contents([*code, ROOT / "requirements" / "base.txt"])


def static_inputs() -> str:
    """Sizes and times instead of contents, as fonts are large and nothing worse than a second collection can happen."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in sorted((ROOT / "frontend").glob("**/static/**/*")):
        state = path.stat()
        digest.update(f"{path.relative_to(ROOT)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def done_in_database(*, owner_url: str) -> dict[str, str]:
    """Steps done in this database, each with the digest of what it was done from."""
    with psycopg.connect(owner_url) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS launch")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS launch.done "
            "(step text PRIMARY KEY, inputs text NOT NULL, at timestamptz NOT NULL DEFAULT now())"
        )
        return dict(connection.execute("SELECT step, inputs FROM launch.done").fetchall())


def mark_done_in_database(*, owner_url: str, step: str, inputs: str) -> None:
    with psycopg.connect(owner_url) as connection:
        connection.execute(
            "INSERT INTO launch.done (step, inputs) VALUES (%s, %s) "
            "ON CONFLICT (step) DO UPDATE SET inputs = excluded.inputs, at = now()",
            [step, inputs],
        )


def _digest_of_contents(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
