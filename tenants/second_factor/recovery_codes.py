"""Recovery codes: ten, each good once, for the day that the phone is lost."""

from uuid import UUID

from allauth.mfa.models import Authenticator


def use_recovery_code(*, person_id: UUID, code: str) -> Authenticator | None:
    """The person's codes, where this is one that was not used; it is used up by this call."""
    codes = Authenticator.objects.filter(user_id=person_id, type=Authenticator.Type.RECOVERY_CODES).first()
    return codes if codes is not None and codes.wrap().validate_code(code) else None


def codes_left(person_id: UUID) -> int | None:
    """How many are unused; None for somebody who has none."""
    codes = Authenticator.objects.filter(user_id=person_id, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes is not None else None
