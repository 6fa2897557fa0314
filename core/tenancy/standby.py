"""Schemas that stand ready, so that opening a practice claims one instead of waiting for a hundred tables.

Making needs the owner; claiming is one UPDATE that the application's login may do.
"""

import json
from functools import lru_cache
from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.models import PracticeSchema
from core.tenancy.compiler import Script, compile_script
from core.tenancy.names import APP_ROLE, PRACTICE_ROLE, checked, new_schema_name
from core.tenancy.owner import OWNER, owner_connection

INHERIT_CLAUSE_SINCE = 160_000


class NoneReady(DomainError):
    """No schema stands ready. A job of a process with the owner's connection makes some every few minutes."""

    def __init__(self) -> None:
        super().__init__(
            "none_ready",
            "No room stands ready for a new practice. Try again in ten minutes, or run `manage.py ready_schemas` on the"
            " server.",
        )


@lru_cache(maxsize=1)
def new_schema_script() -> Script:
    """Compiled once a process: the code cannot change under it."""
    return compile_script()


def make(*, schema_name: str | None = None) -> str:
    """Make a schema with its role and all tables, in one transaction; returns its name. It is ready to be claimed."""
    name = checked(schema_name or new_schema_name())
    script = new_schema_script()
    connection = owner_connection()
    with transaction.atomic(using=OWNER), connection.cursor() as cursor:
        for statement in role_statements(name, server_version=connection.pg_version):
            cursor.execute(statement)
        cursor.execute(f'CREATE SCHEMA "{name}"')
        # Before the tables: granting on each table afterwards costs more the more schemas there are.
        cursor.execute(f'GRANT USAGE ON SCHEMA "{name}" TO "{name}"')
        cursor.execute(
            f'ALTER DEFAULT PRIVILEGES IN SCHEMA "{name}" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{name}"'
        )
        cursor.execute(f'ALTER DEFAULT PRIVILEGES IN SCHEMA "{name}" GRANT USAGE, SELECT ON SEQUENCES TO "{name}"')
        cursor.execute(f'SET LOCAL search_path = "{name}", public')
        run(cursor, script.statements)
        cursor.execute(
            "INSERT INTO public.core_practiceschema (schema_name, state, applied, made_at, changed_at)"
            " VALUES (%s, 'ready', %s, now(), now())",
            [name, json.dumps(script.after)],
        )
    # SET LOCAL ended with the transaction; the wrapper's cached path still holds.
    return name


def run(cursor: Any, statements: list[str]) -> None:
    """Run compiled statements one by one (a sharded database takes them singly). `%` in them is text."""
    for statement in statements:
        cursor.execute(statement, None)


def role_statements(name: str, *, server_version: int) -> list[str]:
    """A role that nobody signs in with; the application's login may become it but inherits nothing from it."""
    has_options = server_version >= INHERIT_CLAUSE_SINCE
    become_only = " WITH INHERIT FALSE, SET TRUE" if has_options else ""
    # Its rights, without the way for the application to become the role that all practices share.
    inherit_only = " WITH INHERIT TRUE, SET FALSE" if has_options else ""
    return [
        f'CREATE ROLE "{name}" NOLOGIN',
        f'GRANT {PRACTICE_ROLE} TO "{name}"{inherit_only}',
        f'GRANT "{name}" TO {APP_ROLE}{become_only}',
    ]


def claim() -> str:
    """Take a ready schema that is up to date, in the caller's transaction; returns its name. Raises NoneReady."""
    ready = (
        PracticeSchema.objects.select_for_update(skip_locked=True)
        .filter(state=PracticeSchema.State.READY)
        .order_by("made_at")
        .first()
    )
    if ready is None:
        raise NoneReady
    ready.state = PracticeSchema.State.CLAIMED
    ready.save(update_fields=["state", "changed_at"])
    return ready.schema_name


def fill(*, wanted: int) -> list[str]:
    """Make schemas until `wanted` stand ready; returns the names of the new ones. Safe to run twice at once."""
    made = []
    while PracticeSchema.objects.filter(state=PracticeSchema.State.READY).count() < wanted:
        made.append(make())
    return made
