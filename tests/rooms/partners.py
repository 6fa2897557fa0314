"""Partners' programs: registered by the network's admin, let in by a practice's owner."""

import secrets
from datetime import datetime

from core.ids import uuid7
from core.tenancy.scope import control_plane, current_practice
from tenants.actions.grant_partner import grant_partner
from tenants.actions.register_partner import register_partner
from tenants.principal import Principal
from tenants.webhooks.add import add_endpoint
from tenants.webhooks.models import DeliveryState, WebhookDelivery
from tenants.webhooks.switch_off import switch_off
from tests.permissions.roles import ADMIN, OWNER
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room

TOLD = {"url": "https://hooks.example.com/told", "kinds": ["location.changed"]}
WORDS = {"about": "Keeps the calendar.", "contact_email": "dana@example.com", "scopes": ["practice:read"]}


def records(_ids: Ids, now: datetime) -> Ids:
    """A program that nobody let in so far, and what another one may do here."""
    place = current_practice()
    # The network has one program of a name, and these records are made for more than one practice.
    own = secrets.token_hex(4)
    with control_plane():
        offered, _ = register_partner(name=f"Calendar for two {own}", **WORDS, now=now)
        inside, _ = register_partner(
            name=f"Calendar for many {own}", **{**WORDS, "scopes": ["practice:read", "patients:read"]}, now=now
        )
    owner = Principal(person_id=uuid7(), person_name="Olivia Owens", practice=place, role="owner", agreed=True)
    grant = grant_partner(practice=place, application_id=inside.id, scopes=["practice:read"], by=owner, now=now)
    made = add_endpoint(grant_id=grant.id, **TOLD, now=now)
    delivery = WebhookDelivery.objects.create(
        endpoint=made.endpoint,
        event_number=1,
        kind="location.changed",
        record_id=uuid7(),
        happened_at=now,
        queued_at=now,
        next_try_at=now,
        state=DeliveryState.FAILED,
        ended_at=now,
    )
    return {
        "program_id": offered.id,
        "grant_id": grant.id,
        "endpoint_id": made.endpoint.id,
        "delivery_id": delivery.id,
    }


def switched_off(ids: Ids, now: datetime) -> None:
    switch_off(endpoint_id=ids["endpoint_id"], now=now)


ROOM = Room(
    practice={
        "partners": OWNER,
        "partner-grant": OWNER,
        "partner-narrowing": OWNER,
        "partner-end": OWNER,
        "webhooks": OWNER,
        "webhook-new": OWNER,
        "webhook": OWNER,
        "webhook-secret": OWNER,
        "webhook-test": OWNER,
        "webhook-missed": OWNER,
        "webhook-again": OWNER,
        "webhook-off": OWNER,
        "webhook-on": OWNER,
        "webhook-removal": OWNER,
    },
    network={
        "partners": ADMIN,
        "partner-new": ADMIN,
        "partner": ADMIN,
        "partner-secret": ADMIN,
        "partner-suspension": ADMIN,
        "partner-resumption": ADMIN,
        "partner-sandbox": ADMIN,
        "partner-sandbox-reset": ADMIN,
        "partner-sandbox-removal": ADMIN,
    },
    records=records,
    bodies={
        "partner-grant": Body({"scopes": ["practice:read"]}),
        "partner-narrowing": Body({"scopes": ["patients:read"]}),
        "partner-end": Body(),
        "webhook-new": Body({**TOLD, "url": "https://hooks.example.com/more"}, answers=(200,)),
        "webhook": Body({**TOLD, "url": "https://hooks.example.com/elsewhere"}),
        "webhook-secret": Body({"why": "planned"}, answers=(200,)),
        "webhook-test": Body(),
        "webhook-missed": Body(),
        "webhook-again": Body(),
        "webhook-off": Body(),
        "webhook-on": Body(before=switched_off),
        "webhook-removal": Body(),
    },
)
