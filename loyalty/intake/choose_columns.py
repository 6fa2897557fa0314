"""A person says what each column becomes; then the whole file is checked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.jobs import enqueue
from core.tenancy.scope import current_practice
from loyalty.intake.jobs import check
from loyalty.intake.locked_import import OPEN, locked_import
from loyalty.intake.sheets import questions
from loyalty.intake.sheets.columns.fields import field_of
from loyalty.intake.sheets.loading.source import system_of
from loyalty.models import Import, ImportIssue, ImportKind, ImportState, Location

_NAMES = frozenset({"given_name", "family_name", "full_name", "preferred_name"})
_IDS = frozenset({"external_id", "visit_id"})
_KNOWN_AS = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """mapping: for each column a field's key, "" to leave it out. known_as: the system the file came from.

    date_order: "mdy" or "dmy", "" where the file is to tell. location_id: of visits whose row names none.
    """

    mapping: Sequence[str]
    known_as: str = ""
    date_order: str = ""
    location_id: UUID | None = None


def choose_columns(*, import_id: UUID, columns: Columns, background: bool = True, now: datetime) -> Import:
    """background: the check that follows is a job; else the caller runs check_import.

    Raises DomainError with `field` set, NotFound, Conflict.
    """
    with transaction.atomic():
        of = locked_import(import_id, states=OPEN)
        if of.header_row is None or any(one != questions.DATE_ORDER for one in of.asks):
            raise Conflict("reading_open", "First answer how the file is to be read.", field="mapping")
        _check(of, columns)
        of.mapping = list(columns.mapping)
        of.known_as = columns.known_as.strip()
        of.date_order = columns.date_order
        of.location = _location(columns.location_id)
        ImportIssue.objects.filter(of=of).delete()
        of.asks = []
        of.state = ImportState.CHECKING
        of.worked_at = now
        of.rows = of.position = of.new = of.changed = of.unchanged = of.refused = of.remarked = 0
        of.failure = ""
        of.save()
        changed("import.mapped", of)
        if background:
            enqueue(check, practice_id=current_practice().id, swept=True, import_id=str(of.id))
    return of


def _check(of: Import, columns: Columns) -> None:
    mapping = columns.mapping
    if len(mapping) != len(of.header) or any(key and field_of(of.kind, key) is None for key in mapping):
        raise DomainError("columns_changed", "The columns of the file have changed. Reload the page.", field="mapping")
    for key, times in Counter(key for key in mapping if key).items():
        field = field_of(of.kind, key)
        if field is not None and times > 1 and not field.many:
            raise DomainError(
                "column_twice", f"Two columns are “{field.name}”. Leave one of them out.", field="mapping"
            )
    used = set(mapping)
    if of.kind == ImportKind.PATIENTS:
        if not used & _NAMES:
            raise DomainError(
                "name_unmapped", "Say which column holds the name: nobody is imported without.", field="mapping"
            )
    elif of.kind == ImportKind.VISITS:
        _check_visits(used)
    if (used & _IDS or of.kind == ImportKind.BUNDLE) and not system_of(columns.known_as).removeprefix("file:"):
        raise DomainError(
            "system_missing",
            "Name the system the file comes from: its numbers are kept under that name, so that the next file finds"
            " the same patients.",
            field="known_as",
        )
    if len(columns.known_as) > _KNOWN_AS:
        raise DomainError("system_long", f"The name of the system has {_KNOWN_AS} letters at most.", field="known_as")
    if columns.date_order not in ("", "mdy", "dmy"):
        raise DomainError("order_unknown", "Choose month first or day first.", field="date_order")


def _check_visits(used: set[str]) -> None:
    if not used & {"starts_at", "day"}:
        raise DomainError("day_unmapped", "Say which column holds the day of the visit.", field="mapping")
    by_name = used & _NAMES and used & {"phone", "email"}
    if not (used & {"external_id", "record_number"} or by_name):
        raise DomainError(
            "patient_unmapped",
            "Say which column tells whose visit it is: a number of the patient, or a name with a phone or an email.",
            field="mapping",
        )


def _location(location_id: UUID | None) -> Location | None:
    if location_id is None:
        return None
    location = Location.objects.filter(id=location_id).first()
    if location is None:
        raise DomainError("location_missing", "Choose one of your locations.", field="location")
    return location
