"""A program gets an address at which it is told what happens here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from core import audit, crypto
from core.errors import Conflict
from core.violated import violated
from tenants.webhooks.event_types import checked
from tenants.webhooks.granted import Granted, must_be_granted
from tenants.webhooks.models import WebhookEndpoint
from tenants.webhooks.secrets import new_secret
from tenants.webhooks.target import target_of

MOST = 5


@dataclass(frozen=True, slots=True)
class WithSecret:
    """secret: shown in the answer that made it, and never again."""

    endpoint: WebhookEndpoint
    secret: str


def add_endpoint(*, grant_id: UUID, url: str, kinds: Iterable[str], now: datetime) -> WithSecret:
    """Raises NotFound, Conflict partner_suspended, endpoints_full, endpoint_exists; DomainError for url and kinds."""
    of, url = must_be_granted(grant_id), url.strip()
    check_not_suspended(of)
    target_of(url)
    secret = new_secret()
    try:
        with transaction.atomic():
            _one_at_a_time(grant_id)
            if WebhookEndpoint.objects.filter(grant_id=grant_id).count() >= MOST:
                raise Conflict("endpoints_full", f"It has {MOST} addresses already. Remove one first.", field="url")
            endpoint = WebhookEndpoint.objects.create(
                grant_id=grant_id,
                application_id=of.application_id,
                url=url,
                kinds=checked(kinds, scopes=of.scopes),
                secret=crypto.encrypt(secret),
                secret_changed_at=now,
            )
            audit.record(
                "webhook.added",
                subject=endpoint,
                detail={"application": of.application_id, "kinds": endpoint.kinds},
            )
    except IntegrityError as error:
        raise same_address(error) from error
    return WithSecret(endpoint, secret)


def _one_at_a_time(grant_id: UUID) -> None:
    """Until the transaction ends: of two at once, the second counts what the first has added."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"webhooks of {grant_id}"])


def check_not_suspended(of: Granted) -> None:
    if of.suspended:
        raise Conflict("partner_suspended", "The network has suspended this program. It is told nothing for now.")


def same_address(error: IntegrityError) -> Exception:
    """What a violated constraint means here; any other is given back as it is."""
    if violated(error) == "webhookendpoint_one_of_an_address":
        return Conflict("endpoint_exists", "It is told at this address already. Change that one.", field="url")
    return error
