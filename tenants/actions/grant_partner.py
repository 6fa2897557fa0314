"""A practice's owner lets a partner's program in, says what it may do there, and shows it the door."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import PracticeRef, control_plane
from tenants.entitlements import check_room
from tenants.models import Capability, PartnerGrant, PartnerToken, Practice
from tenants.partners.registered import locked_partner
from tenants.partners.scopes import checked
from tenants.people_authority import locked_practice
from tenants.permissions import Verb
from tenants.principal import Principal
from tenants.sign_in_trail import trail_of


def grant_partner(
    *, practice: PracticeRef, application_id: UUID, scopes: Iterable[str], by: Principal, now: datetime
) -> PartnerGrant:
    """The practice's yes, for what `scopes` says. Written into the practice's trail.

    Raises NotFound; DomainError for scopes that the program does not ask for, Conflict grant_exists, practice_closed,
    partner_suspended, plan_limit.
    """
    with control_plane(), transaction.atomic():
        place = _place_of(by, practice)
        if place.status != Practice.Status.ACTIVE or place.business_associate_agreed_at is None:
            raise Conflict("practice_closed", "Accept the agreements first. No program is let in before.")
        application = locked_partner(application_id)
        if application.suspended_at is not None:
            raise Conflict("partner_suspended", "The network has suspended this program. It cannot be let in now.")
        asked = checked(scopes, within=application.scopes)
        if PartnerGrant.objects.filter(application=application, practice=place, ended_at__isnull=True).exists():
            raise Conflict("grant_exists", "It is let in already. Change what it may do instead.")
        used = PartnerGrant.objects.filter(practice=place, ended_at__isnull=True).count()
        check_room(place.id, Capability.PROGRAMS, used=used)
        grant = PartnerGrant.objects.create(
            application=application, practice=place, scopes=asked, given_at=now, given_by_name=by.person_name
        )
        _write(grant, "partner.let_in", {"scopes": asked})
    return grant


def change_grant(*, practice: PracticeRef, grant_id: UUID, scopes: Iterable[str], by: Principal) -> PartnerGrant:
    """What it may do from now on: less ends at once, more counts from its next token.

    Raises NotFound, Conflict grant_ended, DomainError for scopes that the program does not ask for.
    """
    with control_plane(), transaction.atomic():
        grant = _locked_grant(_place_of(by, practice), grant_id)
        asked = checked(scopes, within=grant.application.scopes)
        if asked == grant.scopes:
            raise DomainError("grant_same", "That is what it may do already.", field="scopes")
        before, grant.scopes = grant.scopes, asked
        grant.save(update_fields=["scopes", "updated_at"])
        _write(grant, "partner.changed_here", {"from": before, "to": asked})
    return grant


def end_grant(*, practice: PracticeRef, grant_id: UUID, by: Principal, now: datetime) -> PartnerGrant:
    """The practice's no: its tokens end with this. Raises NotFound, Conflict grant_ended."""
    with control_plane(), transaction.atomic():
        grant = _locked_grant(_place_of(by, practice), grant_id)
        grant.ended_at = now
        grant.save(update_fields=["ended_at", "updated_at"])
        PartnerToken.objects.filter(grant=grant).delete()
        _write(grant, "partner.shut_out", {"scopes": grant.scopes})
    return grant


def end_grants_of(place: Practice, *, now: datetime) -> int:
    """Everything that a practice granted ends: it leaves. Inside the caller's transaction; returns how many."""
    PartnerToken.objects.filter(grant__practice=place).delete()
    return PartnerGrant.objects.filter(practice=place, ended_at__isnull=True).update(ended_at=now)


def _place_of(by: Principal, practice: PracticeRef) -> Practice:
    """The practice, locked. Raises NotFound for somebody who may not let programs in there."""
    if by.practice is None or by.practice.id != practice.id or not by.may(Verb.PARTNERS_MANAGE):
        raise NotFound("place_not_found", "There is no such place, or it is not yours.")
    return locked_practice(practice)


def _locked_grant(place: Practice, grant_id: UUID) -> PartnerGrant:
    grant = (
        PartnerGrant.objects.select_for_update(of=("self",), no_key=True)
        .select_related("application", "practice")
        .filter(id=grant_id, practice=place)
        .first()
    )
    if grant is None:
        raise NotFound("grant_not_found", "It is not let in here.")
    if grant.ended_at is not None:
        raise Conflict("grant_ended", "It is not let in any more: somebody ended that meanwhile.")
    return grant


def _write(grant: PartnerGrant, verb: str, detail: dict[str, list[str]]) -> None:
    with trail_of(grant.practice.ref):
        audit.record(verb, subject=grant, detail={"application": grant.application_id, **detail})
