"""What the list of patients is narrowed to: typed, and read back from JSON with the same care as from a form."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final
from uuid import UUID

from core.errors import DomainError

ANSWERS: Final = ("promoter", "detractor")
CONSENTS: Final = ("text", "email", "any")
SORTS: Final = ("name", "last_visit")
VERSION = 1
_TAG = 40


@dataclass(frozen=True, slots=True)
class PatientFilter:
    """None, "" and False ask nothing. Everything that is asked must be so.

    visited_since, visited_until: the last visit lies between, both days included. away_since: came before this day and
    not since. upcoming: has, or has not, a visit ahead. new_this_year: the first visit lies in this year.
    birth_month: 1-12. no_consent: no yes on file to "text", to "email", or to "any" of both, about visits.
    answer: "promoter" or "detractor" by the last answer. no_contact: wants no contact, or has died. minors: in doubt.
    staff, service, location: of any visit that was not called off.
    """

    tag: str = ""
    visited_since: date | None = None
    visited_until: date | None = None
    away_since: date | None = None
    upcoming: bool | None = None
    staff: UUID | None = None
    service: UUID | None = None
    location: UUID | None = None
    new_this_year: bool = False
    birth_month: int | None = None
    no_consent: str = ""
    answer: str = ""
    no_contact: bool = False
    minors: bool = False
    sort: str = "name"

    def __post_init__(self) -> None:
        """Raises DomainError with the field that makes no sense."""
        if self.visited_since and self.visited_until and self.visited_until < self.visited_since:
            raise _refused("visited_until", "Choose a last day that is not before the first one.")
        if self.birth_month is not None and not 1 <= self.birth_month <= 12:
            raise _refused("birth_month", "Choose a month from January to December.")
        if self.no_consent and self.no_consent not in CONSENTS:
            raise _refused("no_consent", "Choose texts, email, or both.")
        if self.answer and self.answer not in ANSWERS:
            raise _refused("answer", "Choose promoters or detractors.")
        if self.sort not in SORTS:
            raise _refused("sort", "Sort by name or by last visit.")
        if len(self.tag) > _TAG or "\0" in self.tag:
            raise _refused("tag", f"A tag has at most {_TAG} characters.")

    @property
    def asks_nothing(self) -> bool:
        """Whether everybody is listed, in whatever order."""
        return all(getattr(self, one.name) == one.default for one in fields(self) if one.name != "sort")

    def to_json(self) -> dict[str, Any]:
        """What differs from asking nothing, with the version of this form."""
        asked = {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) != one.default}
        return {"version": VERSION} | {
            name: value if isinstance(value, bool | int) else str(value) for name, value in asked.items()
        }


def filter_from_json(kept: object) -> PatientFilter:
    """Raises DomainError where `kept` is not what `to_json` writes: somebody else wrote it, or a newer version."""
    if not isinstance(kept, Mapping) or kept.get("version") != VERSION:
        raise _unreadable()
    given = {name: value for name, value in kept.items() if name != "version"}
    if given.keys() - _READ.keys():
        raise _unreadable()
    try:
        return PatientFilter(**{name: _READ[name](value) for name, value in given.items()})
    except (ValueError, TypeError, AttributeError) as error:
        raise _unreadable() from error


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _of_field(name: str) -> Any:
    if name in ("visited_since", "visited_until", "away_since"):
        return date.fromisoformat
    if name in ("staff", "service", "location"):
        return lambda value: UUID(_text(value))
    if name in ("upcoming", "new_this_year", "no_contact", "minors"):
        return _yes_or_no
    return _whole if name == "birth_month" else _text


_READ = {one.name: _of_field(one.name) for one in fields(PatientFilter)}


def _refused(field: str, message: str) -> DomainError:
    return DomainError("filter_senseless", message, field=field)


def _unreadable() -> DomainError:
    return DomainError(
        "view_unreadable", "This view was saved in a form that is not understood here. Delete it and save it anew."
    )
