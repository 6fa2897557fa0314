"""Somebody leaves the network's staff. Their memberships at practices stay as they are."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from core.audit.record import Detail
from core.errors import Conflict, NotFound
from core.tenancy.scope import control_plane
from tenants.actions.withdraw_invitations import withdraw_invitations
from tenants.models import Person
from tenants.people_authority import check_may_give
from tenants.principal import Principal
from tenants.sessions import end_sessions
from tenants.trail import record_at


def end_network_role(*, person_id: UUID, by: Principal | None, now: datetime) -> Person:
    """The person, who may enter the console no more. Raises NotFound; Conflict last_network_admin."""
    with control_plane(), transaction.atomic():
        with connection.cursor() as cursor:
            # Held by every such change, here and in the database's own check: one after the other.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('network_admin_always'))")
        person = Person.objects.select_for_update(no_key=True).filter(id=person_id).exclude(network_role="").first()
        if person is None:
            raise NotFound("person_not_found", "Nobody of that name belongs here.")
        check_may_give(by=by, role=person.network_role, practice=None)
        if person.network_role == Person.NetworkRole.ADMIN:
            admins = Person.objects.filter(network_role=Person.NetworkRole.ADMIN, is_active=True)
            if not admins.exclude(id=person_id).exists():
                raise Conflict("last_network_admin", "The network needs an admin. Invite another one first.")
        role, person.network_role = person.network_role, ""
        person.save(update_fields=["network_role", "updated_at"])
        withdrawn = withdraw_invitations(sent_by=person_id, role="", practice=None, now=now)
        detail: Detail = {"role": role, "invitations_cancelled": withdrawn}
        record_at(None, "person.left", subject=person, detail=detail)
        end_sessions(person_id=person_id)
        return person
