"""The authenticator apps of people in tests: set up, and showing their codes."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from core.crypto import encrypt
from tenants.models import Person
from tenants.second_factor.totp import step_at
from tests.cast import TOTP_SECRET


def give_app(person: Person) -> None:
    """Set up the app, for somebody who has no second factor yet."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(TOTP_SECRET)})


def code_at(now: datetime, *, steps: int = 0, secret: str = TOTP_SECRET) -> str:
    """What the app shows at `now`, or so many steps of 30 seconds later."""
    code: str = format_hotp_value(hotp_value(secret, step_at(now) + steps))
    return code
