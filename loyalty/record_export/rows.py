"""Every row of every table that holds rows of one patient, as plain values."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, Model, QuerySet

from loyalty.models import Feedback, Memory, Patient, Recovery, Sensitivity
from loyalty.patients.tables import patient_lists, patient_tables, records_of

_BATCH = 500
# Scores and answers, and what was done about them: for those who may see feedback.
_OF_FEEDBACK = (Feedback, Recovery)


@dataclass(frozen=True, slots=True)
class Sight:
    """What the asker may see. clinical: what providers keep to themselves. feedback: scores and answers."""

    clinical: bool
    feedback: bool


def tables_of(patient_id: UUID, *, sight: Sight) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """Name of a table and its rows, table by table; a batch of rows is in memory at a time."""
    records = records_of(patient_id)
    yield _named(Patient), _rows(Patient._default_manager.filter(id__in=records).order_by("pk"))
    for table in patient_tables():
        rows = table.rows_of(records)
        if table.model is Memory and not sight.clinical:
            rows = rows.exclude(sensitivity=Sensitivity.CLINICAL)
        if _is_of_feedback(table.model) and not sight.feedback:
            continue
        yield _named(table.model), _rows(rows)
    for one in patient_lists():
        found = one.model._default_manager.filter(**{f"{one.field}__overlap": list(records)}).order_by("pk")
        yield _named(one.model), _rows(found, only=(one.field, {str(record) for record in records}))


def _is_of_feedback(model: type[Model]) -> bool:
    """The answers, and whatever hangs on them."""
    return model in _OF_FEEDBACK or any(
        field.related_model in _OF_FEEDBACK for field in model._meta.concrete_fields if field.is_relation
    )


def _named(model: type[Model]) -> str:
    return model._meta.label_lower


def _rows(rows: QuerySet[Any], *, only: tuple[str, set[str]] | None = None) -> Iterator[dict[str, Any]]:
    """only: a column of several patients' ids, and those of them that are this patient's; the others stay ours."""
    for row in rows.iterator(chunk_size=_BATCH):
        values = {field.attname: _plain(field, row) for field in row._meta.concrete_fields}
        if only:
            name, own = only
            values[name] = [one for one in values[name] if str(one) in own]
        yield values


def _plain(field: Any, row: Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, BinaryField):
        return None if value is None else base64.b64encode(bytes(value)).decode()
    return value
