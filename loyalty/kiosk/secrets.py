"""Codes and tokens of tablets: made here, shown once, kept as keyed digests, each for one practice and one use."""

import secrets
from enum import StrEnum

from core import crypto
from core.tenancy.scope import current_practice

# Without letters and digits that are taken for each other when they are read aloud or typed: no I, L, O, U, 0 and 1.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10


class Use(StrEnum):
    ENROLLMENT = "kiosk-enrollment"
    TABLET = "kiosk-tablet"
    VISIT = "kiosk-visit"
    LINK = "feedback-link"


def new_enrollment_code() -> str:
    """Ten characters, 49 bits: to be scanned, or typed as "K7QF2-M9XTB"."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def as_typed(code: str) -> str:
    """An enrollment code without the blanks, hyphens and small letters that people type."""
    return "".join(code.split()).replace("-", "").upper()


def new_visit_code() -> str:
    """Six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def new_token() -> str:
    """256 bits, in URL-safe characters."""
    return secrets.token_urlsafe(32)


def digest(text: str, use: Use) -> str:
    return crypto.digest(text, use=_use(use))


def digests(text: str, use: Use) -> list[str]:
    """One for each key of the environment: what to look a code or a token up by."""
    return crypto.digests(text, use=_use(use))


def is_digest_of(kept: str, text: str, use: Use) -> bool:
    return crypto.is_digest_of(kept, text, use=_use(use))


def _use(use: Use) -> str:
    return f"{use}:{current_practice().id}"
