"""Addresses and deliveries, as an owner sees them and as a program reads them. No id of a patient is among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from core.errors import NotFound
from tenants.webhooks.event_types import may_be_told, worded, words_of
from tenants.webhooks.granted import Granted, must_be_granted
from tenants.webhooks.models import DeliveryState, OffWhy, WebhookDelivery, WebhookEndpoint
from tenants.webhooks.outgoing import message_id_of

PAGE = 25


class Health(StrEnum):
    """How an address does, in the order of what somebody should know first."""

    OFF = "off"
    FAILING = "failing"
    WORKS = "works"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """told: the words of what it is told; held: of what the program may not be told by now, although it asked.

    missed: deliveries of the last thirty days that did not arrive, apart from tests.
    """

    endpoint_id: UUID
    grant_id: UUID
    url: str
    host: str
    kinds: list[str]
    told: list[str]
    held: list[str]
    health: Health
    off_why: OffWhy | None
    off_at: datetime | None
    last_success_at: datetime | None
    waiting: int
    delivered: int
    missed: int
    old_secret_until: datetime | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """words: what was told. next_try_at: only while it waits."""

    delivery_id: UUID
    message_id: str
    number: int
    endpoint_id: UUID
    host: str
    kind: str
    words: str
    state: DeliveryState
    happened_at: datetime
    tries: int
    tried_at: datetime | None
    next_try_at: datetime | None
    ended_at: datetime | None
    status: int | None
    problem: str


def endpoints_of(of: Granted) -> list[Endpoint]:
    """The addresses of a program under its grant, oldest first. One query."""
    return [_endpoint(row, of) for row in _counted().filter(grant_id=of.grant_id)]


def one_endpoint(endpoint_id: UUID, *, grant_id: UUID | None = None) -> Endpoint:
    """Raises NotFound, also where its grant ended."""
    row = _counted().filter(id=endpoint_id).first()
    if row is None or grant_id not in (None, row.grant_id):
        raise NotFound("endpoint_not_found", "There is no such address, or it was removed.")
    return _endpoint(row, must_be_granted(row.grant_id))


def deliveries_of(
    grant_id: UUID,
    *,
    endpoint_id: UUID | None = None,
    missed_only: bool = False,
    before: int | None = None,
    size: int = PAGE,
) -> tuple[list[Delivery], bool]:
    """The newest first, and whether older ones follow. before: the number of the last one seen."""
    rows = WebhookDelivery.objects.filter(endpoint__grant_id=grant_id).select_related("endpoint").order_by("-number")
    if endpoint_id is not None:
        rows = rows.filter(endpoint_id=endpoint_id)
    if missed_only:
        rows = rows.filter(
            Q(state__in=[DeliveryState.FAILED, DeliveryState.WITHHELD]) | Q(tries__gt=0, state="waiting")
        )
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows[: size + 1])
    return [delivery_of(row) for row in found[:size]], len(found) > size


def one_delivery(delivery_id: UUID, *, grant_id: UUID) -> Delivery:
    """Raises NotFound."""
    rows = WebhookDelivery.objects.select_related("endpoint").filter(id=delivery_id, endpoint__grant_id=grant_id)
    row = rows.first()
    if row is None:
        raise NotFound("delivery_not_found", "There is no such delivery, or it was forgotten.")
    return delivery_of(row)


def grant_of(delivery_id: UUID) -> UUID:
    """Under which grant something was told. Raises NotFound."""
    found = WebhookDelivery.objects.filter(id=delivery_id).values_list("endpoint__grant_id", flat=True).first()
    if found is None:
        raise NotFound("delivery_not_found", "There is no such delivery, or it was forgotten.")
    return found


def health_of(grant_ids: Iterable[UUID]) -> dict[UUID, list[Health]]:
    """For a list of programs: how the addresses of each do. One query."""
    found: dict[UUID, list[Health]] = {}
    for row in _counted().filter(grant_id__in=list(grant_ids)):
        found.setdefault(row.grant_id, []).append(_health(row))
    return found


def _counted() -> QuerySet[WebhookEndpoint]:
    count = WebhookDelivery.objects.filter(endpoint=OuterRef("pk"), state=DeliveryState.WAITING, tries__gt=0)
    missed = Q(deliveries__state__in=[DeliveryState.FAILED, DeliveryState.WITHHELD]) & ~Q(deliveries__event_number=None)
    return WebhookEndpoint.objects.annotate(
        retrying=Exists(count),
        waiting=Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING)),
        delivered=Count("deliveries", filter=Q(deliveries__state=DeliveryState.DELIVERED)),
        missed=Count("deliveries", filter=missed),
    ).order_by("created_at", "id")


def _health(row: WebhookEndpoint) -> Health:
    if row.off_at is not None:
        return Health.OFF
    if row.failures or row.retrying:  # type: ignore[attr-defined]
        return Health.FAILING
    return Health.WORKS if row.last_success_at is not None else Health.QUIET


def _endpoint(row: WebhookEndpoint, of: Granted) -> Endpoint:
    told = [name for name in row.kinds if may_be_told(name, of.scopes)]
    return Endpoint(
        endpoint_id=row.id,
        grant_id=row.grant_id,
        url=row.url,
        host=_host(row.url),
        kinds=list(row.kinds),
        told=[words for _, words in worded(told)],
        held=[words for _, words in worded(set(row.kinds) - set(told))],
        health=_health(row),
        off_why=OffWhy(row.off_why) if row.off_why else None,
        off_at=row.off_at,
        last_success_at=row.last_success_at,
        waiting=row.waiting,  # type: ignore[attr-defined]
        delivered=row.delivered,  # type: ignore[attr-defined]
        missed=row.missed,  # type: ignore[attr-defined]
        old_secret_until=row.old_secret_until,
    )


def delivery_of(row: WebhookDelivery) -> Delivery:
    waits = row.state == DeliveryState.WAITING
    return Delivery(
        delivery_id=row.id,
        message_id=message_id_of(row.id),
        number=row.number,
        endpoint_id=row.endpoint_id,
        host=_host(row.endpoint.url),
        kind=row.kind,
        words=words_of(row.kind),
        state=DeliveryState(row.state),
        happened_at=row.happened_at,
        tries=row.tries,
        tried_at=row.tried_at,
        next_try_at=row.next_try_at if waits else None,
        ended_at=row.ended_at,
        status=row.status,
        problem=row.problem,
    )


def _host(url: str) -> str:
    return url.split("/")[2]
