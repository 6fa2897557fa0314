"""Files that a program brings: by the same steps as people bring theirs, read as plain values.

A program answers what a file leaves open, looks at what would become of it, has it imported, and may take it back.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from core import audit
from core.errors import Conflict, DomainError, NotFound
from loyalty.intake.choose_columns import Columns, choose_columns
from loyalty.intake.choose_reading import Reading, choose_reading
from loyalty.intake.discard_import import discard_import
from loyalty.intake.imports import imports
from loyalty.intake.open_file import open_columns
from loyalty.intake.preview import preview
from loyalty.intake.read_import import read_progress
from loyalty.intake.start_import import start_import
from loyalty.intake.stop_import import stop_import
from loyalty.intake.undo_import import may_undo, undo_import, undo_until
from loyalty.intake.upload import upload
from loyalty.models import Import, ImportIssue, ImportState

Row = dict[str, Any]
ISSUES = 200
_COLUMNS = (
    "id", "kind", "state", "file_name", "file_type", "size", "encoding", "separator", "sheet", "sheets", "header_row",
    "header", "mapping", "asks", "known_as", "date_order", "location_id", "rows", "new", "changed", "unchanged",
    "refused", "remarked", "removed", "restored", "kept", "failure", "created_at", "started_at", "finished_at",
    "undone_at",
)  # fmt: skip
# By the name that a person's form has, the one that a program sends.
_SENT_AS = {"file": "content", "location": "location_id"}


def bring_file(*, file_name: str, content: bytes, kind: str, application_id: UUID, now: datetime) -> Row:
    """Nothing is imported yet. Raises DomainError for what is no table."""
    with _as_sent():
        of = upload(name=file_name, chunks=[content], kind=kind, by_application_id=application_id)
    return _row(of, now=now)


def every_import(*, now: datetime) -> list[Row]:
    """The newest first, those of the practice's own people too."""
    audit.record("imports.sent")
    return [_row(of, now=now) for of in imports()]


def one_import(import_id: UUID, *, now: datetime) -> Row:
    """Raises NotFound."""
    of = _found(import_id)
    audit.record("import.read", subject=of)
    return _row(of, now=now)


def say_reading(import_id: UUID, *, given: Row, now: datetime) -> Row:
    """given: of `Reading`. Raises NotFound, Conflict, DomainError."""
    with _as_sent():
        return _row(choose_reading(import_id=import_id, reading=Reading(**given)), now=now)


def say_columns(import_id: UUID, *, given: Row, now: datetime) -> Row:
    """given: of `Columns`. The check of the whole file follows by itself. Raises NotFound, Conflict, DomainError."""
    with _as_sent():
        return _row(choose_columns(import_id=import_id, columns=Columns(**given), now=now), now=now)


def columns_of(import_id: UUID) -> Row:
    """What each column would become, and what it can. Raises NotFound, Conflict once it is imported."""
    opened = open_columns(import_id=import_id)
    return {
        "columns": [
            {"name": one.name, "samples": list(one.samples), "becomes": one.becomes, "left_out": one.why}
            for one in opened.columns
        ],
        "fields": [{"key": key, "name": name} for key, name in opened.fields],
        "locations": [{"id": id, "name": name} for id, name in opened.locations],
        "asks_date_order": opened.asks_order,
    }


def preview_of(import_id: UUID, *, now: datetime) -> Row:
    """The first rows as they would be stored. Raises NotFound, Conflict before the check has ended."""
    of = _found(import_id)
    if of.state != ImportState.CHECKED:
        raise Conflict("import_not_checked", "There is something to look at once the file is checked, until it starts.")
    shown = preview(of, now=now)
    audit.record("import.read", subject=of, patients=shown.patients)
    return {
        "labels": list(shown.labels),
        "rows": [
            {"row": one.row, "name": one.name, "cells": list(one.cells), "result": one.result, "words": one.words}
            for one in shown.rows
        ],
    }


def issues_of(import_id: UUID, *, after: tuple[int, UUID] | None) -> tuple[list[Row], tuple[int, UUID] | None]:
    """What is wrong with which row, in the order of the file; and where the next page begins. Raises NotFound."""
    of = _found(import_id)
    audit.record("import.errors_exported", subject=of)
    issues = ImportIssue.objects.filter(of=of).order_by("row", "id")
    if after is not None:
        row, last = after
        issues = issues.filter(row__gte=row).exclude(row=row, id__lte=last)
    found = list(issues[: ISSUES + 1])
    page = found[:ISSUES]
    more = (page[-1].row, page[-1].id) if len(found) > ISSUES else None
    return [{"row": one.row, "column": one.column, "reason": one.reason, "lands": one.lands} for one in page], more


_STEPS: dict[str, Callable[..., Import]] = {"start": start_import, "stop": stop_import, "undo": undo_import}


def step_import(verb: str, import_id: UUID, *, now: datetime) -> Row:
    """verb: start, stop or undo. Raises NotFound, Conflict."""
    return _row(_STEPS[verb](import_id=import_id, now=now), now=now)


def throw_away(import_id: UUID) -> None:
    """Raises NotFound, Conflict where something was imported."""
    discard_import(import_id=import_id)


def _found(import_id: UUID) -> Import:
    of = Import.objects.filter(id=import_id).first()
    if of is None:
        raise NotFound("import_missing", "There is no such import.")
    return of


def _row(of: Import, *, now: datetime) -> Row:
    work = read_progress(import_id=of.id)
    ended = of.finished_at is not None
    return {
        **{name: getattr(of, name) for name in _COLUMNS},
        "done": work.done,
        "total": work.total,
        "is_at_work": work.is_at_work,
        "may_undo": may_undo(of, now=now) if ended else False,
        "undo_until": undo_until(of) if ended else None,
    }


@contextmanager
def _as_sent() -> Iterator[None]:
    """A refusal names the member that was sent."""
    try:
        yield
    except DomainError as error:
        if error.field not in _SENT_AS:
            raise
        raise type(error)(error.code, error.message, field=_SENT_AS[error.field]) from None
