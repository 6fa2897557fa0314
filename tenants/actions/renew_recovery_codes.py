"""New recovery codes in place of the old ones."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction

from core.errors import Conflict
from core.tenancy.scope import PracticeRef
from tenants.models import Person
from tenants.sign_in_trail import record_at


@transaction.atomic
def renew_recovery_codes(*, person: Person, practice: PracticeRef | None) -> list[str]:
    """The codes, told this once. Raises Conflict for somebody without a factor that they could stand in for."""
    Person.objects.select_for_update().get(pk=person.pk)
    mine = Authenticator.objects.filter(user=person)
    if not mine.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        raise Conflict("no_factor", "Set up an authenticator app or a passkey first.")
    mine.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    record_at(practice, "recovery_codes.renewed")
    return codes
