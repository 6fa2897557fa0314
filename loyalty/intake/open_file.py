"""What a person needs to see of a file to say how it is read, and what its columns are."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core import audit
from core.errors import Conflict, NotFound
from core.sheets.encoding import NAMES, readings
from core.sheets.file_type import EXCEL, FHIR
from core.sheets.mended import OURS, is_mended
from loyalty.intake.locked_import import OPEN
from loyalty.intake.sheets import questions
from loyalty.intake.sheets.columns.fields import DATES, FIELDS
from loyalty.intake.sheets.columns.recognize import why_left_out
from loyalty.intake.sheets.look import first_rows, guess_of, samples
from loyalty.models import Import, ImportKind, Location

_SHOWN = 110


@dataclass(frozen=True, slots=True)
class OpenFile:
    """encodings: (encoding, its name and how the file would read), empty where there is no doubt. header_rows: (number,
    the row in words), with 0 for none."""

    of: Import
    encodings: list[tuple[str, str]]
    header_rows: list[tuple[str, str]]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """samples: of its first values. why: "consent", "never" or "ours" where it is left out on purpose."""

    place: int
    name: str
    samples: Sequence[str]
    becomes: str
    why: str


@dataclass(frozen=True, slots=True)
class OpenColumns:
    """fields: (key, name) of what a column can become."""

    of: Import
    columns: list[Column]
    fields: list[tuple[str, str]]
    locations: list[tuple[UUID, str]]
    has_dates: bool
    has_consents: bool
    asks_order: bool


def open_file(*, import_id: UUID) -> OpenFile:
    """Raises NotFound, or Conflict where it is imported already."""
    of = _open(import_id)
    if of.kind == ImportKind.BUNDLE:
        raise Conflict("bundle_is_read", "A bundle is read as it stands. Say only which system it comes from.")
    return OpenFile(of, _encodings(of), _header_rows(of), tuple(of.asks))


def open_columns(*, import_id: UUID) -> OpenColumns:
    """Raises NotFound, or Conflict where it is imported already, or its reading is not settled."""
    of = _open(import_id)
    if of.header_row is None:
        raise Conflict("reading_open", "First say how the file is to be read.")
    values = samples(of)
    ours = len(OURS) if is_mended(of.header) else 0
    columns = [
        Column(
            place,
            name or f"Column {letters(place)}",
            values[place],
            of.mapping[place],
            "ours" if place < ours else why_left_out(name),
        )
        for place, name in enumerate(of.header)
    ]
    locations: list[tuple[UUID, str]] = []
    if of.kind in (ImportKind.VISITS, ImportKind.BUNDLE):
        active = Location.objects.filter(is_active=True).order_by("created_at", "id")
        locations = list(active.values_list("id", "name"))
    return OpenColumns(
        of=of,
        columns=columns,
        fields=[(field.key, field.name) for field in FIELDS[of.kind]],
        locations=locations,
        has_dates=bool(DATES[of.kind] & set(of.mapping)),
        has_consents=any(column.why == "consent" for column in columns),
        asks_order=questions.DATE_ORDER in of.asks,
    )


def letters(place: int) -> str:
    """As a spreadsheet names columns: A, B … Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _open(import_id: UUID) -> Import:
    of = Import.objects.filter(id=import_id).first()
    if of is None:
        raise NotFound("import_missing", "There is no such import.")
    if of.state not in OPEN:
        raise Conflict("import_went_on", "This file is imported already, or about to be. Its columns stay as they are.")
    audit.record("import.read", subject=of)
    return of


def _encodings(of: Import) -> list[tuple[str, str]]:
    if of.file_type in (EXCEL, FHIR):
        return []
    guess = guess_of(of)
    if guess.sure:
        return []
    return [(one, f"{shown} ({NAMES[one]})") for one, shown in readings(guess.sample, likely=guess.encoding)]


def _header_rows(of: Import) -> list[tuple[str, str]]:
    rows = [(str(number), f"Row {number}: {_words(cells)}") for number, cells in first_rows(of)]
    return [*rows, ("0", "None: the file begins with the first record")]


def _words(cells: Sequence[str]) -> str:
    text = " · ".join(" ".join(cell.split()) for cell in cells if cell.strip())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
