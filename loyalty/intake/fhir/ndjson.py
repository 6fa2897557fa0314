"""Cuts newline-delimited JSON into lines, each held once, none longer than 4 MiB."""

from collections.abc import Iterator
from typing import BinaryIO

from loyalty.intake.fhir.parts import LARGEST_PART, BadPart, Part, too_long

BOM = b"\xef\xbb\xbf"


def read_lines(stream: BinaryIO, *, largest: int = LARGEST_PART) -> Iterator[Part | BadPart]:
    """The lines that hold something, with their numbers; CRLF and a leading byte order mark are taken off."""
    number = 0
    while line := stream.readline(largest + 2):
        number += 1
        if len(line) > largest and not line.endswith(b"\n"):
            _skip_rest(stream, largest)
            yield BadPart(number, too_long("the line"))
            continue
        if number == 1:
            line = line.removeprefix(BOM)
        line = line.strip()
        if line:
            yield Part(number, line)


def _skip_rest(stream: BinaryIO, step: int) -> None:
    while (rest := stream.readline(step)) and not rest.endswith(b"\n"):
        pass
