"""Who wants to know of what. Registered when Django starts, by the packages themselves or by infra."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Happened:
    """What a consumer gets. number: the same at each try, so that a consumer can tell a repetition."""

    number: int
    kind: str
    record_kind: str
    record_id: UUID
    ids: dict[str, Any]
    happened_at: datetime


Consumer = Callable[[Happened], object]
_consumers: dict[str, list[Consumer]] = {}


def consumer(kind: str) -> Callable[[Consumer], Consumer]:
    """Call the decorated function for each event of `kind`, inside the practice, in one transaction with its delivery.

    It may be called again for the same event: what it does outside of the database must bear that.
    """

    def register(function: Consumer) -> Consumer:
        known = _consumers.setdefault(kind, [])
        if function not in known:
            known.append(function)
        return function

    return register


def consumers_of(kind: str) -> tuple[Consumer, ...]:
    return tuple(_consumers.get(kind, ()))
