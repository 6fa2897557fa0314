"""The shortcut (one compiled script) must end where the long way (Django's own migrations) ends."""

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from core.models import PracticeSchema
from core.tenancy import standby
from core.tenancy.owner import owner_connection, owner_in_schema
from core.tenancy.router import lives_in_practices
from tests.places import drop_schema

PARTS = {
    "columns": """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,
                         is_generated, generation_expression
                  FROM information_schema.columns WHERE table_schema = %s ORDER BY 1, 2""",
    "indexes": """SELECT tablename, indexname, replace(indexdef, schemaname || '.', '') FROM pg_indexes
                  WHERE schemaname = %s AND tablename <> 'django_migrations' ORDER BY 1, 2""",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(c.oid) FROM pg_constraint c
                      JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = %s ORDER BY 1, 2""",
    "triggers": """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t
                   JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = %s AND NOT tgisinternal ORDER BY 1, 2""",
    "functions": """SELECT proname, pg_get_functiondef(p.oid) FROM pg_proc p
                    JOIN pg_namespace n ON n.oid = pronamespace WHERE n.nspname = %s ORDER BY 1""",
}


def parts_of(schema: str) -> dict[str, list[tuple]]:
    found = {}
    with connections["owner"].cursor() as cursor:
        for part, sql in PARTS.items():
            cursor.execute(sql, [schema])
            rows = [
                tuple(str(value).replace(f"{schema}.", "").replace(schema, "here") for value in row)
                for row in cursor.fetchall()
            ]
            found[part] = [row for row in rows if "django_migrations" not in row[0]]
    return found


@pytest.mark.slow
def test_a_compiled_schema_is_what_migrations_make(committed):
    compiled, migrated = standby.make(), "p_ffffffffffff"
    try:
        with owner_connection().cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA "{migrated}"')
        with owner_in_schema(migrated) as connection:
            executor = MigrationExecutor(connection)
            executor.migrate([key for key in executor.loader.graph.leaf_nodes() if lives_in_practices(key[0])])
        ours, theirs = parts_of(compiled), parts_of(migrated)
        assert len(ours["columns"]) > 200
        for part in PARTS:
            assert ours[part] == theirs[part]
    finally:
        drop_schema(compiled)
        with owner_connection().cursor() as cursor:
            cursor.execute(f'DROP SCHEMA "{migrated}" CASCADE')


def test_a_new_schema_says_what_it_is_at(committed):
    name = standby.make()
    try:
        assert PracticeSchema.objects.get(schema_name=name).applied[0] == "audit.0001_first"
    finally:
        drop_schema(name)
