"""Remove an authenticator app or a passkey. Without any other, its person must set one up before they go on."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from core.errors import NotFound
from core.tenancy.scope import PracticeRef
from tenants.models import Person
from tenants.sign_in_trail import record_at


def remove_totp(*, person: Person, practice: PracticeRef | None) -> None:
    """Raises NotFound for somebody without an app."""
    _remove(person, practice, type=Authenticator.Type.TOTP)


def remove_passkey(*, person: Person, passkey_id: int, practice: PracticeRef | None) -> None:
    """Raises NotFound for a passkey that is not theirs."""
    _remove(person, practice, type=Authenticator.Type.WEBAUTHN, pk=passkey_id)


@transaction.atomic
def _remove(person: Person, practice: PracticeRef | None, **which: object) -> None:
    mine = Authenticator.objects.filter(user=person)
    factor = mine.filter(**which).first()
    if factor is None:
        raise NotFound("factor_not_found", "This second factor is not there any more.")
    kind = factor.type
    factor.delete()
    record_at(practice, "factor.removed", detail={"kind": kind})
    if not mine.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        # Recovery codes stand in for a factor; alone they are none.
        mine.delete()
