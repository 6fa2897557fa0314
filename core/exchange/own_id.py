"""The column `external_id` of a table that holds one a row: a program finds and reads its own, and "" for another's."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q

from core.exchange.external_id import kept_as, own_part
from core.exchange.resource import Filter, Kind

OWN_ID_FILTER = Filter(
    Kind.TEXT, lambda value, application_id: Q(external_id=kept_as(application_id, value)) & ~Q(external_id="")
)


def own_id_shown(kept: str, application_id: UUID) -> str:
    return own_part(application_id, kept)


def own_id_in_sql(table: str) -> tuple[str, Callable[[UUID], tuple[str, str]]]:
    """As `own_id_shown`, written by PostgreSQL. table: its quoted name."""
    kept = f"{table}.external_id"
    return (
        f"CASE WHEN starts_with({kept}, %s) THEN substr({kept}, length(%s) + 1) ELSE '' END",
        lambda application_id: (kept_as(application_id, "x")[:-1],) * 2,
    )
