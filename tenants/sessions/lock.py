"""A session on a desk that others share is locked when nobody touches it, and opened by its person's PIN."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction

from core import audit
from core.errors import DomainError
from core.tenancy.scope import PracticeRef
from tenants.models import Session
from tenants.sign_in_trail import record_at, trail_of

MOST_WRONG_PINS = 5


class SessionEnded(DomainError):
    """Too many wrong PINs: whoever sits there must sign in anew."""


def idle_for() -> timedelta:
    return timedelta(minutes=settings.IDLE_LOCK_MINUTES)


def is_locked(session: Session, *, now: datetime) -> bool:
    """Whether it was locked, or nobody has touched it for so long that it is."""
    return session.locked_at is not None or now - session.last_seen_at >= idle_for()


@transaction.atomic
def lock(*, session: Session, practice: PracticeRef | None, idle: bool, now: datetime) -> None:
    """`idle`: nobody asked for it, time passed. A locked session stays as it is."""
    if Session.objects.filter(pk=session.pk, locked_at__isnull=True).update(locked_at=now, wrong_pins=0):
        record_at(practice, "session.locked", detail={"session": session.handle, "idle": idle})


def unlock(*, handle: UUID, pin: str, practice: PracticeRef | None, now: datetime) -> None:
    """Raises DomainError "pin_wrong"; SessionEnded with the fifth wrong one, which ends the session."""
    left = _try(handle, pin, practice, now)
    if left is None:
        return
    if left == 0:
        raise SessionEnded("session_ended", "That was the fifth wrong PIN. Sign in again.")
    raise DomainError(
        "pin_wrong",
        f"This is not your PIN. {left} more {'try' if left == 1 else 'tries'}, then you sign in.",
        field="pin",
    )


@transaction.atomic
def _try(handle: UUID, pin: str, practice: PracticeRef | None, now: datetime) -> int | None:
    """None where it is open now, else how many tries are left. Tries at once wait for each other."""
    session = Session.objects.select_for_update(of=("self",)).select_related("person").get(handle=handle)
    person = session.person
    if person is not None and person.pin and check_password(pin, person.pin):
        session.locked_at, session.wrong_pins, session.last_seen_at = None, 0, now
        session.save(update_fields=["locked_at", "wrong_pins", "last_seen_at"])
        record_at(practice, "session.unlocked", detail={"session": handle})
        return None
    session.wrong_pins += 1
    left = MOST_WRONG_PINS - session.wrong_pins
    if left <= 0:
        session.delete()
    else:
        session.save(update_fields=["wrong_pins"])
    with trail_of(practice):
        audit.denied("session.unlocked", subject_kind="session", subject_id=handle, detail={"tries_left": max(left, 0)})
    return max(left, 0)
