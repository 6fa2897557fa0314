"""The catalogue of services, grown by what an export calls its visits."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from core.copying import copy_rows, select_rows
from core.ids import uuid7
from loyalty.intake.loading.external_id import external_id
from loyalty.models import Service

_COLUMNS = ("id", "external_id", "name")
_LISTED = ("id", "name", "external_id")


class Catalogue:
    """Service ids by name. Codes with the same name are one service: the team knows it by its name."""

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._by_name: dict[str, UUID] = {}
        self._by_external_id: dict[str, UUID] = {}
        for id, name, external in select_rows(
            Service, _LISTED, "TRUE ORDER BY is_active, created_at DESC, id DESC", []
        ):
            self._by_name[name.casefold()] = id
            if external:
                self._by_external_id[external] = id
        self.added = 0

    def learn(self, names: Iterable[str]) -> None:
        """Adds the services that are not there yet. One that the practice renamed is still found by its external id."""
        new: dict[str, tuple[UUID, str, str]] = {}
        for name in names:
            key = name.casefold()
            external = external_id("service", key)
            if key in self._by_name or external in self._by_external_id or external in new:
                continue
            new[external] = (uuid7(), external, name)
        copy_rows(Service, _COLUMNS, new.values(), now=self._now)
        self._by_external_id |= {external: id for id, external, _ in new.values()}
        self.added += len(new)

    def of(self, name: str) -> UUID:
        key = name.casefold()
        return self._by_external_id.get(external_id("service", key)) or self._by_name[key]
