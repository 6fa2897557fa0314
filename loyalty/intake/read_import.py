"""One import as its page shows it: how far it is, what it found, what it did, and what can be done with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.intake.preview import Preview, preview
from loyalty.intake.sheets import questions
from loyalty.intake.undo_import import may_undo, undo_until
from loyalty.models import WORKING, Import, ImportedRow, ImportIssue, ImportState
from loyalty.patients.names import patient_names

MOST = 10
READING, COLUMNS = "reading", "columns"


@dataclass(frozen=True, slots=True)
class Progress:
    """done of total: rows; total is 0 before anybody knows. words: what is being done."""

    import_id: UUID
    words: str
    done: int
    total: int
    is_at_work: bool
    may_stop: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    """next_step: the page on which something is asked, "" where nothing is. issues: the first of them. kept: patients
    that an undo left alone, (id, name)."""

    of: Import
    next_step: str
    work: Progress
    preview: Preview | None
    issues: list[ImportIssue]
    to_mend: int
    may_undo: bool
    undo_until: datetime | None
    kept: list[tuple[UUID, str]]

    @property
    def is_checked(self) -> bool:
        return self.of.state in (ImportState.CHECKED, ImportState.CHECKING)

    @property
    def lands(self) -> int:
        """Rows that an import would write, or find as they are."""
        return self.of.new + self.of.changed + self.of.unchanged


def read_import(*, import_id: UUID, now: datetime) -> ImportPage:
    """Raises NotFound."""
    of = _found(import_id)
    shown = preview(of, now=now) if of.state == ImportState.CHECKED else None
    kept = _kept(of) if of.state == ImportState.UNDONE else {}
    audit.record("import.read", subject=of, patients=[*kept, *(shown.patients if shown else ())])
    ended = of.finished_at is not None
    return ImportPage(
        of=of,
        next_step=_next_step(of),
        work=_progress(of),
        preview=shown,
        issues=list(ImportIssue.objects.filter(of=of).order_by("row", "id")[:MOST]),
        to_mend=of.refused + of.remarked,
        may_undo=may_undo(of, now=now) if ended else False,
        undo_until=undo_until(of) if ended else None,
        kept=list(kept.items()),
    )


def read_progress(*, import_id: UUID) -> Progress:
    """Names nobody. Raises NotFound."""
    return _progress(_found(import_id))


def _found(import_id: UUID) -> Import:
    of = Import.objects.filter(id=import_id).first()
    if of is None:
        raise NotFound("import_missing", "There is no such import.")
    return of


def _next_step(of: Import) -> str:
    if of.state != ImportState.ASKING:
        return ""
    return READING if any(one != questions.DATE_ORDER for one in of.asks) else COLUMNS


def _progress(of: Import) -> Progress:
    done, total = of.new + of.changed + of.unchanged + of.refused, of.rows
    match of.state:
        case ImportState.CHECKING:
            words = "Checking every row"
        case ImportState.WAITING:
            words = "Waiting for another import to end"
            if not Import.objects.filter(state=ImportState.RUNNING).exists():
                words = "About to begin"
            done = 0 if of.started_at is None else done
        case ImportState.RUNNING:
            words = "Importing"
        case ImportState.UNDOING:
            words = "Taking it back"
            done = of.removed + of.restored + of.kept
            total = done + ImportedRow.objects.filter(of=of, kept=False).count()
        case _:
            words = ""
    return Progress(
        import_id=of.id,
        words=words,
        done=done,
        total=total,
        is_at_work=of.state in (*WORKING, ImportState.WAITING),
        may_stop=of.state != ImportState.UNDOING,
    )


def _kept(of: Import) -> dict[UUID, str]:
    rows = ImportedRow.objects.filter(of=of, kept=True).order_by("row")
    ids = list(dict.fromkeys(rows.values_list("patient_id", flat=True)))[:MOST]
    names = patient_names(ids)
    return {id: names[id] for id in ids if id in names}
