"""Set up an authenticator app, and recovery codes with the first factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.db import transaction

from core.crypto import encrypt
from core.errors import Conflict, DomainError
from core.tenancy.scope import PracticeRef
from tenants.models import Person
from tenants.second_factor.totp import matching_step
from tenants.sign_in_trail import record_at


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 wants them."""
    secret: str = generate_totp_secret()
    return secret


@transaction.atomic
def add_totp(*, person: Person, secret: str, code: str, practice: PracticeRef | None, now: datetime) -> list[str]:
    """Keep the app that shows `code`. Returns new recovery codes, which are told this once; none where some exist.

    Raises DomainError "code_wrong", Conflict for a second app.
    """
    step = matching_step(secret=secret, code=code, now=now)
    if step is None:
        raise DomainError("code_wrong", "This is not the code of your app. Wait for the next one.", field="code")
    Person.objects.select_for_update().get(pk=person.pk)
    if Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        raise Conflict("totp_exists", "You have an authenticator app already. Remove it first to set up another.")
    # The code that proves the app is used up by proving it.
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret), "last_step": step}, created_at=now
    )
    record_at(practice, "factor.added", detail={"kind": "totp"})
    return first_recovery_codes(person)


def first_recovery_codes(person: Person) -> list[str]:
    """Recovery codes for somebody who has none, made with their first factor; empty where they exist."""
    if Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes
