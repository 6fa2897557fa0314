"""Which verbs a visit's status allows, and what to say where it does not."""

from collections.abc import Mapping
from datetime import datetime

from core.errors import Conflict, DomainError
from loyalty.models import Visit, VisitStatus
from loyalty.visits.local_time import zone_of
from loyalty.visits.spoken import spoken_moment

_COMING = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED})

ALLOWED: Mapping[str, frozenset[VisitStatus]] = {
    "move": _COMING,
    "cancel": _COMING | {VisitStatus.ARRIVED},
    "confirm": frozenset({VisitStatus.BOOKED}),
    # Somebody marked as a no-show who comes after all is welcome.
    "arrive": _COMING | {VisitStatus.NO_SHOW},
    "complete": _COMING | {VisitStatus.ARRIVED},
    "no_show": _COMING,
}
BECOMES: Mapping[str, VisitStatus] = {
    "confirm": VisitStatus.CONFIRMED,
    "cancel": VisitStatus.CANCELLED,
    "arrive": VisitStatus.ARRIVED,
    "complete": VisitStatus.COMPLETED,
    "no_show": VisitStatus.NO_SHOW,
}
_IS: Mapping[str, str] = {
    VisitStatus.CONFIRMED: "This visit was confirmed",
    VisitStatus.ARRIVED: "The patient was marked as here",
    VisitStatus.COMPLETED: "This visit was completed",
    VisitStatus.NO_SHOW: "This visit was marked as a no-show",
    VisitStatus.CANCELLED: "This visit was cancelled",
}
_INSTEAD: Mapping[tuple[str, str], str] = {
    ("move", VisitStatus.ARRIVED): "Complete or cancel it, and book another one.",
    ("move", VisitStatus.COMPLETED): "Book another one instead.",
    ("move", VisitStatus.NO_SHOW): "Book another one instead.",
    ("move", VisitStatus.CANCELLED): "Book another one instead.",
    ("cancel", VisitStatus.COMPLETED): "It stays as it is.",
    ("cancel", VisitStatus.NO_SHOW): "It stays as it is; book another one when they call.",
    ("confirm", VisitStatus.ARRIVED): "There is nothing left to confirm.",
    ("confirm", VisitStatus.COMPLETED): "There is nothing left to confirm.",
    ("confirm", VisitStatus.NO_SHOW): "Book another one instead.",
    ("confirm", VisitStatus.CANCELLED): "Book another one instead.",
    ("arrive", VisitStatus.COMPLETED): "If they are back, add them as a walk-in.",
    ("arrive", VisitStatus.CANCELLED): "If they came all the same, add them as a walk-in.",
    ("complete", VisitStatus.NO_SHOW): "If they came after all, mark them as here first.",
    ("complete", VisitStatus.CANCELLED): "If they came all the same, add them as a walk-in.",
    ("no_show", VisitStatus.ARRIVED): "Complete it, or cancel it if they left.",
    ("no_show", VisitStatus.COMPLETED): "It stays as it is.",
    ("no_show", VisitStatus.CANCELLED): "It stays as it is.",
}


def check(visit: Visit, verb: str, *, now: datetime) -> None:
    """Raises Conflict where somebody did `verb` already, DomainError where the visit's status does not allow it."""
    status = VisitStatus(visit.status)
    if status in ALLOWED[verb]:
        return
    said = f"{_IS[status]}{_by_whom(visit, now=now)}."
    if status == BECOMES.get(verb):
        raise Conflict(f"visit_already_{status}", said)
    raise DomainError(f"visit_is_{status}", f"{said} {_INSTEAD[verb, status]}")


def _by_whom(visit: Visit, *, now: datetime) -> str:
    """ " at 2:05 pm by Dr. Sato", as far as it is known."""
    at = {
        VisitStatus.ARRIVED: visit.arrived_at,
        VisitStatus.COMPLETED: visit.completed_at,
        VisitStatus.CANCELLED: visit.cancelled_at,
    }.get(VisitStatus(visit.status))
    when = f" {spoken_moment(at, zone=zone_of(visit.location.time_zone), now=now)}" if at else ""
    return f"{when} by {visit.status_by.display_name}" if visit.status_by else when
