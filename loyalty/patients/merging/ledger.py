"""What a merge does to rows, written down step by step as it does it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

from loyalty.models import Merge, MergeStep

Kind = MergeStep.Kind


class Ledger:
    """Does each step and remembers it; `keep` writes them all."""

    def __init__(self, merge: Merge, *, now: datetime) -> None:
        self._merge = merge
        self._now = now
        self._steps: list[MergeStep] = []

    def move(self, model: type[Model], field: str, ids: Iterable[Any]) -> None:
        """Give these rows to the survivor: `field` names the key."""
        wanted = list(ids)
        if wanted:
            write(model, wanted, {f"{field}_id": self._merge.patient_id}, now=self._now)
            for id in wanted:
                self._add(Kind.MOVED, model, id, field=field)

    def change(self, row: Model, values: Mapping[str, Any]) -> None:
        """Set columns of one row, which has its old values still."""
        for field, value in values.items():
            before, after = as_json(getattr(row, field)), as_json(value)
            self._add(Kind.CHANGED, type(row), row.pk, field=field, before=before, after=after)
        write(type(row), [row.pk], values, now=self._now)

    def note(self, row: Model, fields: Iterable[str]) -> None:
        """Remember what columns held, whether they change or not: undo sees what was said since."""
        for field in fields:
            value = as_json(getattr(row, field))
            self._add(Kind.CHANGED, type(row), row.pk, field=field, before=value, after=value)

    def made(self, row: Model) -> None:
        self._add(Kind.MADE, type(row), row.pk)

    def remove(self, row: Model) -> None:
        """Take a row away that could not be true of the survivor; undo puts the very same one back."""
        table = connection.ops.quote_name(row._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} t WHERE id = %s RETURNING to_jsonb(t)", [row.pk])  # noqa: S608
            (before,) = cursor.fetchone()
        self._add(Kind.REMOVED, type(row), row.pk, before=json.loads(before) if isinstance(before, str) else before)

    def keep(self) -> None:
        MergeStep.objects.bulk_create(self._steps, batch_size=1000)

    def _add(self, kind: str, model: type[Model], id: Any, **what: Any) -> None:
        self._steps.append(
            MergeStep(
                merge=self._merge,
                position=len(self._steps),
                kind=kind,
                model=model._meta.label_lower,
                row_id=str(id),
                **what,
            )
        )


def as_json(value: Any) -> Any:
    """What the ledger keeps of a value, and compares it by."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def model_of(step: MergeStep) -> type[Model]:
    return apps.get_model(step.model)


def write(model: type[Model], ids: list[Any], values: Mapping[str, Any], *, now: datetime) -> int:
    """Set columns and say that the rows changed, so that whoever reads what is new sees them. Returns how many."""
    stamp = {"updated_at": now} if any(field.name == "updated_at" for field in model._meta.concrete_fields) else {}
    return model._default_manager.filter(pk__in=ids).update(**values, **stamp)
