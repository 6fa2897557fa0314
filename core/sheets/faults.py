"""What can be wrong with a file, and with one row of it."""

from core.errors import DomainError


class FileRefused(DomainError):
    """The file cannot be read as a table; the message says what to do. Nothing was written."""


class RowFault(Exception):
    """This row of the file cannot be read; `str(fault)` says why. The next ones can."""
