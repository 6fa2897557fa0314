"""A partner's program books a visit, moves it, and says what became of it: by the same actions as people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict
from core.exchange.external_id import system_of
from core.exchange.read import row_of
from core.exchange.resource import Unless
from core.violated import violated
from loyalty.exchange.visits import VISITS
from loyalty.models import Visit, VisitIdentifier
from loyalty.visits.arrive import arrive
from loyalty.visits.book import book
from loyalty.visits.cancel import cancel
from loyalty.visits.complete import complete
from loyalty.visits.confirm import confirm
from loyalty.visits.locked import locked_visit
from loyalty.visits.move import move
from loyalty.visits.no_show import no_show
from loyalty.visits.see import see
from loyalty.visits.walk_in import walk_in

_OPTIONAL = ("staff_id", "service_id")


class _Verb(Protocol):
    def __call__(self, *, visit_id: UUID, now: datetime) -> Visit: ...


VERBS: dict[str, _Verb] = {
    "confirm": confirm,
    "arrive": arrive,
    "call_in": see,
    "complete": complete,
    "cancel": cancel,
    "no_show": no_show,
}


def write_new_visit(*, given: Mapping[str, Any], application_id: UUID, now: datetime) -> dict[str, Any]:
    """given: patient_id, location_id and starts_at; staff_id, service_id and external_id where they are known.

    Without starts_at the patient walks in now. Raises as `book` and `walk_in`, Conflict for an id that is taken.
    """
    parties: dict[str, Any] = {name: given.get(name) for name in ("patient_id", "location_id", *_OPTIONAL)}
    with transaction.atomic():
        if "starts_at" in given:
            visit = book(**parties, starts_at=given["starts_at"], now=now)
        else:
            visit = walk_in(**parties, now=now)
        if given.get("external_id"):
            _write_id(visit, given["external_id"], application_id)
        return row_of(VISITS, visit.id, application_id=application_id)


def change_visit_for(
    *, row_id: UUID, given: Mapping[str, Any], application_id: UUID, unless_changed: Unless, now: datetime
) -> dict[str, Any]:
    """given: starts_at, external_id. Raises as `move`, Conflict for an id that is taken."""
    with transaction.atomic():
        visit = locked_visit(row_id)
        unless_changed(row_of(VISITS, row_id, application_id=application_id))
        if "starts_at" in given:
            visit = move(visit_id=row_id, starts_at=given["starts_at"], now=now)
        if "external_id" in given:
            _write_id(visit, given["external_id"], application_id)
        return row_of(VISITS, row_id, application_id=application_id)


def act_on_visit(
    verb: str, *, visit_id: UUID, application_id: UUID, unless_changed: Unless, now: datetime
) -> dict[str, Any]:
    """verb: of VERBS. Raises NotFound, Conflict where it was done already, DomainError where it cannot be."""
    with transaction.atomic():
        locked_visit(visit_id)
        unless_changed(row_of(VISITS, visit_id, application_id=application_id))
        VERBS[verb](visit_id=visit_id, now=now)
        return row_of(VISITS, visit_id, application_id=application_id)


def _write_id(visit: Visit, external_id: str, application_id: UUID) -> None:
    """It takes the place of those that the program gave before."""
    system = system_of(application_id)
    held = VisitIdentifier.objects.filter(visit=visit, system=system)
    if list(held.values_list("value", flat=True)) == [external_id]:
        return
    held.exclude(value=external_id).delete()
    try:
        with transaction.atomic():
            VisitIdentifier.objects.get_or_create(system=system, value=external_id, visit=visit)
    except IntegrityError as error:
        if violated(error) != "visit_identifier_once":
            raise
        raise Conflict("external_id_taken", "Another visit has this id. Find it by it.", field="external_id") from None
    changed("visit.numbered", visit, patients=[visit.patient_id])
