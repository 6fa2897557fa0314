"""The network gives a partner a sandbox, gives a fresh one for it, or takes it away."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from core import audit
from core.errors import Conflict
from core.tenancy.scope import practice_scope
from tenants import hosts
from tenants.actions.attest_agreement import attest_agreement
from tenants.actions.grant_partner import end_grants_of
from tenants.actions.open_practice import open_practice
from tenants.actions.rename_practice import SANDBOX
from tenants.models import Domain, PartnerApplication, PartnerGrant, Practice
from tenants.partners.registered import locked_partner
from tenants.slugs import is_free

TIME_ZONE = "America/Los_Angeles"
_BY = "The network"
_NOBODY_REAL = "A sandbox: every patient in it is made up"
_SLUG = 32

# What fills it with made-up patients; the domain above this package registers it (infra wires it).
Fill = Callable[..., None]
_fillers: list[Fill] = []


def fill_with(filler: Fill) -> Fill:
    """Register what runs inside a new sandbox: `filler(now=…)`."""
    if filler not in _fillers:
        _fillers.append(filler)
    return filler


def open_sandbox(*, application_id: UUID, now: datetime) -> Practice:
    """Filled, with everything granted that the program asks for. As control plane.

    Raises NotFound, Conflict where it has one or the program is suspended, NoneReady where no schema stands ready.
    """
    with transaction.atomic():
        application = locked_partner(application_id)
        if application.suspended_at is not None:
            raise Conflict("partner_suspended", "The program is suspended. Let it go on first.")
        if _open_ones(application).exists():
            raise Conflict("sandbox_exists", "It has a sandbox already. Reset that one.")
        return _open(application, now=now)


def reset_sandbox(*, application_id: UUID, now: datetime) -> Practice:
    """A new one at the address of the old one, which is removed. Raises NotFound, Conflict where there is none."""
    with transaction.atomic():
        application = locked_partner(application_id)
        if application.suspended_at is not None:
            raise Conflict("partner_suspended", "The program is suspended. Let it go on first.")
        _remove(application, now=now)
        return _open(application, now=now)


def remove_sandbox(*, application_id: UUID, now: datetime) -> None:
    """Its tokens end at once, and its records are destroyed in the night. Raises NotFound, Conflict."""
    with transaction.atomic():
        _remove(locked_partner(application_id), now=now)


def _open(application: PartnerApplication, *, now: datetime) -> Practice:
    practice = open_practice(
        name=f"{SANDBOX} · {application.name}",
        slug=_slug(application.name),
        time_zone=TIME_ZONE,
        sandbox_of=application,
        now=now,
    )
    practice = attest_agreement(practice=practice, attested=_NOBODY_REAL, aggregation=False, now=now)
    grant = PartnerGrant.objects.create(
        application=application, practice=practice, scopes=application.scopes, given_at=now, given_by_name=_BY
    )
    detail = {"application": application.id, "practice": practice.id}
    audit.record("partner.sandbox_made", subject=application, practice_id=practice.id, detail=detail)
    with practice_scope(practice.ref):
        audit.record("partner.let_in", subject=grant, detail={"scopes": grant.scopes})
        for filler in _fillers:
            filler(now=now)
    return practice


def _remove(application: PartnerApplication, *, now: datetime) -> None:
    practice = _open_ones(application).select_for_update().first()
    if practice is None:
        raise Conflict("sandbox_gone", "There is no sandbox any more: somebody removed it meanwhile.")
    before = practice.slug
    practice.status = Practice.Status.LEFT
    practice.left_on = now.astimezone(ZoneInfo(practice.time_zone)).date()
    # Nobody has to be told: nothing in it is anybody's.
    practice.erasure_told_at = now
    # The address is free for the next one.
    practice.slug = f"gone-{practice.id.hex[-20:]}"
    practice.save(update_fields=["status", "left_on", "erasure_told_at", "slug", "updated_at"])
    Domain.objects.filter(tenant=practice).update(domain=hosts.host_of(practice.slug))
    end_grants_of(practice, now=now)
    detail = {"application": application.id, "practice": practice.id}
    audit.record("partner.sandbox_removed", subject=application, practice_id=practice.id, detail=detail)
    transaction.on_commit(lambda: hosts.forget(hosts.host_of(before)))


def _open_ones(application: PartnerApplication) -> QuerySet[Practice]:
    return Practice.objects.filter(sandbox_of=application).exclude(status=Practice.Status.LEFT)


def _slug(name: str) -> str:
    """ "sandbox-harbor-records", with a number where somebody has that."""
    wanted = f"sandbox-{slugify(name)}"[:_SLUG].strip("-")
    return next(one for number in range(1, 1000) if is_free(one := wanted if number == 1 else f"{wanted}-{number}"))
