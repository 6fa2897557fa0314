"""What a practice's role may see of the public schema: grants and row-level security, declared by each package.

Three kinds. A table that nobody declared is invisible, so a forgotten declaration hides rows instead of showing them.
Beside them a table may be append-only for everybody: what was agreed to and what was done stays as it was.
 - own rows: `own_rows(Model, …)`: rows of the practice whose role is current;
 - read by the network: `network_read(Model, when=…)`: read-only, where the SQL predicate `when` holds;
 - invisible: everything else.

The application's own login (the control plane) reads and writes every other public table and no practice's schema.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.tenancy.names import APP_ROLE, PRACTICE_ROLE

VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE")

# The id of the practice whose role is current. An InitPlan: evaluated once a statement.
OWN_ID = "(SELECT own.id FROM public.tenants_practice AS own WHERE own.schema_name = current_user)"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a practice's role may do with one public table: `using` is an SQL predicate over its rows.

    writing: a further predicate that rows must meet to be written; seeing and removing them needs `using` alone.
    """

    table: str
    using: str
    verbs: tuple[str, ...]
    columns: tuple[str, ...] = ()
    writing: str = "true"


_openings: dict[str, Opening] = {}

# Tables that nobody changes or empties, with the columns that may be given; the database sets the others.
_append_only: dict[str, tuple[str, ...]] = {}


def own_rows(
    model: type[models.Model],
    *,
    using: str = f"practice_id = {OWN_ID}",
    verbs: Iterable[str] = ("SELECT",),
    columns: Iterable[str] = (),
    writing: str = "true",
) -> None:
    """A practice sees and (with `verbs`) changes its own rows; `columns` narrows what it can select.

    writing: what else must hold for a row to be written, as an SQL predicate.
    """
    _open(Opening(_table(model), using=using, verbs=tuple(verbs), columns=tuple(columns), writing=writing))


def network_read(model: type[models.Model], *, when: str = "true") -> None:
    """Every practice may read the rows where `when` holds."""
    _open(Opening(_table(model), using=when, verbs=("SELECT",)))


def append_only(model: type[models.Model], *, columns: Iterable[str]) -> None:
    """Nobody but the owner changes or removes a row, the control plane included; it may give `columns` of a new one."""
    _append_only[model._meta.db_table] = tuple(columns)


def _table(model: type[models.Model]) -> str:
    return str(model._meta.db_table)


def _open(opening: Opening) -> None:
    if unknown := set(opening.verbs) - set(VERBS):
        raise ValueError(f"unknown verbs {sorted(unknown)}")
    if _openings.get(opening.table, opening) != opening:
        raise ValueError(f"{opening.table} was declared twice, with different rules")
    _openings[opening.table] = opening


def openings() -> dict[str, Opening]:
    return dict(_openings)


def apply(cursor: Any) -> int:
    """Write all grants and policies of the public schema, as its owner. Idempotent. Returns the number of tables."""
    cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1"
    )
    tables = [row[0] for row in cursor.fetchall()]
    if missing := _openings.keys() - set(tables):
        raise LookupError(f"declared in the gate but not in the database: {sorted(missing)}")
    for table in tables:
        for statement in statements(table):
            cursor.execute(statement)
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
    return len(tables)


def statements(table: str) -> list[str]:
    """The SQL that makes `table` what its declaration says, whatever it was before."""
    name = f'public."{table}"'
    sql = [
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"REVOKE ALL ON {name} FROM PUBLIC, {PRACTICE_ROLE}, {APP_ROLE}",
        *_control_plane_grants(table, name),
        f"DROP POLICY IF EXISTS control_plane ON {name}",
        f"CREATE POLICY control_plane ON {name} TO {APP_ROLE} USING (true) WITH CHECK (true)",
        *(f"DROP POLICY IF EXISTS practice_{verb.lower()} ON {name}" for verb in VERBS),
    ]
    opening = _openings.get(table)
    if opening is None:
        return sql
    for verb in opening.verbs:
        columns = f" ({', '.join(opening.columns)})" if opening.columns and verb == "SELECT" else ""
        sql.append(f"GRANT {verb}{columns} ON {name} TO {PRACTICE_ROLE}")
        written = f"WITH CHECK (({opening.using}) AND ({opening.writing}))"
        clauses = {
            "SELECT": f"USING ({opening.using})",
            "INSERT": written,
            "UPDATE": f"USING ({opening.using}) {written}",
            "DELETE": f"USING ({opening.using})",
        }[verb]
        sql.append(f"CREATE POLICY practice_{verb.lower()} ON {name} FOR {verb} TO {PRACTICE_ROLE} {clauses}")
    return sql


def _control_plane_grants(table: str, name: str) -> list[str]:
    if table not in _append_only:
        return [f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {APP_ROLE}"]
    columns = ", ".join(_append_only[table])
    return [
        f"GRANT SELECT, INSERT ({columns}) ON {name} TO {APP_ROLE}",
        f"DROP TRIGGER IF EXISTS append_only ON {name}",
        f"DROP TRIGGER IF EXISTS append_only_whole ON {name}",
        "CREATE OR REPLACE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN RAISE EXCEPTION 'this table is append-only' USING ERRCODE = 'insufficient_privilege'; END$$",
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {name}"
        " FOR EACH ROW EXECUTE FUNCTION public.refuse_change()",
        f"CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {name}"
        " FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()",
    ]
