"""A table is brought to Aurora: each step as the portal takes it, without its jobs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from core.tenancy.scope import PracticeRef
from loyalty.intake.check_import import check_import
from loyalty.intake.choose_columns import Columns, choose_columns
from loyalty.intake.choose_reading import Reading, choose_reading
from loyalty.intake.run_import import run_import
from loyalty.intake.run_undo import run_undo
from loyalty.intake.start_import import start_import
from loyalty.intake.undo_import import undo_import
from loyalty.intake.upload import upload
from loyalty.models import Import, ImportIssue


@dataclass
class Clock:
    """A moment later each time it is asked: a batch is told from the next by its moment."""

    begins: datetime
    ticks: Any = field(default_factory=count)

    def __call__(self) -> datetime:
        return self.begins + timedelta(milliseconds=next(self.ticks))


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@dataclass
class Bring:
    """bring("Name,Phone\\n…") uploads, checks and imports; each step alone by its name."""

    clock: Clock

    def __call__(self, content: str | bytes, **said: Any) -> Import:
        return self.run(self.checked(content, **said))

    def upload(self, content: str | bytes, *, name: str = "clients.csv", kind: str = "", **reading: Any) -> Import:
        data = content.encode() if isinstance(content, str) else content
        of = upload(name=name, chunks=[data], kind=kind)
        return choose_reading(import_id=of.id, reading=Reading(**reading)) if reading else of

    def checked(
        self,
        content: str | bytes,
        *,
        mapping: Sequence[str] | None = None,
        known_as: str | None = None,
        date_order: str = "",
        location_id: Any = None,
        **said: Any,
    ) -> Import:
        return self.check(
            self.upload(content, **said),
            mapping=mapping,
            known_as=known_as,
            date_order=date_order,
            location_id=location_id,
        )

    def check(
        self,
        of: Import,
        *,
        mapping: Sequence[str] | None = None,
        known_as: str | None = None,
        date_order: str = "",
        location_id: Any = None,
    ) -> Import:
        columns = Columns(
            mapping=of.mapping if mapping is None else mapping,
            known_as=(of.known_as or "Elsewhere") if known_as is None else known_as,
            date_order=date_order,
            location_id=location_id,
        )
        choose_columns(import_id=of.id, columns=columns, background=False, now=self.clock())
        check_import(import_id=of.id, clock=self.clock)
        of.refresh_from_db()
        return of

    def run(self, of: Import) -> Import:
        start_import(import_id=of.id, background=False, now=self.clock())
        run_import(import_id=of.id, clock=self.clock)
        of.refresh_from_db()
        return of

    def undo(self, of: Import) -> Import:
        undo_import(import_id=of.id, background=False, now=self.clock())
        run_undo(import_id=of.id, clock=self.clock)
        of.refresh_from_db()
        return of


@pytest.fixture
def bring(in_aurora: PracticeRef, clock: Clock) -> Bring:
    return Bring(clock)


@pytest.fixture
def issues() -> Callable[[Import], list[tuple[int, str, str, bool]]]:
    """issues(of) → (row, column, reason, lands) in the order of the file."""
    return lambda of: list(
        ImportIssue.objects.filter(of=of).order_by("row", "id").values_list("row", "column", "reason", "lands")
    )


def counts(of: Import) -> dict[str, int]:
    """What it did, without what it did not."""
    names = ("new", "changed", "unchanged", "refused", "remarked", "removed", "restored", "kept")
    return {name: getattr(of, name) for name in names if getattr(of, name)}
