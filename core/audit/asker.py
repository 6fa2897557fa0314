"""On whose behalf this thread works: set once by whatever lets work in, read by every audit entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class NoAsker(Exception):
    """Something that must be audited was started by nobody: wrap it in `audit.asking(...)`. Nothing was done."""


class AskerKind(StrEnum):
    PERSON = "person"
    KIOSK = "kiosk"
    PARTNER = "partner"
    PATIENT = "patient"
    JOB = "job"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Asker:
    """kind, id: who; None where no row stands for them (a job, an operator at the server's own command line).

    role: what they were at that moment. where: the name of the address, job or command. why: the permission used, or
    the reason given, as a code. address: the network address it came from. request: one id for everything one request
    did.
    """

    kind: AskerKind
    id: UUID | None = None
    role: str = ""
    where: str = ""
    why: str = ""
    address: str | None = None
    request: UUID | None = None

    @classmethod
    def job(cls, name: str) -> "Asker":
        return cls(kind=AskerKind.JOB, where=name, why="job")

    @classmethod
    def operator(cls, command: str, *, why: str = "operation") -> "Asker":
        """Somebody at the server's own command line."""
        return cls(kind=AskerKind.OPERATOR, where=command, why=why)


_current: ContextVar[Asker | None] = ContextVar("asker", default=None)


@contextmanager
def asking(asker: Asker) -> Iterator[Asker]:
    """Everything in the block is done on behalf of `asker`."""
    token = _current.set(asker)
    try:
        yield asker
    finally:
        _current.reset(token)


def current_asker() -> Asker:
    """Raises NoAsker where nobody asks."""
    asker = _current.get()
    if asker is None:
        raise NoAsker("Nobody asks for this: wrap it in audit.asking(...), so that the trail can say who did.")
    return asker
