"""The pieces a file is cut into: one JSON document each, small enough to hold."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

# A resource of a practice is a few kilobytes; what is larger carries pictures.
LARGEST_PART = 4 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Part:
    """number: the line, or the entry of a bundle, from 1. data: its JSON, as bytes."""

    number: int
    data: bytes


@dataclass(frozen=True, slots=True)
class BadPart:
    """A part that was passed over without holding it in memory. number 0: the file as a whole."""

    number: int
    reason: str


def too_long(what: str) -> str:
    return f"{what} is longer than {LARGEST_PART // MEGABYTE} MiB, as with an embedded picture; take the picture out"


class BrokenOff(Exception):
    """The file cannot be read any further; what came before it stands."""

    def __init__(self, reason: str, *, number: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.number = number
