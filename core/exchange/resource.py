"""What of one table other systems read: declared once, read in one way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

Row = dict[str, Any]
InSql = tuple[str, Callable[[UUID], Sequence[str]]]
# Called with the record once it is locked; raises where it is not the one that was seen.
Unless = Callable[[Mapping[str, Any]], None]


class Creates(Protocol):
    """Writes a new row as a program sent it; returns it as programs read it. Raises DomainError with the field."""

    def __call__(self, *, given: Mapping[str, Any], application_id: UUID, now: datetime) -> dict[str, Any]: ...


class Changes(Protocol):
    """Changes a row, over the version that `unless_changed` lets pass; returns it as it is then.

    Raises NotFound, Conflict, DomainError with the field.
    """

    def __call__(
        self,
        *,
        row_id: UUID,
        given: Mapping[str, Any],
        application_id: UUID,
        unless_changed: Unless,
        now: datetime,
    ) -> dict[str, Any]: ...


class Kind(Enum):
    """Of a value in an address."""

    TEXT = "text"
    ID = "id"
    DAY = "day"
    MONTH = "month"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Filter:
    """where: the rows, given the value and the program that asks. Every one is found by an index."""

    kind: Kind
    where: Callable[[Any, UUID], Q]
    choices: Sequence[str] = ()


def column(kind: Kind, lookup: str, choices: Sequence[str] = ()) -> Filter:
    return Filter(kind, lambda value, _application_id: Q(**{lookup: value}), choices)


@dataclass(frozen=True, slots=True)
class Resource:
    """name: of one. sent: the trail's verb, "" where no patient is shown. patient: the column that names whom a row is
    of, "" for none.

    listed: under what the trail's entry names the rows themselves, "" where naming the patients says it all.
    shown: columns that a program sees otherwise than they are kept. added: what is put to each row from other tables;
    add: finds it, given the ids of the rows and the program that asks. in_sql: for lists, the same of `shown` and
    `added`: by name an expression of JSON over a row of the table, and its parameters, given the program that asks.
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[str, ...]
    sent: str = ""
    patient: str = ""
    listed: str = ""
    filters: Mapping[str, Filter] = field(default_factory=dict)
    shown: Mapping[str, Callable[[Any, UUID], Any]] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    add: Callable[[Sequence[UUID], UUID], Mapping[UUID, Row]] | None = None
    in_sql: Mapping[str, InSql] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every name in its representation."""
        return (*self.columns, *self.added)
