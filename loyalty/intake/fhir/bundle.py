"""Cuts a bundle into its entries while it streams by.

A general streaming parser stops at the first bad byte, or holds a whole text (a picture of many megabytes) in memory.
Here only brackets and quotes are followed, so that one bad entry costs one entry; each is parsed by itself.
"""

import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import BinaryIO

import orjson

from loyalty.intake.fhir.ndjson import BOM
from loyalty.intake.fhir.parts import LARGEST_PART, BadPart, BrokenOff, Part, too_long

CHUNK = 256 * 1024

# Inside a text a backslash takes the next byte with it, so that \" does not end the text.
_TOKEN = re.compile(rb'\\.|["{}\[\]]', re.DOTALL)
_LIST_OF_ENTRIES = re.compile(rb'"entry"\s*:\s*\[$')
_LONGEST_GAP = 4096


def read_entries(
    stream: BinaryIO, *, largest: int = LARGEST_PART, chunk: int = CHUNK, frame: Callable[[bytes], None] | None = None
) -> Iterator[Part | BadPart]:
    """The entries of a bundle, in order; any other document is its own only part.

    frame: called once with what is around the entries, after the last of them; a document that has no entries is all
    frame, and then no part of its own.

    Raises BrokenOff where the document ends early, is no JSON, or holds too much outside of its entries.
    """
    cutter = BundleCutter(largest=largest)
    piece = stream.read(chunk).removeprefix(BOM)
    while piece:
        if _ends_with_half_an_escape(piece):
            piece += stream.read(1)
        yield from cutter.feed(piece)
        piece = stream.read(chunk)
    if frame is None:
        yield from cutter.finish()
        return
    # Says what is wrong with the end of the document; what the frame says is the caller's to judge.
    if cutter.has_list:
        yield from cutter.finish()
    elif not cutter.closed:
        raise BrokenOff("the file ends in the middle, or is no JSON; export it again")
    frame(cutter.frame)


def _ends_with_half_an_escape(piece: bytes) -> bool:
    return (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 1


class _Place(Enum):
    FRAME = "outside of the list of entries"
    GAP = "between two entries, where only a comma may stand"
    ENTRY = "inside an entry"


class _Held:
    """Bytes kept up to a limit; beyond it only `overflowed` remembers that there were more."""

    __slots__ = ("_most", "data", "overflowed")

    def __init__(self, most: int) -> None:
        self._most = most
        self.data = bytearray()
        self.overflowed = False

    def add(self, piece: bytes) -> None:
        if self.overflowed or len(self.data) + len(piece) > self._most:
            self.overflowed = True
            self.data.clear()
        else:
            self.data += piece


class BundleCutter:
    """Follows one JSON document: depth 1 is inside it, 2 inside its list of entries, 3 and more inside an entry."""

    def __init__(self, *, largest: int) -> None:
        self._largest = largest
        self._frame = self._held = _Held(largest)
        self._place = _Place.FRAME
        self._depth = 0
        self._in_text = False
        self._closed = False
        self._has_list = False
        self._number = 0
        self._comma_due = False

    @property
    def frame(self) -> bytes:
        """What was read outside of the entries."""
        return bytes(self._frame.data).strip()

    @property
    def has_list(self) -> bool:
        return self._has_list

    @property
    def closed(self) -> bool:
        return self._closed

    def feed(self, piece: bytes) -> Iterator[Part | BadPart]:
        """The entries that end in this piece."""
        start = 0
        for token in _TOKEN.finditer(piece):
            byte = token[0]
            if byte == b'"':
                self._in_text = not self._in_text
            elif self._in_text or self._closed or len(byte) > 1:
                continue
            elif byte in b"{[":
                self._depth += 1
                if self._place is _Place.GAP and self._depth == 3 and byte == b"{":
                    self._held.add(piece[start : token.start()])
                    start = token.start()
                    yield from self._end_gap(comma=self._comma_due)
                    self._go(_Place.ENTRY, _Held(self._largest))
                elif self._place is _Place.FRAME and self._depth == 2 and byte == b"[":
                    self._held.add(piece[start : token.end()])
                    start = token.end()
                    if self._is_list_of_entries():
                        self._has_list, self._comma_due = True, False
                        self._go(_Place.GAP, _Held(_LONGEST_GAP))
            else:
                self._depth -= 1
                if self._place is _Place.ENTRY and self._depth == 2:
                    self._held.add(piece[start : token.end()])
                    start = token.end()
                    yield self._entry()
                    self._go(_Place.GAP, _Held(_LONGEST_GAP))
                elif self._place is _Place.GAP and self._depth == 1:
                    self._held.add(piece[start : token.start()])
                    start = token.start()
                    yield from self._end_gap(comma=False)
                    self._go(_Place.FRAME, self._frame)
                self._closed = self._depth <= 0
        self._held.add(piece[start:])
        if self._frame.overflowed:
            raise BrokenOff(too_long("what stands outside of a bundle's entries"), number=self._number)

    def finish(self) -> Iterator[Part | BadPart]:
        """The document itself where it is no bundle. Raises BrokenOff where it has no proper end."""
        document = bytes(self._frame.data).strip()
        if not self._closed and (document or self._has_list):
            what = "the file ends in the middle" if document.startswith((b"{", b"[")) else "the file is not JSON"
            raise BrokenOff(f"{what}; export it again", number=self._number)
        if self._has_list:
            self._check_frame(document)
        elif document:
            yield Part(1, document)

    def _check_frame(self, document: bytes) -> None:
        try:
            kind = orjson.loads(document).get("resourceType")
        except orjson.JSONDecodeError as error:
            raise BrokenOff(
                f"the bundle is not valid JSON outside of its entries ({error})", number=self._number
            ) from None
        if kind != "Bundle":
            raise BrokenOff("the file has entries, but its resourceType is not Bundle", number=self._number)

    def _go(self, place: _Place, held: _Held) -> None:
        self._place, self._held = place, held

    def _is_list_of_entries(self) -> bool:
        """Whether the list that opens here holds a bundle's entries: a List resource has a field of that name too."""
        if not _LIST_OF_ENTRIES.search(self._frame.data[-_LONGEST_GAP:]):
            return False
        try:
            head = orjson.loads(bytes(self._frame.data) + b"]}")
        except orjson.JSONDecodeError:
            return True  # finish() says what is wrong with the frame, once the entries are saved
        return bool(head.get("resourceType", "Bundle") == "Bundle")

    def _entry(self) -> Part | BadPart:
        self._number += 1
        self._comma_due = True
        if self._held.overflowed:
            return BadPart(self._number, too_long("the entry"))
        return Part(self._number, bytes(self._held.data))

    def _end_gap(self, *, comma: bool) -> Iterator[BadPart]:
        if self._held.overflowed or bytes(self._held.data.strip()) != (b"," if comma else b""):
            self._number += 1
            yield BadPart(self._number, "something else than an entry stands in the list of entries")
