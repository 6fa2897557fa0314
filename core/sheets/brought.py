"""A file as somebody brings it: how large it may be, and what it is called on a page."""

from collections.abc import Iterable
from pathlib import PurePath

from core.errors import DomainError

MEGABYTE = 1024 * 1024
_LONGEST_NAME = 200


def whole(chunks: Iterable[bytes], *, most: int, then: str) -> bytes:
    """All of it. most: bytes. then: what to do with a larger one, as a sentence.

    Raises DomainError (field "file"), before more than `most` is held.
    """
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            message = f"The file is larger than {most // MEGABYTE} MB. {then}"
            raise DomainError("file_too_large", message, field="file")
        parts.append(chunk)
    return b"".join(parts)


def shown_name(name: str) -> str:
    """Its last part, without what does not print: it is shown, and never opened."""
    plain = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable()).strip()
    return plain[-_LONGEST_NAME:] or "file"
