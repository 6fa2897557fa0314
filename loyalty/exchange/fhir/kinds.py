"""What a FHIR type is here: its rows, what can be searched in them, and how a row becomes a resource."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from loyalty.practice_zone import practice_zone

FhirResource = dict[str, Any]


class ParamKind(StrEnum):
    """Of a search parameter, by the names of FHIR (R4, 3.1.1.4)."""

    TOKEN = "token"  # noqa: S105
    STRING = "string"
    DATE = "date"
    REFERENCE = "reference"


class Prefix(StrEnum):
    EQUAL = "eq"
    AFTER = "gt"
    FROM = "ge"
    BEFORE = "lt"
    UNTIL = "le"


@dataclass(frozen=True, slots=True)
class Token:
    """system: None where it was not named, "" where it was said that there is none."""

    code: str
    system: str | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """first to last, both included: what a day, a month or a year stands for."""

    prefix: Prefix
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Moments:
    """first to before `end`: what a time stands for, by how exactly it was given."""

    prefix: Prefix
    first: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Param:
    """where: the rows, given a value (Token, text, Days or Moments, or an id, by its kind) and the program that asks.

    codes: of a token that takes only those. only_days: of a date that has no time.
    """

    kind: ParamKind
    about: str
    where: Callable[[Any, UUID], Q]
    codes: Sequence[str] = ()
    only_days: bool = False


@dataclass(frozen=True, slots=True)
class FhirType:
    """sent: the trail's verb, "" where no patient is shown. patient: the attribute that names whom a row is of.

    build: resources of rows, in their order, for the program that asks.
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    build: Callable[[Sequence[Any], UUID], list[FhirResource]]
    sent: str = ""
    patient: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)


def during(column: str, value: Days | Moments) -> Q:
    """Rows whose moment in `column` is as was asked; days are those of the practice."""
    if isinstance(value, Days):
        zone = practice_zone()
        first = datetime.combine(value.first, datetime.min.time(), tzinfo=zone)
        end = datetime.combine(date.fromordinal(value.last.toordinal() + 1), datetime.min.time(), tzinfo=zone)
        value = Moments(value.prefix, first, end)
    match value.prefix:
        case Prefix.EQUAL:
            return Q(**{f"{column}__gte": value.first, f"{column}__lt": value.end})
        case Prefix.FROM:
            return Q(**{f"{column}__gte": value.first})
        case Prefix.AFTER:
            return Q(**{f"{column}__gte": value.end})
        case Prefix.UNTIL:
            return Q(**{f"{column}__lt": value.end})
        case Prefix.BEFORE:
            return Q(**{f"{column}__lt": value.first})


def on_days(column: str, value: Days) -> Q:
    """Rows whose day in `column` is as was asked."""
    match value.prefix:
        case Prefix.EQUAL:
            return Q(**{f"{column}__gte": value.first, f"{column}__lte": value.last})
        case Prefix.FROM:
            return Q(**{f"{column}__gte": value.first})
        case Prefix.AFTER:
            return Q(**{f"{column}__gt": value.last})
        case Prefix.UNTIL:
            return Q(**{f"{column}__lte": value.last})
        case Prefix.BEFORE:
            return Q(**{f"{column}__lt": value.first})


def by_id(value: UUID | None, _application_id: UUID) -> Q:
    """None: what was sent can be no id of ours."""
    return Q(id=value) if value is not None else Q(pk__in=())


# What every type is searched by.
USUAL: Mapping[str, Param] = {
    "_id": Param(ParamKind.TOKEN, "The resource's id.", by_id),
    "_lastUpdated": Param(
        ParamKind.DATE,
        "When it was written last. To follow changes without missing one, use webhooks or updated_since of /api/v1/.",
        lambda value, _application_id: during("updated_at", value),
    ),
}
