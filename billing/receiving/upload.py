"""A member brings a file of invoice lines. It is kept as it is, inside the practice, and looked into; no more yet."""

import io
from collections.abc import Iterable
from hashlib import sha256
from typing import BinaryIO
from uuid import UUID

from billing.purchasing.contracts.listed import currency_of
from billing.purchasing.models import Vendor
from billing.receiving.columns import looks_like_names, recognize
from billing.receiving.models import PurchaseFile
from billing.receiving.rows import rows_of
from core import audit
from core.errors import DomainError, NotFound
from core.sheets.brought import MEGABYTE, shown_name, whole
from core.sheets.encoding import guess_encoding
from core.sheets.excel_rows import refuse_uncalculated
from core.sheets.faults import RowFault
from core.sheets.file_type import EXCEL, LOOKED_AT, file_type
from core.sheets.separator import LOOKED_AT as HEAD
from core.sheets.separator import find_separator
from core.sheets.workbook import refuse_danger, sheet_names

MOST = 32 * MEGABYTE
MOST_ROWS = 200_000
_FIRST_ROWS = 5


def upload(*, name: str, chunks: Iterable[bytes], vendor_id: UUID, by_person_id: UUID | None) -> PurchaseFile:
    """Raises NotFound for an unknown vendor; DomainError (field "file") for what is no table, or too large."""
    vendor = Vendor.objects.filter(id=vendor_id).first()
    if vendor is None:
        raise NotFound("vendor_missing", "There is no such vendor.")
    content = whole(chunks, most=MOST, then="Bring it in parts, such as one for each quarter.")
    of = PurchaseFile(
        name=shown_name(name),
        size=len(content),
        digest=sha256(content).hexdigest(),
        content=content,
        vendor_id=vendor.id,
        currency=currency_of(vendor.id),
        by_person_id=by_person_id,
    )
    try:
        _look_into(of, content)
    except DomainError as error:
        raise DomainError(error.code, error.message, field="file") from None
    of.save(force_insert=True)
    audit.record("purchases.uploaded", subject=of, detail={"vendor": vendor.id})
    return of


def _look_into(of: PurchaseFile, content: bytes) -> None:
    of.file_type = file_type(content[:LOOKED_AT])
    file: BinaryIO = io.BytesIO(content)
    if of.file_type == EXCEL:
        refuse_danger(file)
        of.sheet = sheet_names(file)[0]
        refuse_uncalculated(file, sheet=of.sheet)
    else:
        of.encoding = guess_encoding([content]).encoding
        head = content[:HEAD].decode(of.encoding, errors="replace")
        of.separator = find_separator(head, known=lambda cells: len(recognize(cells))).separator
    of.header_row, of.header = _names(of)
    of.mapping = recognize(of.header)
    of.rows = sum(1 for _ in rows_of(of))
    if not of.rows:
        raise DomainError("file_empty", "Below the names of the columns the file holds no rows. Export it again.")
    if of.rows > MOST_ROWS:
        raise DomainError("file_too_long", f"The file has more than {MOST_ROWS:,} rows. Bring it in parts.")


def _names(of: PurchaseFile) -> tuple[int, list[str]]:
    """(the row that names the columns, the names). Exports often begin with a title: the first rows are looked at."""
    of.header_row, of.header = 0, []
    first: tuple[int, list[str]] | None = None
    for number, cells in rows_of(of):
        if isinstance(cells, RowFault):
            continue
        first = first or (number, cells)
        if looks_like_names(cells):
            return number, [" ".join(cell.split())[:120] for cell in cells]
        if number >= _FIRST_ROWS:
            break
    if first is None:
        raise DomainError("file_empty", "The file holds no rows. Export it again, and choose the new file.")
    raise DomainError(
        "no_names",
        "No row at the top names the columns. Export the file with its headings, such as Invoice number, Invoice date,"
        " SKU, Quantity and Amount.",
    )
