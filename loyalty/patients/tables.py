"""Every table of a practice that holds rows of a patient, found by looking at the models.

What is found here is what a merge moves, a record's export hands out and an erasure takes away: a new model with a key
to Patient is among them by being there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import ForeignKey, Model, Q, QuerySet, UUIDField

from loyalty.models import Patient

# The key of a row that is *of* a patient; by any other name it only mentions somebody: a guardian, a referrer.
OWN = "patient"


@dataclass(frozen=True, slots=True)
class PatientKey:
    """A key to Patient. is_own: the row is of that patient; else it names them beside the one it is of."""

    model: type[Model]
    field: str
    is_own: bool

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


@dataclass(frozen=True, slots=True)
class PatientTable:
    """A table of which rows belong to patients. paths: lookups from a row to the patient, "visit__patient"."""

    model: type[Model]
    paths: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def is_direct(self) -> bool:
        return self.paths == (OWN,)

    def rows_of(self, patients: Iterable[UUID]) -> QuerySet[Any]:
        """The rows of these patients, oldest first. A row that several paths reach comes once."""
        wanted = list(patients)
        which = Q()
        for path in self.paths:
            which |= Q(**{f"{path}__in": wanted})
        return self.model._default_manager.filter(which).order_by("pk")


@dataclass(frozen=True, slots=True)
class PatientList:
    """A column that holds the ids of several patients, without keys."""

    model: type[Model]
    field: str


@cache
def patient_keys() -> tuple[PatientKey, ...]:
    """Every key to Patient but Patient's own `merged_into`, by table and name."""
    return keys_among(apps.get_models(include_auto_created=True))


@cache
def patient_tables() -> tuple[PatientTable, ...]:
    """Every table with rows of patients: those with a key of their own first, then those reached through them."""
    return tables_among(apps.get_models(include_auto_created=True))


@cache
def patient_lists() -> tuple[PatientList, ...]:
    """Columns of several patients' ids. The audit trail's is none of them: it stays as it was written."""
    return tuple(
        PatientList(model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.name == "patients"
        and model._meta.app_label == "loyalty"
        and isinstance(field, ArrayField)
        and isinstance(field.base_field, UUIDField)
    )


def keys_among(models: Iterable[type[Model]]) -> tuple[PatientKey, ...]:
    """As `patient_keys`, of these models."""
    found = [
        PatientKey(model, name, is_own=name == OWN)
        for model in models
        if model is not Patient
        for name, target in _keys_of(model)
        if target is Patient
    ]
    return tuple(sorted(found, key=lambda key: (key.label, key.field)))


def tables_among(models: Iterable[type[Model]]) -> tuple[PatientTable, ...]:
    """As `patient_tables`, of these models."""
    waiting = [model for model in models if model is not Patient]
    direct = {key.model: (OWN,) for key in keys_among(waiting) if key.is_own}
    reached: dict[type[Model], tuple[str, ...]] = dict(direct)
    while True:
        # Through its nearest rows only: what hangs on a promise is not looked for through the visit again.
        step = {
            model: paths
            for model in waiting
            if model not in reached
            if (
                paths := tuple(
                    f"{name}__{path}" for name, target in _keys_of(model) for path in reached.get(target, ())
                )
            )
        }
        if not step:
            break
        reached |= step
    ordered = sorted(reached, key=lambda model: (model not in direct, model._meta.label_lower))
    return tuple(PatientTable(model, reached[model]) for model in ordered)


def records_of(patient_id: UUID) -> tuple[UUID, ...]:
    """The record and all that were merged into it: what the old ones kept is of the same person."""
    merged = Patient.objects.filter(merged_into=patient_id).order_by("id").values_list("id", flat=True)
    return (patient_id, *merged)


def _keys_of(model: type[Model]) -> list[tuple[str, Any]]:
    """The name and the target of each of its keys."""
    return [(field.name, field.related_model) for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
