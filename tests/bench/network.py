"""The network that everything is measured in: it grows, as real ones do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.management import call_command
from django.db import connections

from core import audit
from core.tenancy import standby
from core.tenancy.scope import PracticeRef
from tenants.actions.attest_agreement import attest_agreement
from tenants.actions.open_practice import open_practice
from tenants.models import Practice
from tests.bench.readings import Readings


@dataclass(slots=True)
class Network:
    """practices: those that are alike, in the order they opened. making, opening: how long each took."""

    now: datetime
    practices: list[PracticeRef] = field(default_factory=list)
    making: Readings = field(default_factory=Readings)
    opening: Readings = field(default_factory=Readings)

    def prepare(self) -> None:
        call_command("migrate_public", verbosity=0, stdout=_Nowhere())
        call_command("collectstatic", interactive=False, verbosity=0)
        # Compiled once a process; not a part of making one practice.
        standby.new_schema_script()

    def grow(self, to: int) -> None:
        """Open practices until there are `to`."""
        while len(self.practices) < to:
            self.open_one()

    def open_one(self) -> PracticeRef:
        """Make a schema, then claim it, each timed by itself."""
        self.making.take(standby.make)
        self.opening.take(lambda: self.practices.append(self._claim(f"practice-{len(self.practices) + 1}")))
        self._agree(self.practices[-1])
        return self.practices[-1]

    def open_apart(self, slug: str) -> PracticeRef:
        """A practice that is not like the others, because one measurement fills it for itself."""
        standby.make()
        place = self._claim(slug)
        self._agree(place)
        return place

    def _claim(self, slug: str) -> PracticeRef:
        with audit.asking(audit.Asker.operator("bench")):
            return open_practice(
                name=slug.capitalize(),
                slug=slug,
                time_zone="America/Chicago",
                region="West",
                size_band="small",
                joined_on=date(2024, 1, 1),
                now=self.now,
            ).ref

    def _agree(self, place: PracticeRef) -> None:
        """Without it the database takes no patient."""
        practice = Practice.objects.get(id=place.id)
        with audit.asking(audit.Asker.operator("bench")):
            attest_agreement(practice=practice, attested="the bench", aggregation=False, now=self.now)


@contextmanager
def as_owner() -> Iterator[Any]:
    """A cursor of the owner, who may write into every schema by its full name."""
    with connections["owner"].cursor() as cursor:
        yield cursor


class _Nowhere:
    """For a command that says what it did whatever its verbosity."""

    def write(self, words: str, *_: object) -> None:
        pass
