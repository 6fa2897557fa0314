"""Writing an event, in the transaction of the change that it tells."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from core.jobs import enqueue
from core.outbox.deliver import deliver_due
from core.tenancy.scope import current_practice

# The lock comes before the number: two transactions about one record get their numbers in the order they commit.
_INSERT = """
INSERT INTO outbox_event (kind, record_kind, record_id, ids)
SELECT %s, %s, %s, %s FROM pg_advisory_xact_lock(hashtextextended(%s, 0))
"""
# Without that lock: whoever writes many holds the rows themselves, or has just made them.
_INSERT_MANY = """
INSERT INTO outbox_event (kind, record_kind, record_id, ids) SELECT %s, %s, one, '{}' FROM unnest(%s::uuid[]) AS one
"""


class NotInTransaction(Exception):
    """An event outside of the transaction of its change could be told of something that never happened."""


def publish(kind: str, *, record: Model, **ids: Any) -> None:
    """Write that `kind` ("noun.past") happened to `record`; a job delivers it after the commit.

    ids: further ids and codes. Raises NotInTransaction, or scope.NoPractice outside of a practice.
    """
    practice = current_practice()
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{kind} was published outside of a transaction: write it together with its change.")
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                kind,
                str(record._meta.model_name),
                record.pk,
                json.dumps(ids, default=str),
                f"{practice.schema_name}:{record.pk}",
            ],
        )
    enqueue(deliver_due, practice_id=practice.id, swept=True)


def publish_of_many(kind: str, *, model: type[Model], ids: Sequence[UUID]) -> None:
    """As `publish`, of records of `model` that the transaction has locked or made; nothing where there are none."""
    practice = current_practice()
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{kind} was published outside of a transaction: write it together with its change.")
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_MANY, [kind, str(model._meta.model_name), list(ids)])
    enqueue(deliver_due, practice_id=practice.id, swept=True)
