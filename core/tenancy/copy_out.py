"""Everything a practice's schema holds, table by table, as the database writes it."""

from collections.abc import Callable

from django.db import connection
from psycopg.sql import SQL, Identifier

# Not the months of a partitioned table: their rows come with it. Ordinary tables and partitioned ones.
TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
ORDER BY relname
"""


def practice_tables() -> list[str]:
    """Names of all tables of the practice this thread works for, in order. A table made later is among them."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [row[0] for row in cursor.fetchall()]


def copy_out(table: str, write: Callable[[bytes], object]) -> int:
    """Hand every row of `table` to `write` as CSV in UTF-8, the names of the columns first; returns how many rows.

    Constant memory. Values are as PostgreSQL writes them: times with their zone, arrays in braces, JSON as text.
    """
    with connection.cursor() as cursor:
        # Django's own cursor enters the practice; the copying is psycopg's.
        cursor.execute("SELECT 1")
        with cursor.cursor.copy(
            SQL("COPY (SELECT * FROM {}) TO STDOUT (FORMAT csv, HEADER)").format(Identifier(table))
        ) as copying:
            for block in copying:
                write(bytes(block))
        return max(int(cursor.cursor.rowcount), 0)
