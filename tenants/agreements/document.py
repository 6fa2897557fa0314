"""One version of an agreement's text: what is read, hashed, accepted and kept."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from tenants.models import Document


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text as a page shows it. kind: "heading", "paragraph" or "list"."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """version counts up from 1. since: the day it is asked for. changes: what is new in it, "" for the first."""

    document: Document
    version: int
    since: date
    wording: str
    changes: str = ""

    @property
    def title(self) -> str:
        return str(self.document.label)

    @property
    def sha256(self) -> str:
        return sha256_of(self.wording)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(_block(part) for part in self.wording.strip().split("\n\n"))


def sha256_of(wording: str) -> str:
    """In hexadecimal, of the text as UTF-8."""
    return sha256(wording.encode()).hexdigest()


def _block(part: str) -> Block:
    lines = tuple(part.splitlines())
    if lines[0].startswith("## "):
        return Block("heading", (lines[0].removeprefix("## "),))
    if all(line.startswith("- ") for line in lines):
        return Block("list", tuple(line.removeprefix("- ") for line in lines))
    return Block("paragraph", lines)
