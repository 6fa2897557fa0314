"""What the trail of a practice, or of the network, says was done."""

from core.audit.models import Entry
from core.models import NetworkEntry
from core.tenancy.scope import PracticeRef, practice_scope


def entries_at(place: PracticeRef | None, verb: str) -> list[Entry | NetworkEntry]:
    """Its entries of `verb`, oldest first; `place` None is the network."""
    if place is None:
        return list(NetworkEntry.objects.filter(verb=verb, outcome="done").order_by("at"))
    with practice_scope(place):
        return list(Entry.objects.filter(verb=verb, outcome="done").order_by("at"))
