"""Bring every practice's schema up to date: compiled once, applied in batches, resumable at any point.

Each schema changes in a transaction that also writes what it is at, so a kill leaves every schema either before or
after, and the next run goes on where this one stopped.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg.errors import LockNotAvailable

from core.models import PracticeSchema
from core.tenancy.compiler import Name, Script, Step, compile_script, name_of
from core.tenancy.owner import OWNER, owner_connection, owner_in_schema
from core.tenancy.standby import run

LOCK_TIMEOUT = "3s"
BATCH = 20


@dataclass(slots=True)
class Outcome:
    """migrated: schemas brought up to date. failed: schema → the database's words. skipped: already up to date."""

    migrated: int = 0
    skipped: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def migrate_practices(*, batch: int = BATCH, progress: Callable[[int], object] = int) -> Outcome:
    """Apply what is missing to every schema, ready ones included. Raises compiler.CannotCompile before touching any."""
    outcome = Outcome()
    by_state: dict[tuple[Name, ...], list[str]] = {}
    for schema in schemas():
        by_state.setdefault(tuple(schema.applied), []).append(schema.schema_name)
    scripts = {before: compile_script(before=before, sample=names[0]) for before, names in by_state.items()}
    for before, names in by_state.items():
        script = scripts[before]
        if not script.steps:
            outcome.skipped += len(names)
            progress(len(names))
            continue
        for chunk in _chunks(names, 1 if any(step.python for step in script.steps) else batch):
            _apply(chunk, script, outcome)
            progress(len(chunk))
    return outcome


def schemas() -> list[PracticeSchema]:
    """All schemas and what they are at, those that stand ready included."""
    return list(PracticeSchema.objects.using(OWNER).order_by("schema_name"))


def _apply(names: Sequence[str], script: Script, outcome: Outcome) -> None:
    try:
        _apply_together(names, script)
        outcome.migrated += len(names)
    except DatabaseError as error:
        if len(names) == 1:
            outcome.failed[names[0]] = _words(error)
            return
        # One schema of the batch is locked or broken; the others must not wait for it.
        for name in names:
            _apply([name], script, outcome)


def _apply_together(names: Sequence[str], script: Script) -> None:
    connection = owner_connection()
    with transaction.atomic(using=OWNER):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        for name in names:
            for step in script.steps:
                if step.python:
                    _run_python(name, step)
                else:
                    with connection.cursor() as cursor:
                        cursor.execute(f'SET LOCAL search_path = "{name}", public')
                        run(cursor, list(step.statements))
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL search_path = public")
                cursor.execute(
                    "UPDATE public.core_practiceschema SET applied = %s, changed_at = now() WHERE schema_name = %s",
                    [json.dumps(script.after), name],
                )


def _run_python(schema_name: str, step: Step) -> None:
    """Django applies this one itself, in the schema, inside our transaction."""
    with owner_in_schema(schema_name) as connection:
        executor = MigrationExecutor(connection)
        migration = next(m for m in executor.loader.graph.nodes.values() if name_of(m) == step.name)
        state = executor.loader.project_state((migration.app_label, migration.name), at_end=False)
        with connection.schema_editor(atomic=False) as editor:
            migration.apply(state, editor)


def _words(error: DatabaseError) -> str:
    if isinstance(error.__cause__, LockNotAvailable):
        return f"locked by other work for more than {LOCK_TIMEOUT}; run migrate_practices again"
    return str(error).strip().splitlines()[0]


def _chunks(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]
