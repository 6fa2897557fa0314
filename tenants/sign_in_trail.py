"""In which trail something about a sign-in is written: the practice's where somebody is signed in there."""

from collections.abc import Iterator
from contextlib import contextmanager

from core import audit
from core.audit.record import Detail
from core.tenancy.scope import PracticeRef, practice_scope


@contextmanager
def trail_of(practice: PracticeRef | None) -> Iterator[None]:
    """Entries written in the block go to the trail of `practice`, of the network for None."""
    if practice is None:
        yield
        return
    with practice_scope(practice):
        yield


def record_at(practice: PracticeRef | None, verb: str, *, detail: Detail | None = None) -> None:
    """One entry about the asker's own sign-in, factors or session, in the current transaction."""
    with trail_of(practice):
        audit.record(verb, detail=detail)
