"""Finds the files of an export and opens them, compressed or not."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from loyalty.intake.fhir.errors import SourceError
from loyalty.intake.fhir.parts import BrokenOff

GZIP_MAGIC = b"\x1f\x8b"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Form(Enum):
    NDJSON = (".ndjson", ".ndjson.gz", ".jsonl", ".jsonl.gz")
    BUNDLE = (".json", ".json.gz")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One readable file. size: bytes on disk."""

    path: Path
    name: str
    form: Form
    size: int


@dataclass(frozen=True, slots=True)
class Source:
    """An export: its files in order of name, and the names of what is not read (other files, folders within)."""

    path: Path
    files: tuple[SourceFile, ...]
    passed_over: tuple[str, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def open_source(path: Path) -> Source:
    """The export at `path`: one file, or a folder (folders within it are not read).

    Raises SourceError, with what to do, where there is nothing to read or no permission to.
    """
    try:
        if path.is_dir():
            entries = sorted(path.iterdir(), key=lambda entry: entry.name)
            files = [file for entry in entries if (file := _source_file(entry))]
            taken = {file.path for file in files}
            rest = tuple(entry.name for entry in entries if entry not in taken and not entry.name.startswith("."))
        else:
            path.stat()
            file = _source_file(path)
            files, rest = ([file], ()) if file else ([], (path.name,))
        for file in files:
            file.path.open("rb").close()
    except FileNotFoundError:
        raise SourceError("source_missing", f"{path} does not exist. Check the path.") from None
    except PermissionError as error:
        raise SourceError(
            "source_forbidden", f"{error.filename} may not be read. Give this user permission to."
        ) from None
    except OSError as error:
        raise SourceError("source_unreadable", f"{path} cannot be read: {error.strerror}.") from None
    if not files:
        raise SourceError(
            "source_empty", f"{path} holds nothing to read. It needs .ndjson, .ndjson.gz, .json or .json.gz files."
        )
    return Source(path, tuple(files), rest)


def _source_file(path: Path) -> SourceFile | None:
    """None for what is not ours; a pipe or device is never opened, it could wait forever."""
    name = path.name.lower()
    form = next((form for form in Form if name.endswith(form.value)), None)
    if form is None or path.name.startswith(".") or not path.is_file():
        return None
    return SourceFile(path, path.name, form, path.stat().st_size)


@contextmanager
def open_file(file: SourceFile) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """The decompressed bytes, and the file on disk, whose tell() says how far reading has come.

    Whether it is compressed is told by its first bytes, not by its name: browsers unpack downloads silently.
    """
    with file.path.open("rb") as raw:
        head = raw.read(2)
        raw.seek(0)
        if head in UTF_16_MARKS:
            raise BrokenOff("the file is UTF-16; save it as UTF-8")
        if head == GZIP_MAGIC:
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield io.BufferedReader(unpacked, 256 * 1024), raw
        else:
            yield raw, raw
