"""Codes of an authenticator app (RFC 6238), each accepted once, whichever host it is typed at."""

from datetime import datetime
from uuid import UUID

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction

from core.crypto import decrypt

SECONDS = 30
# How many steps a clock may be off, either way.
TOLERANCE = 1
_LAST = "last_step"


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // SECONDS


def matching_step(*, secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is, the latest first; None where it is none of those around `now`."""
    for step in range(step_at(now) + TOLERANCE, step_at(now) - TOLERANCE - 1, -1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


@transaction.atomic
def use_code(*, person_id: UUID, code: str, now: datetime) -> Authenticator | None:
    """The person's app, where this is its code and neither it nor a later one was used; it is used up by this call.

    Remembered in the row of the app and not in a cache: there is one for all hosts, nothing evicts it, and of two
    requests at once only one gets in.
    """
    app = Authenticator.objects.select_for_update().filter(user_id=person_id, type=Authenticator.Type.TOTP).first()
    if app is None:
        return None
    step = matching_step(secret=decrypt(app.data["secret"]), code=code, now=now)
    if step is None or step <= app.data.get(_LAST, -1):
        return None
    app.data[_LAST] = step
    app.save(update_fields=["data"])
    return app
