"""Compile migrations of a practice's schema to SQL statements: once, to be run in many schemas.

Not pg_dump (it fails on sharded databases), not a clone of a schema (that renames constraints): Django's own schema
editor, collecting instead of executing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from core.tenancy.owner import owner_in_schema
from core.tenancy.router import lives_in_practices
from core.tenancy.state_forwards import state_forwards

# Stands for a schema that is yet to be made: nothing can be looked up in it.
NEW = "p_000000000000"

_SECOND = re.compile(r";\s*(?=SET CONSTRAINTS )")

Name = str  # "app.migration_name"


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: its statements in order, or `migration` where Python must run in every schema."""

    name: Name
    statements: tuple[str, ...]
    python: bool = False


@dataclass(slots=True)
class Script:
    """What brings a schema that has `before` up to date."""

    before: tuple[Name, ...]
    steps: list[Step] = field(default_factory=list)

    @property
    def after(self) -> list[Name]:
        return [*self.before, *(step.name for step in self.steps)]

    @property
    def statements(self) -> list[str]:
        return [statement for step in self.steps for statement in step.statements]


class CannotCompile(Exception):
    """A migration that cannot become SQL for many schemas; says which and what to do."""


def tenant_plan(loader: MigrationLoader) -> list[Migration]:
    """All migrations of the practices' apps, in the order they apply."""
    targets = [key for key in loader.graph.leaf_nodes() if lives_in_practices(key[0])]
    seen: dict[tuple[str, str], Migration] = {}
    for target in targets:
        for key in loader.graph.forwards_plan(target):
            if lives_in_practices(key[0]):
                seen.setdefault(key, loader.graph.nodes[key])
    return list(seen.values())


def name_of(migration: Migration) -> Name:
    return f"{migration.app_label}.{migration.name}"


def compile_script(*, before: Sequence[Name] = (), sample: str = NEW) -> Script:
    """The script for a schema that has the migrations `before`; `sample` is one, for operations that look names up.

    A new schema is empty, so RunPython, which converts rows, has nothing to do there and is skipped.
    Raises CannotCompile for history that does not fit this code, or for a migration without a transaction.
    """
    loader = MigrationLoader(None)
    plan = tenant_plan(loader)
    done = set(before)
    if unknown := done - {name_of(migration) for migration in plan}:
        raise CannotCompile(
            f"The schema has migrations that this version of the code does not know:"
            f" {sorted(unknown)}. Deploy the newer code."
        )
    script = Script(before=tuple(before))
    state = ProjectState(real_apps=loader.unmigrated_apps)
    with owner_in_schema(sample) as connection:
        for migration in plan:
            if name_of(migration) in done:
                state = migration.mutate_state(state, preserve=False)
                continue
            step, state = _compile(migration, state, connection=connection, is_new=sample == NEW)
            script.steps.append(step)
    return script


def _compile(migration: Migration, state: ProjectState, *, connection: Any, is_new: bool) -> tuple[Step, ProjectState]:
    if not migration.atomic:
        raise CannotCompile(
            f"{name_of(migration)} is not atomic; a practice's schema changes in one transaction or not at all."
        )
    python = any(isinstance(operation, RunPython) for operation in _flat(migration.operations))
    if python and not is_new:
        return Step(name=name_of(migration), statements=(), python=True), migration.mutate_state(state)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        for operation in migration.operations:
            before, state = state, state.clone()
            state_forwards(operation, migration.app_label, state)
            if isinstance(operation, RunPython):
                continue
            operation.database_forwards(migration.app_label, editor, before, state)
    # On leaving, the editor collected what it had deferred: foreign keys and indexes.
    return Step(name=name_of(migration), statements=tuple(_clean(editor.collected_sql))), state


def _flat(operations: Sequence[Operation]) -> list[Operation]:
    flat: list[Operation] = []
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            flat += _flat(operation.database_operations)
        else:
            flat.append(operation)
    return flat


def _clean(collected: Sequence[str]) -> list[str]:
    statements = []
    for sql in collected:
        lines = [line for line in sql.splitlines() if not line.lstrip().startswith("--")]
        # Django adds a foreign key's column and checks it at once, in two statements written as one.
        for part in _SECOND.split("\n".join(lines)):
            if text := part.strip().rstrip(";").strip():
                statements.append(text)
    return statements
