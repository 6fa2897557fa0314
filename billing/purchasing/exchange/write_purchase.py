"""One line of an invoice, as a program sends it: by the same rules as many at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from billing.purchasing.exchange.purchases import PURCHASES, own_lines
from billing.purchasing.exchange.write_purchases import Outcome, upsert_purchases
from core.errors import Conflict, NotFound
from core.exchange.external_id import kept_as, own_part
from core.exchange.read import row_of
from core.exchange.resource import Unless


def write_new_purchase(*, given: Mapping[str, Any], application_id: UUID, now: datetime) -> dict[str, Any]:
    """The line as programs read it. Raises DomainError with the field, Conflict for one that is here already."""
    with transaction.atomic():
        if own_lines().filter(external_id=kept_as(application_id, given["external_id"])).exists():
            raise Conflict("external_id_taken", "Another line has this id. Find it by it.", field="external_id")
        outcome, purchase_id = _done(given, application_id, now)
        if outcome == Outcome.DUPLICATE:
            raise Conflict(
                "purchase_known",
                "This line is here already, from a file or another program. Nothing was added. Find it by its invoice.",
            )
        return row_of(PURCHASES, purchase_id, application_id=application_id)


def change_purchase_for(
    *,
    row_id: UUID,
    given: Mapping[str, Any],
    application_id: UUID,
    unless_changed: Unless,
    now: datetime,
) -> dict[str, Any]:
    """unless_changed: called with the line as it is, once it is locked; raises where that is not as expected.

    Raises NotFound, Conflict for a line that was claimed or is not the program's, DomainError with the field.
    """
    with transaction.atomic():
        line = own_lines().select_for_update(of=("self",)).filter(id=row_id).first()
        if line is None:
            raise NotFound("purchase_missing", "There is no such record.")
        unless_changed(row_of(PURCHASES, row_id, application_id=application_id))
        external_id = own_part(application_id, line.external_id)
        if not external_id:
            raise Conflict("purchase_not_yours", "Another source brought this line, so it is changed there.")
        _done({**given, "external_id": external_id}, application_id, now)
        return row_of(PURCHASES, row_id, application_id=application_id)


def _done(given: Mapping[str, Any], application_id: UUID, now: datetime) -> tuple[Outcome, UUID]:
    """What became of it, and its id. Raises what it was refused for."""
    (result,) = upsert_purchases(rows=[given], application_id=application_id, now=now)
    if result.line is None:
        raise result.error or Conflict("written_meanwhile", "Another request wrote it at this moment. Send it again.")
    return result.outcome, result.line.id
