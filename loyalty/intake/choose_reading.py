"""A person says how a file is to be read: what it left open, or what was guessed wrongly."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.sheets.encoding import NAMES
from core.sheets.file_type import EXCEL
from core.sheets.separator import SEPARATORS
from loyalty.intake.locked_import import OPEN, locked_import
from loyalty.intake.sheets import questions
from loyalty.intake.sheets.look import look_at_names, map_columns, name_columns, separate
from loyalty.models import Import, ImportKind, ImportState


@dataclass(frozen=True, slots=True)
class Reading:
    """What is None or "" stays as it is. header_row: 0 for a file without names of columns."""

    kind: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header_row: int | None = None


def choose_reading(*, import_id: UUID, reading: Reading) -> Import:
    """What was read before is read anew. Raises DomainError with `field` set to what cannot be, NotFound, Conflict."""
    with transaction.atomic():
        of = locked_import(import_id, states=OPEN)
        _check(of, reading)
        anew = _read_otherwise(of, reading)
        if reading.kind and reading.kind != of.kind:
            of.kind = reading.kind
            if of.header_row is not None:
                map_columns(of)
        try:
            if anew:
                look_at_names(of)
            if reading.header_row is not None and (questions.HEADER in of.asks or reading.header_row != of.header_row):
                name_columns(of, reading.header_row)
                of.asks = [one for one in of.asks if one != questions.HEADER]
        except DomainError as error:
            raise DomainError(error.code, error.message, field="header_row") from None
        of.state = ImportState.ASKING
        of.failure = ""
        of.save()
        changed("import.read_anew", of)
    return of


def _read_otherwise(of: Import, reading: Reading) -> bool:
    """Whether the cells are others now."""
    before = (of.encoding, of.separator, of.sheet)
    if reading.encoding:
        of.asks = [one for one in of.asks if one != questions.ENCODING]
        if reading.encoding != of.encoding:
            of.encoding = reading.encoding
            if not reading.separator:
                separate(of)
    if reading.separator:
        of.separator = reading.separator
        of.asks = [one for one in of.asks if one != questions.SEPARATOR]
    if reading.sheet:
        of.sheet = reading.sheet
        of.asks = [one for one in of.asks if one != questions.SHEET]
    return before != (of.encoding, of.separator, of.sheet)


def _check(of: Import, reading: Reading) -> None:
    if of.kind == ImportKind.BUNDLE:
        raise Conflict("bundle_is_read", "A bundle is read as it stands. Say by its columns which system it is of.")
    if reading.kind and reading.kind not in (ImportKind.PATIENTS, ImportKind.VISITS):
        raise DomainError("kind_unknown", "Choose patients or visits.", field="kind")
    if of.file_type == EXCEL:
        if reading.sheet and reading.sheet not in of.sheets:
            raise DomainError("sheet_unknown", "Choose a sheet of the workbook.", field="sheet")
        return
    if reading.encoding and reading.encoding not in NAMES:
        raise DomainError("encoding_unknown", "Choose how the letters are written.", field="encoding")
    if reading.separator and reading.separator not in SEPARATORS:
        raise DomainError("separator_unknown", "Choose what separates the cells.", field="separator")
