"""Reading a trail: newest first, page by page, with what is asked for left to the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from core.audit.models import Entry
from core.audit.record import DENIED
from core.models import NetworkEntry

# What ends so only looks; everything else that was not refused changes something.
LOOKING = ("read", "searched", "found", "exported", "printed")

One = TypeVar("One", Entry, NetworkEntry)


class What(StrEnum):
    LOOKED = "looked"
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wanted:
    """since, until: from and before these moments. person: what somebody did; nobody: what jobs and operators did.

    patient: entries about them, those about all patients included; in a practice's trail only. practice: what concerns
    it; in the network's trail only.
    """

    what: What | None = None
    person: UUID | None = None
    nobody: bool = False
    patient: UUID | None = None
    practice: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the next one goes on after it."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Page(Generic[One]):
    entries: tuple[One, ...]
    after: Place | None


def trail(wanted: Wanted, *, limit: int, after: Place | None = None) -> Page[Entry]:
    """Up to `limit` entries of the practice's trail, newest first, older than `after`. Two statements for a patient."""
    entries = _wanted(Entry.objects.all(), wanted, after=after)
    if wanted.patient is None:
        return _page(iter(entries[: limit + 1]), limit)
    # Two statements, each with an index of its own; one with OR would have none.
    about = entries.filter(patients__contains=[wanted.patient])
    everyone = entries.filter(everyone=True).exclude(patients__contains=[wanted.patient])
    both = (found[: limit + 1] for found in (about, everyone))
    return _page(merge(*both, key=lambda entry: (entry.at, entry.id), reverse=True), limit)


def network_trail(wanted: Wanted, *, limit: int, after: Place | None = None) -> Page[NetworkEntry]:
    """The same of the network's trail. One statement."""
    entries = _wanted(NetworkEntry.objects.all(), wanted, after=after)
    if wanted.practice is not None:
        entries = entries.filter(practice_id=wanted.practice)
    return _page(iter(entries[: limit + 1]), limit)


def whole_trail(wanted: Wanted, *, batch: int = 2000) -> Iterator[Entry]:
    """Everything that is wanted, newest first, in batches: an export must not hold six years in memory."""
    after: Place | None = None
    while True:
        page = trail(wanted, limit=batch, after=after)
        yield from page.entries
        if page.after is None:
            return
        after = page.after


def _page(newest_first: Iterator[One], limit: int) -> Page[One]:
    found = list(islice(newest_first, limit + 1))
    entries = tuple(found[:limit])
    return Page(entries, after=Place(entries[-1].at, entries[-1].id) if len(found) > limit else None)


def _wanted(entries: QuerySet[One], wanted: Wanted, *, after: Place | None) -> QuerySet[One]:
    if wanted.what is What.REFUSED:
        entries = entries.filter(outcome=DENIED)
    elif wanted.what is not None:
        looks = Q(verb__regex=rf"[.]({'|'.join(LOOKING)})$")
        entries = entries.exclude(outcome=DENIED).filter(looks if wanted.what is What.LOOKED else ~looks)
    if wanted.person is not None:
        entries = entries.filter(asker_id=wanted.person)
    if wanted.nobody:
        entries = entries.filter(asker_kind__in=["job", "operator"])
    if wanted.since is not None:
        entries = entries.filter(at__gte=wanted.since)
    if wanted.until is not None:
        entries = entries.filter(at__lt=wanted.until)
    if after is not None:
        entries = entries.filter(Q(at__lt=after.at) | Q(at=after.at, id__lt=after.id), at__lte=after.at)
    return entries.order_by("-at", "-id")
