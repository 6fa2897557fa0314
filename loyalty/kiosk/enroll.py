"""A tablet becomes a kiosk of a location: a manager makes a code, the tablet brings it once and gets its own token."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from core.tenancy.scope import current_practice
from core.violated import violated
from loyalty.kiosk.secrets import Use, as_typed, digest, digests, new_enrollment_code, new_token
from loyalty.models import Kiosk, Location
from tenants.entitlements import check_room
from tenants.models import Capability

GOOD_FOR = timedelta(minutes=15)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Invited:
    """code: shown once, now; nothing that is kept gives it back. until: when it is good no more."""

    kiosk: Kiosk
    code: str
    until: datetime


def invite_tablet(*, name: str, location_id: UUID, now: datetime) -> Invited:
    """Make room for a tablet, with the code that enrolls it.

    Raises NotFound, DomainError with the field, Conflict beyond the plan.
    """
    words = given_text(name, what="The name", field="name", limit=_LONGEST)
    if not is_visible(words):
        raise DomainError("kiosk_name_missing", "Give the tablet a name, such as “Front desk”.", field="name")
    location = Location.objects.filter(id=location_id, is_active=True).first()
    if location is None:
        raise NotFound("location_not_found", "This location is not on file.")
    code = new_enrollment_code()
    with transaction.atomic():
        used = Kiosk.objects.select_for_update(no_key=True).filter(revoked_at__isnull=True)
        check_room(current_practice().id, Capability.TABLETS, used=len(used))
        kiosk = Kiosk(
            name=words, location=location, code_digest=digest(code, Use.ENROLLMENT), code_until=now + GOOD_FOR
        )
        try:
            with transaction.atomic():
                kiosk.save(force_insert=True)
        except IntegrityError as error:
            if violated(error) != "kiosk_name_once":
                raise
            raise DomainError(
                "kiosk_name_taken", f"{location.name} has a tablet of this name. Choose another name.", field="name"
            ) from None
        changed("kiosk.invited", kiosk)
    return Invited(kiosk, code, now + GOOD_FOR)


def invite_again(*, kiosk_id: UUID, now: datetime) -> Invited:
    """A new code for the same tablet, or for one that takes its place. The one enrolled works until then.

    Raises NotFound, Conflict for one that was revoked.
    """
    with transaction.atomic():
        kiosk = locked_kiosk(kiosk_id)
        code = new_enrollment_code()
        kiosk.code_digest, kiosk.code_until = digest(code, Use.ENROLLMENT), now + GOOD_FOR
        kiosk.save(update_fields=["code_digest", "code_until", "updated_at"])
        changed("kiosk.invited", kiosk)
    return Invited(kiosk, code, now + GOOD_FOR)


def invited_by(code: str, *, now: datetime) -> UUID:
    """The id of the tablet that a code would enroll. Raises NotFound for one that is unknown, used or too old."""
    kiosk = Kiosk.objects.filter(**_good(code, now=now)).only("id").first()
    if kiosk is None:
        raise _unknown()
    return kiosk.id


def enroll(*, code: str, device: str, now: datetime) -> tuple[Kiosk, str]:
    """The tablet that brings the code, and the token it shows from now on. Whoever had one before has none any more.

    Raises NotFound for a code that is unknown, used or too old: one answer for all three.
    """
    with transaction.atomic():
        kiosk = Kiosk.objects.select_for_update(of=("self",)).filter(**_good(code, now=now)).first()
        if kiosk is None:
            raise _unknown()
        token = new_token()
        kiosk.code_digest, kiosk.code_until = "", None
        kiosk.token_digest, kiosk.device = digest(token, Use.TABLET), device
        kiosk.enrolled_at = kiosk.last_seen_at = now
        kiosk.wrong_codes = kiosk.wrong_pins = 0
        kiosk.codes_wait_until = kiosk.pins_wait_until = None
        kiosk.save()
        changed("kiosk.enrolled", kiosk)
    return kiosk, token


def _good(code: str, *, now: datetime) -> dict[str, object]:
    return {"code_digest__in": digests(as_typed(code), Use.ENROLLMENT), "code_until__gt": now}


def _unknown() -> NotFound:
    return NotFound(
        "kiosk_code_unknown", "This code does not work. It is good once, for 15 minutes. Ask for a new one."
    )


def locked_kiosk(kiosk_id: UUID) -> Kiosk:
    """Raises NotFound, Conflict for one that was revoked."""
    kiosk = Kiosk.objects.select_for_update(of=("self",)).filter(id=kiosk_id).first()
    if kiosk is None:
        raise NotFound("kiosk_not_found", "This tablet is not on file.")
    if kiosk.revoked_at is not None:
        raise Conflict("kiosk_revoked", "This tablet was revoked. Enroll it under a new entry.")
    return kiosk
