"""What is next where each record has its own order: of each record the first that waits."""

from datetime import datetime
from typing import Any

from django.db.models import F, Func, QuerySet, Window
from django.db.models.functions import FirstValue, RowNumber


def first_of_each(waiting: QuerySet[Any], *, now: datetime) -> QuerySet[Any]:
    """Of `waiting` the first row of each record, where that one is due by `now`; by number.

    The rows have record_id, number and next_try_at. It passes over them once. Asked of each row whether another one is
    before it, the database compares every pair wherever it believes that few are waiting: and it believes so just
    after many came.
    """

    def of_record(expression: Func) -> Window:
        return Window(expression, partition_by=F("record_id"), order_by=F("number").asc())

    placed: QuerySet[Any] = (
        waiting.annotate(
            place_of_record=of_record(RowNumber()),
            # A window as well, since a plain condition would take away those that hold others back.
            first_due_at=of_record(FirstValue("next_try_at")),
        )
        .filter(place_of_record=1, first_due_at__lte=now)
        .order_by("number")
    )
    return placed
