"""What can be wrong with an export: a row, or the whole source."""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import DomainError


class Outcome(StrEnum):
    """What became of the row that an error speaks about."""

    REFUSED = "refused"
    SKIPPED = "skipped"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class RowError:
    """One line of the error report.

    source: name of the file. line: its line, or the number of the entry in a bundle, from 1; 0 for the file as a whole.
    reason: a plain sentence that says what to correct; it quotes dates, codes and ids, never names or contacts.
    outcome: REFUSED (the row did not land), SKIPPED (its source says not to use it), KEPT (it landed without
    the part named).
    """

    source: str
    line: int
    resource_type: str
    resource_id: str
    reason: str
    outcome: Outcome = Outcome.REFUSED


class SourceError(DomainError):
    """Nothing can be read here at all; the message says what to do. Raised before anything is written."""


class RowRefused(Exception):
    """This row cannot land, for the reason given. Caught by the reader, which reports it and goes on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RowSkipped(RowRefused):
    """The source itself says that this row must not be used."""
