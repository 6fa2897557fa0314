"""The entries of a bundle, as rows: patients first, then appointments, then encounters, in whatever order they came.

A visit needs its patient, and what became of an appointment comes after it. So the file is gone through three times,
and a row's position is that of its pass and its entry together: whoever goes on after a crash passes by what is done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from core.sheets.faults import FileRefused, RowFault
from core.sheets.file_type import FHIR
from loyalty.intake.fhir.bundle import read_entries
from loyalty.intake.fhir.fields import kind_of
from loyalty.intake.fhir.parts import BadPart, BrokenOff, Part
from loyalty.intake.fhir.quoting import quoted
from loyalty.intake.fhir.resource_types import KNOWN
from loyalty.intake.fhir.resources import JsonError, parse_json
from loyalty.intake.sheets.reading.stored import open_stored
from loyalty.models import Import

# Larger than any number of entries, or of rows: 64 MB hold fewer.
PASS = 10**9
PASSES = ("Patient", "Appointment", "Encounter")
# Read for the names that visits refer to; no rows of their own.
NAMES = ("Practitioner", "Location", "Organization")
TYPES = ("batch", "collection", "searchset", "transaction")
_WRITES = ("POST", "PUT")


@dataclass(frozen=True, slots=True)
class Entry:
    """full_url: what the bundle calls it; "" where it does not."""

    kind: str
    data: dict[str, Any]
    full_url: str


Numbered = tuple[int, Entry | RowFault]


def entry_number(position: int) -> int:
    """As people count: from 1, in the order of the bundle. Of a table's row, its number."""
    return position % PASS


def rows_of(of: Import, *, after: int = 0) -> Iterator[Numbered]:
    """(position, entry) of each that is a row, after that position. Raises FileRefused."""
    for turn, kind in enumerate(PASSES):
        if after >= (turn + 1) * PASS:
            continue
        for number, entry in every_entry(of):
            is_turn = turn == 0 if isinstance(entry, RowFault) else entry.kind == kind
            if is_turn and turn * PASS + number > after:
                yield turn * PASS + number, entry


def every_entry(of: Import) -> Iterator[Numbered]:
    """(number, entry), those that only give names among them. Raises FileRefused."""
    with open_stored(of.id, size=of.size) as file:
        try:
            for part in read_entries(file, frame=_check_frame):
                entry = _read(part)
                if entry is not None:
                    yield part.number, entry
        except BrokenOff as error:
            raise FileRefused(
                "bundle_broken", f"After entry {error.number} the bundle cannot be read: {error.reason}."
            ) from None


def look_into_bundle(of: Import) -> None:
    """Raises FileRefused for what is no bundle, or holds nothing that is imported."""
    of.file_type, of.header_row, of.header, of.mapping, of.asks = FHIR, 0, [], [], []
    # To its end: what is around the entries is known only there.
    if not sum(isinstance(entry, RowFault) or entry.kind in PASSES for _, entry in every_entry(of)):
        raise FileRefused(
            "bundle_empty",
            "The bundle holds no Patient, Appointment or Encounter. Export those, and choose the new file.",
        )


def _check_frame(document: bytes) -> None:
    """What is around the entries. Raises FileRefused."""
    try:
        frame = orjson.loads(document)
    except orjson.JSONDecodeError:
        frame = {}
    if frame.get("resourceType") != "Bundle":
        raise FileRefused(
            "bundle_none",
            "This is data for a program, and no FHIR bundle. Send a Bundle of Patient, Appointment and Encounter, or"
            " export a table as CSV or Excel (.xlsx).",
        )
    if frame.get("type") not in TYPES:
        raise FileRefused(
            "bundle_type",
            f"The type of the bundle is {quoted(str(frame.get('type')))}. Send one of {', '.join(TYPES)}.",
        )


def _read(part: Part | BadPart) -> Entry | RowFault | None:
    """None for what is nothing to import by what it is, such as what a search says beside what it found."""
    if isinstance(part, BadPart):
        return RowFault(part.reason)
    try:
        data = parse_json(part.data)
    except JsonError as error:
        return RowFault(str(error))
    resource = data.get("resource")
    asked = data.get("request")
    method = asked.get("method") if isinstance(asked, dict) else None
    if method is not None and method not in _WRITES:
        return RowFault(f"request.method is {quoted(str(method))}; an import adds and changes, so send POST or PUT")
    if not isinstance(resource, dict):
        return RowFault(f"resource is {kind_of(resource)}, not an object; put the resource there")
    kind = resource.get("resourceType")
    if kind == "OperationOutcome":
        return None
    if kind not in (*PASSES, *NAMES):
        what = f"{kind} is not imported" if kind in KNOWN else f"resourceType {quoted(str(kind))} is none of FHIR R4"
        return RowFault(f"{what}; leave it out, or send Patient, Appointment or Encounter")
    url = data.get("fullUrl")
    return Entry(str(kind), resource, url if isinstance(url, str) else "")
