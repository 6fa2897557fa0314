"""Everything a practice's schema holds is destroyed but its trail. Needs the owner's connection."""

from django.db import transaction
from psycopg.sql import SQL, Identifier

from core.tenancy.copy_out import TABLES
from core.tenancy.names import checked
from core.tenancy.owner import OWNER, owner_connection

# Kept for six years, by law; it holds ids and codes only.
TRAIL = "audit_entry"
LOCK_TIMEOUT = "10s"


def empty(schema_name: str) -> int:
    """Empty every table but the trail, in the caller's transaction on the owner's connection; returns how many rows.

    One statement for all of them, and without row triggers: what is append-only for everybody else goes, too. Whoever
    is killed in the middle has destroyed nothing.
    """
    if not transaction.get_connection(OWNER).in_atomic_block:
        raise transaction.TransactionManagementError("a schema is emptied together with what proves it")
    with owner_connection().cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        cursor.execute(f'SET LOCAL search_path = "{checked(schema_name)}", public')
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall() if name != TRAIL]
        rows = 0
        for table in tables:
            cursor.execute(SQL("SELECT count(*) FROM {}").format(Identifier(schema_name, table)))
            rows += cursor.fetchone()[0]
        whole = SQL(", ").join(Identifier(schema_name, table) for table in tables)
        cursor.execute(SQL("TRUNCATE {}").format(whole))
        cursor.execute("SET LOCAL search_path = public")
    return rows
