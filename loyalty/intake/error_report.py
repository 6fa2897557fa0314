"""The error report: a CSV file of everything that could not land, or landed without a part."""

import csv
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from core.errors import DomainError
from loyalty.intake.fhir.errors import RowError

HEADER = ("source", "line", "resource", "id", "reason", "outcome")

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ErrorReport:
    """Written line by line, so that its size costs no memory; no file is made where there is nothing to report.

    Ids and dates of patients stand in it: only the one who imports may read the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = 0
        self._file: IO[str] | None = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, error: RowError) -> None:
        """Raises DomainError where the file cannot be made."""
        if self._file is None:
            self._open()
        cells = (error.source, error.line, error.resource_type, error.resource_id, error.reason, error.outcome.value)
        self._writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
        self.lines += 1

    def _open(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            message = f"The error report {self.path} cannot be written: {error.strerror}. Name another file."
            raise DomainError("report_unwritable", message) from None
        self._file = os.fdopen(descriptor, "w", newline="", encoding="utf-8")
        self._writer = csv.writer(self._file)
        self._writer.writerow(HEADER)


def harmless(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
