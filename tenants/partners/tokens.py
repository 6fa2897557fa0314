"""Access tokens: fifteen minutes, for one program at one practice, good for no more than the grant is by then."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from core.errors import NotFound
from core.prepared import Prepared
from core.tenancy.scope import PracticeRef
from tenants.models import PartnerApplication, PartnerGrant, PartnerToken, Practice, Standing
from tenants.partners.scopes import Scope
from tenants.partners.secrets import digest_of_token, digests_of_token, is_secret, new_token

GOOD_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Holder:
    """The program that a token speaks for, and what it may do at this moment."""

    application_id: UUID
    application_name: str
    grant_id: UUID
    scopes: frozenset[str]
    expires_at: datetime
    # Of its practice: nothing is changed there now.
    read_only: bool = False

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes


def application_of(client_id: str, secret: str, *, now: datetime) -> PartnerApplication | None:
    """The program that proves itself so; None for an unknown or suspended one, or a secret that is not its own."""
    application = PartnerApplication.objects.filter(client_id=client_id, suspended_at__isnull=True).first()
    if application is None:
        return None
    if is_secret(application.secret_digest, secret):
        return application
    until = application.old_secret_until
    if until is not None and now < until and is_secret(application.old_secret_digest, secret):
        return application
    return None


def is_open(to_grant: str = "") -> Q:
    """A grant counts: it was not ended, and its practice is active and has its agreement. to_grant: "grant__"."""
    return Q(
        **{
            f"{to_grant}ended_at__isnull": True,
            f"{to_grant}practice__status": Practice.Status.ACTIVE,
            f"{to_grant}practice__business_associate_agreed_at__isnull": False,
        }
    )


def open_grant(application: PartnerApplication, *, slug: str) -> PartnerGrant:
    """What the practice of that address granted. Raises NotFound, alike for a missing practice and a missing yes."""
    grant = (
        PartnerGrant.objects.filter(
            is_open(),
            application=application,
            practice__slug=slug,
        )
        .select_related("practice")
        .first()
    )
    if grant is None:
        raise NotFound("no_grant", "That practice has not granted this program anything.")
    return grant


def issue(*, grant: PartnerGrant, scopes: list[str], now: datetime) -> tuple[str, PartnerToken]:
    """A token and its row. `scopes` were checked against the grant. The caller's transaction holds the trail too."""
    token = new_token()
    row = PartnerToken.objects.create(
        digest=digest_of_token(token), grant=grant, scopes=scopes, issued_at=now, expires_at=now + GOOD_FOR
    )
    return token, row


def granted_scopes(grant: PartnerGrant, application: PartnerApplication) -> list[str]:
    """What both say by now: either may have been narrowed since the grant was given."""
    return [scope.value for scope in Scope if scope in grant.scopes and scope in application.scopes]


def holder_of(token: str, *, practice: PracticeRef, now: datetime) -> Holder | None:
    """Whose token it is, at this practice. One query, as control plane; None for anything that is not good here now."""
    digests = digests_of_token(token)
    row = _good_here(len(digests)).first(
        practice_id=practice.id, now=now, **{f"digest{number}": digest for number, digest in enumerate(digests)}
    )
    if row is None:
        return None
    application_id, name, grant_id, own, granted, allowed, expires_at, standing = row
    scopes = frozenset(own) & frozenset(granted) & frozenset(allowed)
    return Holder(application_id, name, grant_id, scopes, expires_at, standing == Standing.READ_ONLY)


@cache
def _good_here(digests: int) -> Prepared[PartnerToken]:
    """With that many digests of one token."""

    def tokens(practice_id: UUID, now: datetime, **of_token: str) -> QuerySet[PartnerToken, Any]:
        return PartnerToken.objects.filter(
            is_open("grant__"),
            digest__in=list(of_token.values()),
            expires_at__gt=now,
            grant__practice_id=practice_id,
            grant__application__suspended_at__isnull=True,
        ).values_list(
            "grant__application_id",
            "grant__application__name",
            "grant_id",
            "scopes",
            "grant__scopes",
            "grant__application__scopes",
            "expires_at",
            "grant__practice__standing",
        )

    any_practice, any_time = UUID(int=1), datetime.min.replace(tzinfo=UTC)
    of_token = {f"digest{number}": f"digest {number} of a token" for number in range(digests)}
    return Prepared(tokens, practice_id=any_practice, now=any_time, **of_token)


def forget_expired(*, now: datetime) -> int:
    """Remove the rows of tokens that nobody can use any more; returns how many."""
    return PartnerToken.objects.filter(expires_at__lte=now).delete()[0]
