"""The owner asks to leave. An admin of the network, told by mail, completes it, so that nobody leaves by a slip."""

from datetime import datetime
from functools import partial

from django.db import transaction

from core.errors import Conflict
from core.tenancy.scope import PracticeRef, control_plane
from tenants import mail
from tenants.hosts import url_of
from tenants.models import Person, Practice, StatusChange
from tenants.principal import Principal
from tenants.status import locked, write


def ask_to_leave(*, practice: PracticeRef, reason: str, note: str, by: Principal, now: datetime) -> Practice:
    """Nothing changes yet but that the network knows. Raises Conflict where it was asked already."""
    with control_plane(), transaction.atomic():
        row = locked(practice.id, within={Practice.Status.ACTIVE})
        if row.leave_asked_at is not None:
            raise Conflict("leave_asked", "You have asked already. The network completes it within two working days.")
        row.leave_asked_at = now
        write(row, StatusChange.Change.LEAVE_ASKED, reason=reason, note=note, by=by, now=now)
        transaction.on_commit(partial(_write, row), robust=True)
    return row


def _write(practice: Practice) -> None:
    with control_plane():
        admins = list(
            Person.objects.filter(network_role=Person.NetworkRole.ADMIN, is_active=True).values_list("email", flat=True)
        )
    for address in admins:
        mail.send(
            to=address,
            template="leave_asked",
            context={"practice_name": practice.name, "link": url_of("", f"/members/{practice.id}/")},
        )
