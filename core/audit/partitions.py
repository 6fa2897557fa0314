"""The months of every practice's trail, made ahead of time. Needs the owner's connection."""

from django.db import transaction

from core.tenancy.migrate import schemas
from core.tenancy.owner import OWNER, owner_connection

MONTHS_AHEAD = 2


def make_partitions() -> int:
    """Make this month and the next two in every schema that lacks them; returns how many were made.

    Rows that came before their month existed lie in the rest; the rest then becomes their partition, no row moves.
    """
    made = 0
    for schema in schemas():
        if "audit.0001_first" not in schema.applied:
            continue
        with transaction.atomic(using=OWNER), owner_connection().cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
            cursor.execute(f'SET LOCAL search_path = "{schema.schema_name}", public')
            cursor.execute("SELECT audit_make_partitions(%s)", [MONTHS_AHEAD])
            made += cursor.fetchone()[0]
    return made
