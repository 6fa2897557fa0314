"""Who treated, by name: those the practice has, and others who never sign in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from core.copying import copy_rows, select_rows
from core.ids import uuid7
from loyalty.models import Staff


class Team:
    """Staff ids by name, whatever its capitals."""

    def __init__(self) -> None:
        rows = select_rows(Staff, ("display_name", "id"), "TRUE ORDER BY is_active, created_at DESC, id DESC", [])
        self._by_name: dict[str, UUID] = {name.casefold(): id for name, id in rows}

    def learn(self, names: Iterable[str], *, now: datetime) -> None:
        """Adds those who are not there yet."""
        new = {name.casefold(): name for name in names if name and name.casefold() not in self._by_name}
        rows = {key: (uuid7(), name) for key, name in new.items()}
        copy_rows(Staff, ("id", "display_name"), rows.values(), now=now)
        self._by_name |= {key: id for key, (id, _) in rows.items()}

    def of(self, name: str) -> UUID | None:
        return self._by_name[name.casefold()] if name else None
