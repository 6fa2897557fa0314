"""The resources of a file, one after another; whatever cannot be one is reported and passed over."""

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from loyalty.intake.fhir.bundle import read_entries
from loyalty.intake.fhir.errors import RowError
from loyalty.intake.fhir.fields import kind_of
from loyalty.intake.fhir.ndjson import read_lines
from loyalty.intake.fhir.parts import BadPart, BrokenOff, Part
from loyalty.intake.fhir.quoting import quoted
from loyalty.intake.fhir.resource_types import KNOWN
from loyalty.intake.fhir.rows import Origin
from loyalty.intake.fhir.source import Form, SourceFile, open_file

Report = Callable[[RowError], None]
Progress = Callable[[int], None]

# How many parts go by between two words to the progress bar.
_STEP = 256


@dataclass(frozen=True, slots=True)
class Resource:
    """full_url: what a bundle calls the resource; "" elsewhere."""

    origin: Origin
    kind: str
    data: dict[str, Any]
    full_url: str = ""


class JsonError(Exception):
    """The part is no resource, for this reason."""


def read_resources(file: SourceFile, *, report: Report, progress: Progress) -> Iterator[Resource]:
    """Every resource of a known type. A file that breaks off is reported after the rows that could be read.

    progress: called with the number of bytes read from disk since the last call; sums up to the file's size.
    """
    told = last = 0
    try:
        with open_file(file) as (stream, raw):
            cut = read_lines if file.form is Form.NDJSON else read_entries
            for count, part in enumerate(cut(stream)):
                last = part.number
                if count % _STEP == 0:
                    progress(raw.tell() - told)
                    told = raw.tell()
                resource = _resource(file, part, report)
                if resource is not None:
                    yield resource
    except BrokenOff as error:
        report(RowError(file.name, error.number or last, "", "", error.reason))
    except (EOFError, zlib.error, OSError) as error:
        reason = f"the file breaks off here ({error}); what follows was not read; export it again"
        report(RowError(file.name, last, "", "", reason))
    progress(file.size - told)


def _resource(file: SourceFile, part: Part | BadPart, report: Report) -> Resource | None:
    origin = Origin(file.name, part.number)
    try:
        if isinstance(part, BadPart):
            raise JsonError(part.reason)
        data, full_url = parse_json(part.data), ""
        if file.form is Form.BUNDLE and "resource" in data and "resourceType" not in data:
            full_url = data["fullUrl"] if isinstance(data.get("fullUrl"), str) else ""
            data = data["resource"]
            if not isinstance(data, dict):
                raise JsonError(f"resource is {kind_of(data)}, not an object")
        elif file.form is Form.BUNDLE and "resourceType" not in data:
            raise JsonError("the entry has no resource")
        kind = data.get("resourceType")
        if not isinstance(kind, str):
            raise JsonError(
                f"resourceType is {kind_of(kind)}, so this is no FHIR resource" if kind else "has no resourceType"
            )
        if kind not in KNOWN:
            raise JsonError(f"resourceType {quoted(kind)} does not exist in FHIR R4")
    except JsonError as error:
        report(RowError(origin.source, origin.line, "", "", str(error)))
        return None
    return Resource(origin, kind, data, full_url)


def parse_json(data: bytes) -> dict[str, Any]:
    """One JSON object. Raises JsonError with a reason in words."""
    try:
        parsed = orjson.loads(data)
    except orjson.JSONDecodeError:
        parsed = _parse_leniently(data)
    if not isinstance(parsed, dict):
        raise JsonError(f"is {kind_of(parsed)}, not an object")
    return parsed


def _parse_leniently(data: bytes) -> Any:
    """What the strict parser refuses whole, such as half a character or 1e999, may cost one field only."""
    try:
        return json.loads(data.decode())
    except UnicodeDecodeError as error:
        raise JsonError(f"is not valid UTF-8 at byte {error.start + 1}; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise JsonError(f"is not valid JSON at character {error.pos + 1} ({error.msg})") from None
    except RecursionError:
        raise JsonError("is nested too deeply to be a FHIR resource") from None
    except ValueError:
        raise JsonError("holds a number with thousands of digits") from None
