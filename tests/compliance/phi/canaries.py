"""Values that occur nowhere else, in every field of every model of a practice that could speak of a patient."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from infra.installed_apps import PRACTICE_APPS

MARK = "Zqxjkv"
DAY = date(1887, 3, 9)
MOMENT = datetime(1887, 3, 9, 12, 34, 56, tzinfo=UTC)
PHONE = "+19715550187"
EMAIL = f"{MARK}@example.com"
WORDS = f"{MARK} fears needles"
# What is looked for, in lower case, in everything that left.
NEEDLES = (MARK.lower(), "1887-03-09", "march 9, 1887", "03/09/1887", "3/9/1887", "9715550187", "971) 555-0187")

# These tell of what was done, by ids and codes only; nothing is put in, and no canary may be found in them.
TELLING = ("audit", "outbox", "webhooks")
_NUMBER = count(1)

# Where a constraint wants something else than the rule for its type.
_SPECIAL: dict[str, Any] = {
    "Location.time_zone": "America/Chicago",
    "TextNumber.number": PHONE,
    "TextNumber.only": True,
    "PrivacyContact.only": True,
    "Memory.forgotten_at": None,
    "Figure.month": date(1887, 3, 1),
    "MonthlyReport.month": date(1887, 3, 1),
    # Keys and totals, in a form that its PDF reads.
    "MonthlyReport.content": {"headlines": [], "better": [], "worse": [], "weakest": "", "weakest_value": None},
    "Patient.deceased": True,
    "Patient.merged_into": None,
    "Guardianship.guardian": None,
    "Referral.referrer": None,
    "Staff.person_id": None,
    "MessageTemplate.channel": "email",
    "Message.channel": "email",
    "Consent.channel": "email",
    "OpeningHours.closes": time(17),
    "Import.date_order": "mdy",
    "PurchaseFile.date_order": "mdy",
    "PurchaseFile.currency": "USD",
    "PurchaseFile.rows": 3,
    "PurchaseFile.state": "open",
    "PlaybookRule.score_from": None,
    "PlaybookRule.score_to": None,
    "ReviewAsking.every_days": 180,
    # It is asked for on a later day than a visit that is over.
    "Visit.status": "completed",
    "ReviewInvitation.day": date(1887, 3, 10),
    "ReviewInvitation.drawn": True,
    "ReviewInvitation.channel": "email",
    # A denied correction with a statement against it: what has ended is a restriction.
    "RecordRequest.state": "denied",
    "RecordRequest.recipient": "",
    "RecordRequest.due_on": date(1887, 5, 8),
    "RecordRequest.ended_on": None,
    "RecordRequest.ended_because": "",
    "Kiosk.revoked_at": None,
    # Who came twice is late, and not yet gone. The look-back is numbers, in a form that its page reads.
    "Drift.visits": 2,
    "Drift.gone_from": date(1887, 6, 1),
    "DriftFit.backtest": None,
    "DriftFit.first_return": None,
    "FeedbackLink.used_at": None,
    "Holdout.percent": 10,
    "Holdout.outcome_days": 30,
    "Holdout.least_effect": 5,
    "Holdout.ends_on": date(1888, 3, 9),
    "Holdout.salt": "0" * 32,
}
_WITHOUT_WORDS = (
    "Location.time_zone",
    "Import.file_type",
    "Import.separator",
    "Import.date_order",
    "PurchaseFile.date_order",
    "PurchaseFile.currency",
    "PurchaseFile.file_type",
    "PurchaseFile.separator",
    "DriftFit.backtest",
    "DriftFit.first_return",
    "MonthlyReport.content",
    "RecordRequest.ended_because",
    "Holdout.salt",
)
_NUMBERS = {"year": DAY.year, "month": DAY.month, "day": DAY.day}


def practice_models() -> list[type[models.Model]]:
    """Every model whose table is in a practice's schema, apart from those that tell what was done."""
    labels = [app.label for app in apps.get_app_configs() if app.name in PRACTICE_APPS]
    return [model for label in labels if label not in TELLING for model in apps.get_app_config(label).get_models()]


def fill() -> list[models.Model]:
    """One row of every model, inside the practice, with every field filled."""
    made: dict[type[models.Model], models.Model] = {}
    waiting = practice_models()
    while waiting:
        ready = [model for model in waiting if _needs(model) <= made.keys()]
        assert ready, f"these models need each other: {waiting}"
        for model in ready:
            made[model] = model(**{field.name: _value(model, field, made) for field in _fields(model)})
            made[model].save(force_insert=True)
        waiting = [model for model in waiting if model not in made]
    return list(made.values())


def fields_without_a_canary(rows: list[models.Model]) -> list[str]:
    """Fields that could hold words, and hold none of ours: "Model.field"."""
    return [
        f"{type(row).__name__}.{field.name}"
        for row in rows
        for field in _fields(type(row))
        if _could_hold_words(field) and not is_canary(getattr(row, field.name))
        if f"{type(row).__name__}.{field.name}" not in _WITHOUT_WORDS
    ]


def is_canary(value: object) -> bool:
    return any(needle in str(value).lower() for needle in NEEDLES)


def _fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key and not field.generated]


def _needs(model: type[models.Model]) -> set[type[models.Model]]:
    return {
        field.related_model
        for field in _fields(model)
        if field.is_relation and field.related_model is not model and _key(model, field) not in _SPECIAL
    }


def _could_hold_words(field: models.Field) -> bool:
    if isinstance(field, ArrayField):
        return _could_hold_words(field.base_field)
    return isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices


def _key(model: type[models.Model], field: models.Field) -> str:
    return f"{model.__name__}.{field.name}"


def _value(model: type[models.Model], field: models.Field, made: dict[type[models.Model], models.Model]) -> Any:
    if _key(model, field) in _SPECIAL:
        return _SPECIAL[_key(model, field)]
    if field.is_relation:
        return made.get(field.related_model)
    return next(_by_type(field))


def _by_type(field: models.Field) -> Iterator[Any]:
    """The first that fits."""
    if field.choices:
        yield field.get_default() or field.choices[0][0]
    match field:
        case ArrayField():
            yield [next(_by_type(field.base_field))]
        case models.JSONField():
            yield {"said": WORDS}
        case models.BinaryField():
            yield WORDS.encode()
        case models.URLField():
            yield f"https://{MARK.lower()}.example/"
        case models.CharField() | models.TextField():
            yield _words(field)
        case models.TimeField():
            yield time(12, 34, 56)
        case models.DateTimeField():
            yield MOMENT
        case models.DateField():
            yield DAY
        case models.UUIDField():
            yield uuid4()
        case models.BooleanField():
            yield bool(field.get_default())
        case models.IntegerField() if any(
            isinstance(rule, models.UniqueConstraint) and tuple(rule.fields) == (field.name,)
            for rule in field.model._meta.constraints
        ):
            # A place in an order, there once: before those that other rows of the house hold.
            yield 0
        case models.IntegerField() | models.FloatField():
            yield _NUMBERS.get(field.name.rpartition("_")[2], 1)
    raise AssertionError(f"a field of a new type: say in {__name__} what fills it: {field!r}")


def _words(field: models.Field) -> str:
    if "email" in field.name:
        return f"{MARK}{next(_NUMBER)}@example.com"
    if "phone" in field.name:
        return PHONE
    return f"{MARK}{next(_NUMBER)}"[: field.max_length]
