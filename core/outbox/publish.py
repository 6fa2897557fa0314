"""Writing an event, in the transaction of the change that it tells."""

import json
from collections.abc import Mapping
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
_INSERT_EACH = """
INSERT INTO outbox_event (kind, record_kind, record_id, ids)
SELECT %s, %s, of.record, jsonb_build_object('patients', jsonb_build_array(of.patient))
FROM unnest(%s::uuid[], %s::uuid[]) AS of (record, patient)
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


def publish_each(kind: str, *, model: type[Model], whom: Mapping[UUID, UUID]) -> None:
    """As `publish`, of records of `model` that the transaction has locked or made; nothing where there are none.

    whom: the patient that each record is about, by the record's id.
    """
    practice = current_practice()
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{kind} was published outside of a transaction: write it together with its change.")
    if not whom:
        return
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_EACH, [kind, str(model._meta.model_name), list(whom), list(whom.values())])
    enqueue(deliver_due, practice_id=practice.id, swept=True)
