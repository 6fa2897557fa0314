"""Which constraint an error of the database speaks of, so that it can become a clear message."""

from django.db import IntegrityError


def violated(error: IntegrityError) -> str:
    """The constraint's name, "" where the database names none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or "")
