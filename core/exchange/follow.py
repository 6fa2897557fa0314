"""Pages by where the last one ended, in the order in which rows were written, and a mark to go on from another day.

Each row once, whatever changes meanwhile, and no page slower than the first. A row is placed by the transaction that
wrote it, not by its time: times are given before a row can be seen, so a reader who goes by them passes by for ever
what is committed late.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Watermark:
    """Everything written by transactions before `transaction` can be seen, or never will be. cluster: whose count."""

    cluster: str
    transaction: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The last row of a page. Transactions alone would not do: an import writes thousands of rows in one."""

    written_in: int
    id: UUID


class OtherCluster(DomainError):
    """The database is a copy of the one that gave the mark: its transactions are counted apart."""

    def __init__(self) -> None:
        super().__init__("watermark_unknown", "This was given before a restore. Walk the whole list once more.")


def watermark() -> Watermark:
    """What to go on from after a walk that begins now. Asked for before the first page is read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier::text, pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
            " FROM pg_control_system()"
        )
        return Watermark(*cursor.fetchone())


def known(given: Watermark) -> Watermark:
    """`given`, if this database gave it. Raises OtherCluster."""
    now = watermark()
    if given.cluster != now.cluster or given.transaction > now.transaction:
        raise OtherCluster
    return given


def following(rows: QuerySet[Any], *, after: Mark | None, since: int) -> QuerySet[Any]:
    """Rows written in transaction `since` or later, in order; after the mark."""
    if after is not None:
        later = Q(written_in__gt=after.written_in) | Q(written_in=after.written_in, id__gt=after.id)
        # The first part alone lets the index find where to begin.
        rows = rows.filter(written_in__gte=after.written_in).filter(later)
    elif since:
        rows = rows.filter(written_in__gte=since)
    return rows.order_by("written_in", "id")
