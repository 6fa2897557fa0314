"""What a program can be told of, the scope that it needs for it, and in which words an owner reads it.

One type may stand for several events of the outbox: whoever is told reads the record again, so it is enough to know
which one. What is told is always one that the scope lets the program read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.errors import DomainError
from tenants.partners.scopes import Scope

TEST = "webhook.test"


class Of(StrEnum):
    """Whose id is told: of the record that changed, or of every patient whom the change is about."""

    RECORD = "record"
    PATIENTS = "patients"


@dataclass(frozen=True, slots=True)
class EventType:
    """words: ends "Is told when …". means: for developers, what to do. made_of: the events of the outbox."""

    name: str
    scope: Scope
    words: str
    means: str
    made_of: tuple[str, ...]
    of: Of = Of.RECORD


EVENT_TYPES = (
    EventType(
        "patient.enrolled", Scope.PATIENTS_READ, "A patient is added", "Read the patient.", ("patient.enrolled",)
    ),
    EventType(
        "patient.changed",
        Scope.PATIENTS_READ,
        "A patient’s details, wishes, or how to reach them, change",
        "Read the patient.",
        (
            "patient.changed",
            "contact_point.added",
            "contact_point.changed",
            "contact_point.opened",
            "contact_point.raised",
            "contact_point.removed",
            "contact_point.replaced",
            "contact_point.spared",
            "patient.numbered",
            "wish.dropped",
            "wish.noted",
        ),
        of=Of.PATIENTS,
    ),
    EventType(
        "patient.merged",
        Scope.PATIENTS_READ,
        "Two records of one patient become one, or are taken apart again",
        "Told for both: read each, and see its merged_into_id.",
        ("patient.merged", "patient.unmerged"),
        of=Of.PATIENTS,
    ),
    EventType(
        "patients.imported",
        Scope.PATIENTS_READ,
        "Many patients at once come by an import, or go with it again",
        "Read the list of patients anew: they are not told one by one. The id is the import’s.",
        ("import.loaded", "import.undone"),
    ),
    EventType(
        "visit.booked",
        Scope.VISITS_READ,
        "A visit is booked, or begins without a booking",
        "Read the visit.",
        ("visit.begun", "visit.booked"),
    ),
    EventType(
        "visit.changed",
        Scope.VISITS_READ,
        "A visit moves or goes on: confirmed, here, completed, missed or cancelled",
        "Read the visit.",
        (
            "visit.arrived",
            "visit.cancelled",
            "visit.completed",
            "visit.confirmed",
            "visit.missed",
            "visit.moved",
            "visit.numbered",
            "visit.seen",
            "visit.taken_back",
            "visit.unconfirmed",
        ),
    ),
    EventType(
        "inquiry.changed",
        Scope.INQUIRIES_READ,
        "Somebody asks before they book, is called, becomes a patient, or the inquiry is closed",
        "Read the inquiry; where it is gone, forget it.",
        (
            "inquiry.assigned",
            "inquiry.became_patient",
            "inquiry.called",
            "inquiry.closed",
            "inquiry.corrected",
            "inquiry.forgotten",
            "inquiry.reopened",
            "inquiry.taken",
        ),
    ),
    EventType(
        "memory.changed",
        Scope.MEMORIES_READ,
        "A memory is kept, changed or forgotten",
        "Read the memory; where it is gone or has no words, forget it.",
        ("memory.changed", "memory.forgotten", "memory.kept"),
    ),
    EventType(
        "occasion.changed",
        Scope.OCCASIONS_READ,
        "A personal day of a patient is added, changed or removed",
        "Read the occasion; where it is gone, forget it.",
        ("occasion.added", "occasion.changed", "occasion.removed"),
    ),
    EventType(
        "consent.changed",
        Scope.CONSENTS_READ,
        "A patient agrees to be written to, or says no",
        "Read the consent: it holds from then on for its channel and purpose.",
        ("consent.granted", "consent.withdrawn"),
    ),
    EventType(
        "feedback.received",
        Scope.FEEDBACK_READ,
        "A patient answers how it was, or your team notes what they loved",
        "Read the answer.",
        ("answer.themed", "feedback.received"),
    ),
    EventType(
        "review.changed",
        Scope.REVIEWS_READ,
        "A public review is entered, or replied to",
        "Read the review.",
        ("review.entered", "review.reply_drafted", "review.reply_posted", "review.reply_reopened"),
    ),
    EventType(
        "reviews.imported",
        Scope.REVIEWS_READ,
        "Many public reviews come by a file, or go with it again",
        "Read the list of reviews anew: they are not told one by one. The id is the file’s.",
        ("reviews.taken_in", "reviews.taken_out"),
    ),
    EventType(
        "purchases.changed",
        Scope.PURCHASES_READ,
        "Lines of invoices come, change, are given an item or lose it, or go with their file again",
        "Read what changed in the list of purchases by your watermark; they are not told one by one. The id is of what"
        " brought it about, such as a file, or the vendor whose catalog changed. Where a file was taken back, walk the"
        " whole list.",
        (
            "purchases.found",
            "purchases.named",
            "purchases.opened",
            "purchases.read",
            "purchases.taken_back",
            "purchases.unnamed",
            "purchases.written",
        ),
    ),
    EventType(
        "location.changed",
        Scope.PRACTICE_READ,
        "A location is added, changed or closed",
        "Read the location.",
        ("location.added", "location.changed", "location.closed", "location.hours_changed", "location.reopened"),
    ),
    EventType(
        "service.changed",
        Scope.PRACTICE_READ,
        "A service is added, changed or retired",
        "Read the service.",
        ("service.added", "service.changed", "service.restored", "service.retired"),
    ),
    EventType(
        "staff.changed",
        Scope.PRACTICE_READ,
        "Somebody joins the staff, changes or leaves",
        "Read the staff member.",
        ("staff.added", "staff.came", "staff.changed", "staff.left", "staff.returned"),
    ),
)

_BY_NAME = {one.name: one for one in EVENT_TYPES}
_MADE_OF = {event: one for one in EVENT_TYPES for event in one.made_of}


def type_of(event: str) -> EventType | None:
    """The type that an event of the outbox is told as; None for one that no program hears of."""
    return _MADE_OF.get(event)


def events_told() -> tuple[str, ...]:
    """Every event of the outbox that some type is made of."""
    return tuple(_MADE_OF)


def may_be_told(name: str, scopes: Iterable[str]) -> bool:
    """Whether somebody who may do `scopes` may be told of type `name`; a test tells nothing, so anybody."""
    if name == TEST:
        return True
    known = _BY_NAME.get(name)
    return known is not None and known.scope in set(scopes)


def offered(scopes: Iterable[str]) -> list[EventType]:
    """The types that somebody who may do `scopes` can choose from, in the order of the table."""
    held = set(scopes)
    return [one for one in EVENT_TYPES if one.scope in held]


def worded(names: Iterable[str]) -> list[tuple[str, str]]:
    """Each type with its words, in the order of the table; one that this version does not know is left out."""
    held = set(names)
    return [(one.name, one.words) for one in EVENT_TYPES if one.name in held]


def words_of(name: str) -> str:
    if name == TEST:
        return "A test"
    known = _BY_NAME.get(name)
    return known.words if known is not None else name


def checked(names: Iterable[str], *, scopes: Iterable[str]) -> list[str]:
    """Without repeats, in the order of the table.

    Raises DomainError for none, an unknown one, or one that `scopes` do not cover.
    """
    asked = set(names)
    if not asked:
        raise DomainError("kinds_empty", "Choose at least one thing that it is told.", field="kinds")
    allowed = {one.name for one in offered(scopes)}
    if strange := sorted(asked - allowed):
        named = f"“{strange[0][:60]}” is none, or needs a scope that was not granted."
        raise DomainError("kind_not_offered", f"{named} Choose from the list of event types.", field="kinds")
    return [one.name for one in EVENT_TYPES if one.name in asked]
