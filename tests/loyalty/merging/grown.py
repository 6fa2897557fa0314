"""Two records with rows of every kind that a practice can hold of a patient, and a picture of everything there is."""

import copy
from collections import Counter
from datetime import date, time, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import DataError, IntegrityError, models, transaction
from django.db.utils import InternalError

from core.ids import uuid7
from core.violated import violated
from loyalty.models import Merge, MergeStep, Patient
from loyalty.patients.tables import patient_lists, patient_tables
from tests.cast import NOW
from tests.compliance.phi.canaries import practice_models

_HISTORY = (Merge, MergeStep)
_SPECIAL: dict[str, Any] = {
    "Location.time_zone": "America/Chicago",
    "Holdout.percent": 10,
    "Holdout.outcome_days": 30,
    "Holdout.least_effect": 5,
    "Holdout.salt": "0" * 32,
    "Holdout.starts_on": date(2026, 1, 1),
    "Holdout.ends_on": date(2026, 12, 31),
    # It runs: the counts are those of its close.
    "Holdout.closed_at": None,
    "Holdout.stopped_on": None,
    "Holdout.contacted": None,
    "Holdout.contacted_returned": None,
    "Holdout.held": None,
    "Holdout.held_returned": None,
    "Holdout.held_crossed": None,
}


# How often a row is put together anew until every check of its table agrees.
_TRIES = 150


class Grower:
    """Copies of one row a table, given to whom and varied as asked; what the database refuses is left out."""

    def __init__(self) -> None:
        # The patterns are of a third patient, who stands apart.
        self.third = Patient.objects.create(family_name="Third", patient_since=date(2020, 2, 29))
        self._patterns: dict[type[models.Model], models.Model] = {Patient: self.third}
        self.tables = [one.model for one in patient_tables() if one.model not in _HISTORY]
        self.tables += [one.model for one in patient_lists()]
        self._owned: dict[Any, dict[type[models.Model], models.Model]] = {}
        self.hard: dict[str, Counter[str]] = {}
        random = Random(1)
        for model in self.tables:
            self._make_pattern(model, random)
        self.tables = [model for model in self.tables if model in self._patterns]

    def pattern(self, model: type[models.Model]) -> models.Model:
        return self._patterns[model]

    def _make_pattern(self, model: type[models.Model], random: Random) -> None:
        """One row that the database takes, found by trying; rows it needs come first."""
        if model in self._patterns:
            return
        fields = [one for one in model._meta.concrete_fields if not one.primary_key and not one.generated]
        for field in fields:
            if field.is_relation and not field.null and field.related_model is not model:
                self._make_pattern(field.related_model, random)
        if any(not one.null and one.is_relation and one.related_model not in self._patterns for one in fields):
            self.hard[model.__name__] = Counter(["needs another"])
            return
        why: Counter[str] = Counter()
        for number in range(_TRIES):
            empty = random.random()
            row = model(**{one.name: self._first_value(one, random, number, empty) for one in fields})
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except (DataError, IntegrityError, InternalError) as error:
                why[violated(error)] += 1
                continue
            self._patterns[model] = row
            return
        # A trigger wants rows of other tables, say: such a table is left out, and its name kept.
        self.hard[model.__name__] = why

    def _first_value(self, field: Any, random: Random, number: int, empty: float) -> Any:
        """empty: how likely what may be left open is."""
        if (key := f"{field.model.__name__}.{field.name}") in _SPECIAL:
            return _SPECIAL[key]
        if field.is_relation:
            return self._patterns.get(field.related_model) if not field.null else None
        if field.null and random.random() < empty:
            return None
        if (field.blank or field.has_default()) and random.random() < empty:
            return field.get_default()
        if field.choices:
            return random.choice([one for one, _ in field.choices])
        return self._of_type(field, random, number)

    def _of_type(self, field: Any, random: Random, number: int) -> Any:
        match field:
            case ArrayField():
                return []
            case models.JSONField():
                return {}
            case models.CharField() | models.TextField():
                text = f"a{number}{random.randrange(100)}"[: field.max_length]
                return random.choice([text, ""]) if field.blank else text
            case models.DateTimeField():
                return NOW + timedelta(hours=random.randrange(100))
            case models.DateField():
                return NOW.date() + timedelta(days=random.randrange(30))
            case models.TimeField():
                return time(random.randrange(24))
            case models.UUIDField():
                return uuid4()
            case models.BooleanField():
                return random.random() < 0.5
            case models.BinaryField():
                return b"picture"
        return random.randrange(1, 8)

    def patient(self, number: int, random: Random) -> Patient:
        wishes = ("no_contact", "no_voicemail", "plain_envelope", "not_at_home")
        since = random.choice([None, self.third.patient_since, self.third.patient_since + timedelta(days=number)])
        return Patient.objects.create(
            given_name=random.choice(["", "Ana", "Anna"]),
            family_name=f"Ellison{random.choice(['', number])}",
            record_number=random.choice(["", f"00{number}"]),
            address=random.choice(["", f"{number} Main St"]),
            birth_year=random.choice([None, 1980, 1990]),
            patient_since=since,
            tags=random.choice([[], ["vip"], ["vip", f"tag{number}"]]),
            federal_program=random.choice(["yes", "no", "unknown"]),
            deceased=random.random() < 0.1,
            **{wish: random.random() < 0.3 for wish in wishes},
        )

    def grow(self, model: type[models.Model], of: Patient, others: list[Patient], random: Random) -> None:
        """Add one row of `model` to `of`, mentioning one of `others` where it mentions somebody."""
        row = copy.copy(self._patterns[model])
        row.pk = uuid7()
        row._state = copy.copy(row._state)
        row._state.adding = True
        owned = self._owned.setdefault(of.pk, {})
        # Half of them as the pattern is: checks that tie columns together refuse most of what is varied.
        varied = random.random() < 0.5
        for field in model._meta.concrete_fields:
            if field.primary_key or field.generated or not (varied or field.is_relation):
                continue
            setattr(row, field.name, self._value(field, getattr(row, field.name), of, others, owned, random))
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except (DataError, IntegrityError, InternalError):
            return
        owned[model] = row

    def _value(self, field, value, of, others, owned, random) -> Any:
        if field.is_relation:
            if field.related_model is Patient:
                mentioned = random.choice([*others, None] if field.null else others)
                return of if field.name == "patient" else mentioned
            mine = owned.get(field.related_model)
            if field.related_model in self.tables and mine is None and field.null:
                return None
            return mine or value
        if isinstance(field, ArrayField) and field.name == "patients":
            return [of.id, random.choice(others).id]
        if field.choices:
            return random.choice([value, random.choice(field.choices)[0]])
        if isinstance(field, models.BooleanField):
            return random.random() < 0.5
        # Often the same on both, so that they collide.
        number = random.choice([0, 0, 1, random.randrange(10_000)])
        if isinstance(field, models.DateField):
            return value and value + timedelta(days=number)
        if isinstance(field, models.CharField) and isinstance(value, str) and field.max_length > 30:
            return f"{value}{number}"[: field.max_length]
        return value


def picture() -> dict[str, dict[str, dict[str, Any]]]:
    """Every row of every table of the practice, but for the history of merges and for when a row was touched."""
    return {
        model.__name__: {
            str(row["id"]): {name: value for name, value in row.items() if name != "updated_at"}
            for row in model._default_manager.values()
        }
        for model in practice_models()
        if model not in _HISTORY
    }
