"""A table as an answer that a browser keeps as a file for a spreadsheet."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from core.sheets.written import csv_lines


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """name: of the file, with its ending."""
    return HttpResponse(
        "".join(csv_lines(columns, rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
