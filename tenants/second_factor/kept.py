"""The factors that a person has, as a page lists them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator

from tenants.second_factor.recovery_codes import codes_left


@dataclass(frozen=True, slots=True)
class Passkey:
    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """app: since when there is one. codes_left: None without recovery codes."""

    app: datetime | None
    passkeys: tuple[Passkey, ...]
    codes_left: int | None

    @property
    def any(self) -> bool:
        return self.app is not None or bool(self.passkeys)


def factors_of(person_id: UUID) -> Factors:
    rows = list(Authenticator.objects.filter(user_id=person_id).order_by("created_at"))
    return Factors(
        app=next((row.created_at for row in rows if row.type == Authenticator.Type.TOTP), None),
        passkeys=tuple(
            Passkey(id=row.pk, name=row.data["name"], added_at=row.created_at, used_at=row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ),
        codes_left=codes_left(person_id),
    )
