"""Rows that the survivor has already, so that the merged record keeps them: the database would not take both."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, UniqueConstraint

from loyalty.models import Patient
from loyalty.patients.tables import PatientKey

Unique = tuple[tuple[str, ...], Q]


def staying(key: PatientKey, *, survivor: Patient, merged: Patient) -> set[Any]:
    """Ids of rows of `merged` that stand on the survivor already, whatever constraint says so."""
    found: set[Any] = set()
    for fields, condition in _uniques(key.model, key.field):
        found |= set(_twins(key, fields, condition, survivor.id, merged.id).values_list("pk", flat=True))
    return found


def _uniques(model: type[Model], field: str) -> list[Unique]:
    """What else must be unique together with the key, and of which rows."""
    meta = model._meta
    found: list[Unique] = [
        (tuple(one.fields), one.condition or Q())
        for one in meta.constraints
        if isinstance(one, UniqueConstraint) and field in one.fields
    ]
    found += [(tuple(names), Q()) for names in meta.unique_together if field in names]
    if field in {one.name for one in meta.concrete_fields if one.unique}:
        found.append(((field,), Q()))
    return found


def _twins(key: PatientKey, fields: tuple[str, ...], condition: Q, survivor_id: UUID, merged_id: UUID) -> QuerySet[Any]:
    rows = key.model._default_manager.filter(condition)
    same = {name: OuterRef(name) for name in fields if name != key.field}
    return rows.filter(Exists(rows.filter(**{key.field: survivor_id}, **same)), **{key.field: merged_id})
