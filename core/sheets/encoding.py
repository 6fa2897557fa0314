"""In which encoding a text file was written: known for sure, or a guess with what else it could be."""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

from charset_normalizer import from_bytes

UTF_8 = "utf-8-sig"

# What people call them. Each is one that exports of our readers' systems are written in.
NAMES = {
    UTF_8: "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "utf-16-le": "Unicode (UTF-16, little endian)",
    "utf-16-be": "Unicode (UTF-16, big endian)",
    "cp1252": "Western European (Windows)",
    "mac_roman": "Western European (Mac)",
    "cp850": "Western European (DOS)",
    "cp1250": "Central European (Windows)",
    "cp1251": "Cyrillic (Windows)",
    "cp1253": "Greek (Windows)",
    "cp1254": "Turkish (Windows)",
    "cp1258": "Vietnamese (Windows)",
}
_USUAL = ("cp1252", "mac_roman", "cp850", "cp1250")
_SAMPLE_LINES, _SAMPLE_BYTES, _LONGEST_LINE = 200, 16_384, 400
_ZEROS = 0.3


@dataclass(frozen=True, slots=True)
class Guess:
    """sure: the bytes allow nothing else that makes sense. sample: lines that are not plain ASCII, as bytes."""

    encoding: str
    sure: bool
    sample: tuple[bytes, ...] = ()


def guess_encoding(blocks: Iterable[bytes]) -> Guess:
    """Looks at every byte of the file; memory stays constant."""
    blocks = iter(blocks)
    first = next(blocks, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not first.startswith(codecs.BOM_UTF32_LE):
        return Guess("utf-16", sure=True)
    if wide := _without_mark(first):
        return Guess(wide, sure=True)
    decoder = codecs.getincrementaldecoder("utf-8")()
    sample = _Sample()
    whole = True
    for block in _again(first, blocks):
        sample.look(block)
        if whole:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                whole = False
        elif sample.full:
            break
    if whole:
        try:
            decoder.decode(b"", final=True)
            return Guess(UTF_8, sure=True)
        except UnicodeDecodeError:
            pass
    return Guess(_likely(b"\n".join(sample.lines)), sure=False, sample=tuple(sample.lines))


def readings(sample: Iterable[bytes], *, likely: str) -> list[tuple[str, str]]:
    """(encoding, the sample as it would read), the likely one first; without those that cannot be."""
    lines = list(sample)
    found: list[tuple[str, str]] = []
    for encoding in dict.fromkeys([likely, *_USUAL]):
        try:
            words = [_words(line.decode(encoding)) for line in lines]
        except UnicodeDecodeError:
            continue
        shown = ", ".join(dict.fromkeys(word for line in words for word in line))
        found.append((encoding, shown[:120]))
    return found


def _words(line: str) -> list[str]:
    """The words of a line that hold a letter beyond ASCII: by these a person knows whether the reading is right."""
    parts = "".join(c if c.isalpha() or not c.isascii() or c in "'-" else " " for c in line).split()
    return [part for part in parts if not part.isascii()][:3]


def _without_mark(head: bytes) -> str:
    """UTF-16 without its mark shows as zeros in every second place."""
    if len(head) < 4:
        return ""
    even, odd = head[0::2], head[1::2]
    if odd.count(0) / len(odd) > _ZEROS and even.count(0) / len(even) < _ZEROS / 10:
        return "utf-16-le"
    if even.count(0) / len(even) > _ZEROS and odd.count(0) / len(odd) < _ZEROS / 10:
        return "utf-16-be"
    return ""


def _likely(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=[name for name in NAMES if name.startswith(("cp", "mac"))]).best()
    found = codecs.lookup(best.encoding).name if best else ""
    known = {codecs.lookup(name).name: name for name in NAMES}
    return known.get(found, "cp1252")


def _again(first: bytes, blocks: Iterable[bytes]) -> Iterable[bytes]:
    yield first
    yield from blocks


class _Sample:
    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self._bytes = 0
        self._rest = b""

    @property
    def full(self) -> bool:
        return self._bytes >= _SAMPLE_BYTES or len(self.lines) >= _SAMPLE_LINES

    def look(self, block: bytes) -> None:
        if self.full:
            return
        *lines, self._rest = (self._rest + block).replace(b"\r", b"\n").split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            lines, self._rest = [*lines, self._rest], b""
        for line in lines:
            if not line.isascii() and not self.full:
                self.lines.append(line[:_LONGEST_LINE])
                self._bytes += min(len(line), _LONGEST_LINE)
