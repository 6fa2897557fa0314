"""What the columns of a file most likely are, by their names alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.sheets.mended import OURS, is_mended, theirs
from core.sheets.names import normal
from loyalty.intake.sheets.columns.fields import LEFT_OUT, field_of
from loyalty.intake.sheets.columns.synonyms import CONSENTS, NAMES, NEVER
from loyalty.intake.sheets.columns.systems import export_of
from loyalty.models import ImportKind

_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?|\d{4}")
_PHONE = re.compile(r"[+(]?[\d][\d\s().+-]{5,}")
_KEY = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,}")
_WORDS_OF_A_VISIT = ("starts_at", "day", "status", "service", "clock", "visit_id", "ends_at", "booked_at")


@dataclass(frozen=True, slots=True)
class Recognized:
    kind: str
    system: str
    mapping: list[str]


def recognize(header: Sequence[str], *, kind: str = "") -> Recognized:
    """kind: what the file is of, "" where its columns are to tell. Columns that we put there are left out."""
    if is_mended(header):
        said = recognize(theirs(header), kind=kind)
        return Recognized(said.kind, said.system, [LEFT_OUT] * len(OURS) + said.mapping)
    export = export_of(header)
    chosen = kind or (export.kind if export else _kind_of(header))
    return Recognized(chosen, export.system if export else "", _mapping(header, chosen))


def known_names(row: Sequence[str]) -> int:
    """How many cells of a row are names of columns that we know; all of them where we wrote them ourselves."""
    if is_mended(row):
        return len(row)
    return sum(1 for cell in row if _is_known(normal(cell)))


def names_columns(row: Sequence[str]) -> bool:
    """Whether nothing in this row can be anything but names of columns, and we know enough of them to say so."""
    filled = [cell.strip() for cell in row if cell.strip()]
    if any(_is_data(cell) for cell in filled):
        return False
    return known_names(filled) >= min(2, len(filled)) > 0


def why_left_out(name: str) -> str:
    """ "consent" or "never" for what is left out on purpose; "" for anything else."""
    plain = normal(name)
    return "consent" if plain in CONSENTS else "never" if plain in NEVER else ""


def _mapping(header: Sequence[str], kind: str) -> list[str]:
    export = export_of(header)
    means = dict(export.means) if export and export.kind == kind else {}
    taken: set[str] = set()
    found: list[str] = []
    for name in header:
        plain = normal(name)
        key = LEFT_OUT if why_left_out(name) else means.get(plain, NAMES[kind].get(plain, LEFT_OUT))
        field = field_of(kind, key) if key else None
        if field is None or (key in taken and not field.many):
            key = LEFT_OUT
        taken.add(key)
        found.append(key)
    return _without_rest(found)


def _without_rest(mapping: list[str]) -> list[str]:
    """A full name beside its parts is the same name once more."""
    if "given_name" in mapping and "family_name" in mapping:
        return [LEFT_OUT if key == "full_name" else key for key in mapping]
    return mapping


def _kind_of(header: Sequence[str]) -> str:
    plain = [normal(name) for name in header]
    visits = sum(NAMES[ImportKind.VISITS].get(name) in _WORDS_OF_A_VISIT for name in plain if name != "id")
    return ImportKind.VISITS if visits >= 2 else ImportKind.PATIENTS


def _is_known(plain: str) -> bool:
    return bool(plain) and (plain in CONSENTS or plain in NEVER or any(plain in names for names in NAMES.values()))


def _is_data(cell: str) -> bool:
    return "@" in cell or any(shape.fullmatch(cell) for shape in (_DATE, _PHONE, _KEY)) or cell.isdecimal()
