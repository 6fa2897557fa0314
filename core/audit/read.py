"""Reading a practice's trail: newest first, page by page, with what is asked for left to the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet

from core.audit.models import Entry
from core.audit.record import DENIED

# What ends so only looks; everything else that was not refused changes something.
LOOKING = ("read", "searched", "found", "exported", "printed")


class What(StrEnum):
    LOOKED = "looked"
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wanted:
    """since, until: from and before these moments. patient: entries about them, those about all patients included.

    person: what somebody did; nobody: what jobs and operators did.
    """

    what: What | None = None
    person: UUID | None = None
    nobody: bool = False
    patient: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the next one goes on after it."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Page:
    entries: tuple[Entry, ...]
    after: Place | None


def trail(wanted: Wanted, *, limit: int, after: Place | None = None) -> Page:
    """Up to `limit` entries, newest first, older than `after`. One statement; two for a patient."""
    found = list(islice(_newest_first(wanted, after=after, limit=limit + 1), limit + 1))
    more = len(found) > limit
    entries = tuple(found[:limit])
    return Page(entries, after=Place(entries[-1].at, entries[-1].id) if more else None)


def whole_trail(wanted: Wanted, *, batch: int = 2000) -> Iterator[Entry]:
    """Everything that is wanted, newest first, in batches: an export must not hold six years in memory."""
    after: Place | None = None
    while True:
        page = trail(wanted, limit=batch, after=after)
        yield from page.entries
        if page.after is None:
            return
        after = page.after


def _newest_first(wanted: Wanted, *, after: Place | None, limit: int) -> Iterator[Entry]:
    matching = _matching(wanted)
    if after is not None:
        matching = matching.filter(Q(at__lt=after.at) | Q(at=after.at, id__lt=after.id), at__lte=after.at)
    matching = matching.order_by("-at", "-id")
    if wanted.patient is None:
        return iter(matching[:limit])
    # Two statements, each with an index of its own; one with OR would have none.
    about = matching.filter(patients__contains=[wanted.patient])[:limit]
    everyone = matching.filter(everyone=True).exclude(patients__contains=[wanted.patient])[:limit]
    return merge(about, everyone, key=lambda entry: (entry.at, entry.id), reverse=True)


def _matching(wanted: Wanted) -> QuerySet[Entry]:
    entries = Entry.objects.all()
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
    return entries
