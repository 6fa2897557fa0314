"""Keep a passkey that the browser has just made."""

from typing import Any

from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from core.tenancy.scope import PracticeRef
from tenants.actions.add_totp import first_recovery_codes
from tenants.models import Person
from tenants.sign_in_trail import record_at


@transaction.atomic
def add_passkey(*, person: Person, name: str, credential: dict[str, Any], practice: PracticeRef | None) -> list[str]:
    """`credential`: as verified against the challenge of this session. Returns recovery codes as add_totp does."""
    WebAuthn.add(person, name, credential)
    record_at(practice, "factor.added", detail={"kind": "webauthn"})
    return first_recovery_codes(person)
