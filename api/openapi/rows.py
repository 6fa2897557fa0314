"""The JSON Schema of what is answered: of the records from their columns, and of the few answers that are no record."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from api.openapi.bodies import MONTH, UUID, Schema
from api.openapi.meanings import meaning_of
from billing.purchasing.exchange.purchases import Match
from billing.purchasing.exchange.write_purchases import Outcome
from core.exchange.resource import Resource
from core.money import DIGITS
from loyalty.benchmarks.models import CohortKind
from loyalty.exchange.patients import POINT
from loyalty.metrics.definition import Better, Unit
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.models import ContactPoint
from loyalty.patients.change_contact_points import MOST
from tenants.partners.scopes import Scope
from tenants.webhooks.event_types import EVENT_TYPES, TEST
from tenants.webhooks.listed import Health
from tenants.webhooks.models import DeliveryState, OffWhy

TEXT: Schema = {"type": "string"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
_KINDS = {"type": "array", "items": {"type": "string", "enum": [one.name for one in EVENT_TYPES]}}


def row_schema(resource: Resource) -> Schema:
    model = resource.rows().model
    columns = {name: _column(model, name) for name in resource.columns}
    return exactly(columns | {name: _ADDED[name] for name in resource.added}, of=resource.name)


def partly(row: Schema) -> Schema:
    """In a list it may have been asked for some of its fields."""
    return {name: value for name, value in row.items() if name != "required"}


def listed(item: Schema, *, followed: bool) -> Schema:
    """followed: whether it gives a watermark."""
    next_page = {"type": ["string", "null"], "description": "Send it as `after` for the next page; null at the end."}
    since = {"type": "string", "description": "Send it as `updated_since` another day, to read what changed meanwhile."}
    return exactly(
        {"data": {"type": "array", "items": item}, "next": next_page, **({"watermark": since} if followed else {})}
    )


def exactly(properties: Mapping[str, Schema], *, of: str = "") -> Schema:
    """An object of these members, all of them there. of: the resource that it is a row of, or a part of one."""
    told = {name: {**schema, **_meaning(name, schema, of)} for name, schema in properties.items()}
    return {"type": "object", "properties": told, "required": list(told), "additionalProperties": False}


def _meaning(name: str, schema: Schema, of: str) -> Schema:
    words = meaning_of(name, of=of)
    return {"description": words} if words and "$ref" not in schema else {}


def _column(model: type[models.Model], attname: str) -> Schema:
    field = next(one for one in model._meta.concrete_fields if one.attname == attname)
    schema = _typed(field)
    return {**schema, "type": [schema["type"], "null"]} if field.null else schema


def _typed(field: Any) -> Schema:
    match field:
        case models.ForeignKey() | models.UUIDField():
            return dict(UUID)
        case ArrayField():
            return {"type": "array", "items": _typed(field.base_field)}
        case models.BooleanField():
            return dict(FLAG)
        case models.DateTimeField():
            return dict(MOMENT)
        case models.DateField():
            return dict(DAY)
        case models.IntegerField():
            return {"type": "integer"}
        case models.DecimalField():
            return dict(NUMBER)
        case models.CharField() | models.TextField() if field.choices:
            choices = [value for value, _ in field.flatchoices]
            return {"type": "string", "enum": [*choices, ""] if field.blank and "" not in choices else choices}
        case models.CharField() | models.TextField():
            # What is kept may be longer than what is shown of it.
            return dict(TEXT)
    raise TypeError(type(field).__name__)


def _points() -> Schema:
    row = exactly({name: _column(ContactPoint, name) for name in POINT})
    return {"type": "array", "items": row, "maxItems": 2 * MOST}


def nullable(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _nullable_enum(values: Iterable[str]) -> Schema:
    return {"type": ["string", "null"], "enum": [*values, None]}


_ADDED: dict[str, Schema] = {
    "contact_points": _points(),
    "external_id": TEXT,
    "external_ids": {"type": "array", "items": TEXT},
    "site": TEXT,
    "match": {"type": "string", "enum": list(Match)},
    **dict.fromkeys(
        (
            "vendor_name", "contract_number", "contract_name", "item_name", "manufacturer", "sku", "ndc", "unit",
        ),
        TEXT,
    ),
    "vendor_id": dict(UUID),
    "currency": {"type": "string", "enum": list(DIGITS)},
    "units": {"type": "array", "items": exactly({"name": TEXT, "holds": COUNT})},
    "catalog_prices": {"type": "array", "items": exactly({"from_day": DAY, "minor": COUNT})},
    "prices": {
        "type": "array",
        "items": exactly({"from_quantity": COUNT, "minor": nullable(COUNT), "off": nullable(NUMBER)}, of="offer"),
    },
}  # fmt: skip

CONNECTION = exactly(
    {
        "application": exactly({"id": UUID, "name": TEXT}),
        "practice": exactly({"id": UUID, "name": TEXT, "slug": TEXT}),
        "scopes": {"type": "array", "items": {"type": "string", "enum": list(Scope)}},
        "expires_at": MOMENT,
    }
)
EVENT_TYPE = exactly({"name": TEXT, "scope": {"type": "string", "enum": list(Scope)}, "means": TEXT, "offered": FLAG})
ENDPOINT = exactly(
    {
        "id": UUID,
        "url": {"type": "string", "format": "uri"},
        "event_types": _KINDS,
        "is_on": FLAG,
        "switched_off": _nullable_enum(OffWhy.values),
        "health": {"type": "string", "enum": list(Health)},
        "waiting": COUNT,
        "missed": COUNT,
        "last_arrived_at": nullable(MOMENT),
    }
)
SECRET = {"type": ["string", "null"], "description": "Shown once. null where the answer is given again."}
NEW_ENDPOINT = exactly({**ENDPOINT["properties"], "secret": SECRET})
NEW_SECRET = exactly({"id": UUID, "old_signs_until": nullable(MOMENT), "secret": SECRET})
REPLAYED = exactly({"count": COUNT})
DELIVERY = exactly(
    {
        "id": UUID,
        "webhook_id": TEXT,
        "type": {"type": "string", "enum": [*(one.name for one in EVENT_TYPES), TEST]},
        "happened_at": MOMENT,
        "state": {"type": "string", "enum": DeliveryState.values},
        "tries": COUNT,
        "tried_at": nullable(MOMENT),
        "next_try_at": nullable(MOMENT),
        "ended_at": nullable(MOMENT),
        "status": {"type": ["integer", "null"]},
        "problem": TEXT,
    }
)
RULE: Schema = {**exactly({"rule": TEXT, "sentence": TEXT}), "type": ["object", "null"]}
_OF_METRIC = {
    "metric": {"type": "string", "enum": list(DEFINITIONS)},
    "name": TEXT,
    "unit": {"type": "string", "enum": list(Unit)},
    "better": {"type": "string", "enum": list(Better)},
    "definition_version": COUNT,
    "month": MONTH,
}
FIGURE = exactly(
    {
        **_OF_METRIC,
        "value": NUMBER,
        "low": nullable(NUMBER),
        "high": nullable(NUMBER),
        "numerator": NUMBER,
        "denominator": COUNT,
        "n": COUNT,
        "is_uncertain": FLAG,
        "version": COUNT,
        "why": TEXT,
        "computed_at": MOMENT,
    }
)
RELEASE = exactly(
    {
        **_OF_METRIC,
        "cohort_kind": {"type": "string", "enum": CohortKind.values},
        "cohort": TEXT,
        "practices": nullable(COUNT),
        **{name: nullable(NUMBER) for name in ("p10", "p25", "p50", "p75", "p90")},
        "hidden": RULE,
        "version": COUNT,
        "why": TEXT,
        "released_at": MOMENT,
    }
)
FAULT = exactly({"pointer": TEXT, "code": TEXT, "detail": TEXT})
UPSERTED = exactly(
    {
        "results": {
            "type": "array",
            "items": exactly(
                {
                    "external_id": TEXT,
                    "status": {"type": "string", "enum": ["created", "updated", "unchanged", "refused"]},
                    "id": nullable(UUID),
                    "errors": {"type": "array", "items": FAULT},
                }
            ),
        }
    }
)
PURCHASES_UPSERTED = exactly(
    {
        "results": {
            "type": "array",
            "items": exactly(
                {
                    "external_id": TEXT,
                    "status": {"type": "string", "enum": list(Outcome)},
                    "id": nullable(UUID),
                    "match": _nullable_enum(Match),
                    "item_id": nullable(UUID),
                    "units": nullable(NUMBER),
                    "errors": {"type": "array", "items": FAULT},
                }
            ),
        }
    }
)
PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "description": "urn:perennial:problem: and the code."},
        "title": TEXT,
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable: decide by it."},
        "detail": {"type": "string", "description": "What to do about this one, for people."},
        "parameter": {"type": "string", "description": "The parameter of the address that it is about."},
        "errors": {"type": "array", "items": FAULT, "description": "In the body, each with its place (RFC 6901)."},
    },
    "required": ["type", "title", "status", "code", "detail"],
    "additionalProperties": False,
}
