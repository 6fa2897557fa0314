"""The programs that partners registered, as the network's console and an owner see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from core.errors import NotFound
from core.tenancy.scope import control_plane
from tenants.models import PartnerApplication, PartnerGrant
from tenants.partners.scopes import in_words
from tenants.partners.tokens import granted_scopes


@dataclass(frozen=True, slots=True)
class Connected:
    """A program at one practice. may: in sentences, what it may do by now; taken: what was granted and the network
    took away since, in sentences. asks: the most that it can be granted.
    """

    grant_id: UUID
    application_id: UUID
    name: str
    about: str
    scopes: list[str]
    may: list[str]
    taken: list[str]
    asks: list[str]
    suspended: bool
    given_at: datetime
    given_by_name: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A program that the practice can grant something. asks: in sentences, the most that it can be granted."""

    application_id: UUID
    name: str
    about: str
    scopes: list[str]
    asks: list[str]


def locked_partner(application_id: UUID) -> PartnerApplication:
    """The row, locked. Raises NotFound."""
    row = PartnerApplication.objects.select_for_update(no_key=True).filter(id=application_id).first()
    if row is None:
        raise NotFound("partner_not_found", "There is no such program.")
    return row


def all_partners() -> list[PartnerApplication]:
    """For the network: every program by name, each with `practices`, the number of practices that let it in."""
    return list(_counted().order_by("name", "id"))


def one_partner(application_id: UUID) -> PartnerApplication:
    """One of `all_partners`. Raises NotFound."""
    row = _counted().filter(id=application_id).first()
    if row is None:
        raise NotFound("partner_not_found", "There is no such program.")
    return row


def connected_to(practice_id: UUID) -> list[Connected]:
    """What a practice has granted, by name. One query."""
    with control_plane():
        rows = list(
            PartnerGrant.objects.filter(practice_id=practice_id, ended_at__isnull=True)
            .select_related("application")
            .order_by("application__name", "id")
        )
    return [_connected(row) for row in rows]


def offered_to(practice_id: UUID) -> list[Offered]:
    """What the practice could grant and has not, by name. One query."""
    with control_plane():
        rows = list(
            PartnerApplication.objects.filter(suspended_at__isnull=True)
            .exclude(grants__in=PartnerGrant.objects.filter(practice_id=practice_id, ended_at__isnull=True))
            .order_by("name", "id")
        )
    return [_offered(row) for row in rows]


def connected(practice_id: UUID, grant_id: UUID) -> Connected:
    """One of `connected_to`. Raises NotFound."""
    found = next((one for one in connected_to(practice_id) if one.grant_id == grant_id), None)
    if found is None:
        raise NotFound("grant_not_found", "It is not let in, or not any more.")
    return found


def offer(application_id: UUID) -> Offered:
    """What a program asks for, whether it can be let in at this moment or not. Raises NotFound."""
    with control_plane():
        row = PartnerApplication.objects.filter(id=application_id).first()
    if row is None:
        raise NotFound("partner_not_found", "There is no such program.")
    return _offered(row)


def _counted() -> QuerySet[PartnerApplication]:
    return PartnerApplication.objects.annotate(
        practices=Count("grants", filter=Q(grants__ended_at__isnull=True, grants__practice__sandbox_of__isnull=True))
    )


def _offered(row: PartnerApplication) -> Offered:
    return Offered(row.id, row.name, row.about, list(row.scopes), in_words(row.scopes))


def _connected(grant: PartnerGrant) -> Connected:
    application = grant.application
    now_may = granted_scopes(grant, application)
    return Connected(
        grant_id=grant.id,
        application_id=application.id,
        name=application.name,
        about=application.about,
        scopes=now_may,
        may=in_words(now_may),
        taken=in_words(scope for scope in grant.scopes if scope not in application.scopes),
        asks=list(application.scopes),
        suspended=application.suspended_at is not None,
        given_at=grant.given_at,
        given_by_name=grant.given_by_name,
    )
