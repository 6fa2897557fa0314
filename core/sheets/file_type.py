"""What kind of file somebody brought, by its first bytes: names lie."""

import re

from core.sheets.faults import FileRefused

CSV, EXCEL, FHIR = "csv", "xlsx", "fhir"
LOOKED_AT = 4096

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"7z\xbc\xaf": "a compressed file (7-Zip)",
    b"Rar!": "a compressed file (RAR)",
    b"{\\rtf": "a text document (RTF)",
    b"SQLite format 3": "a database",
}
_UTF_8 = b"\xef\xbb\xbf"
_BOMS = (b"\xff\xfe", b"\xfe\xff")
# XML and HTML. A table may begin with a name in such brackets, and goes on with a separator, not with another element.
_MARKUP = re.compile(rb"<(\?xml|html|!doc|[a-z][^<>]*>\s*(<|\Z))", re.IGNORECASE)
# Among the first bytes of a table in UTF-16 about every second is zero; in any other encoding none is.
_SOME = 0.2


def is_object(head: bytes) -> bool:
    """Whether it is one JSON object, such as a FHIR bundle: for those who read these, too."""
    return head.removeprefix(_UTF_8).lstrip()[:1] == b"{" and not head.startswith(b"{\\rtf")


def file_type(head: bytes) -> str:
    """CSV or EXCEL. head: the first LOOKED_AT bytes. Raises FileRefused for everything else."""
    if not head.strip():
        raise FileRefused("file_empty", "The file is empty. Export it again, and choose the new file.")
    if head.startswith(_ZIP):
        return EXCEL
    if head.startswith(_OLE):
        raise FileRefused(
            "excel_old",
            "This is an old Excel file (.xls), or one with a password. Open it in Excel, save it as .xlsx or CSV"
            " without a password, and choose that.",
        )
    for start, what in _OTHERS.items():
        if head.startswith(start):
            raise FileRefused("file_no_table", f"This is {what}, not a table. Choose a CSV or an Excel (.xlsx) file.")
    text = head.removeprefix(_UTF_8).lstrip()
    if text[:1] in (b"{", b"[") or _MARKUP.match(text):
        raise FileRefused(
            "file_no_table", "This is a web page or data for a program, not a table. Export it as CSV or Excel (.xlsx)."
        )
    zeros = head.count(0) / len(head)
    if zeros and zeros < _SOME and not head.startswith(_BOMS):
        # A few zero characters stand in damaged text, too: their rows are refused one by one.
        control = sum(byte < 9 or 13 < byte < 32 for byte in head) / len(head)
        if control > _SOME:
            raise FileRefused("file_no_table", "This file holds no text. Choose a CSV or an Excel (.xlsx) file.")
    return CSV
