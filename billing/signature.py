"""Whether bytes came from Stripe: signed with the current secret, or the previous one while that is good."""

import hashlib
import hmac
from datetime import datetime, timedelta

# Older, somebody may have kept it; younger than now, its clock is not ours. Stripe's own library lets the future pass.
TOLERANCE = timedelta(minutes=5)
_MOST_SIGNATURES = 10


class NotSigned(Exception):
    """The bytes are not Stripe's, or not of now. The words say which, for the log."""


def verify(
    raw: bytes, header: str, *, secret: str, previous: str = "", previous_until: datetime | None = None, now: datetime
) -> None:
    """Raises NotSigned. header: Stripe-Signature, "t=…,v1=…,v1=…"."""
    parts = [part.partition("=")[::2] for part in header.split(",")[: _MOST_SIGNATURES + 1]]
    at = next((value for name, value in parts if name.strip() == "t"), "")
    given = [value for name, value in parts if name.strip() == "v1"]
    if not at.isascii() or not at.isdigit() or len(at) > 12 or not given:
        raise NotSigned("malformed")
    secrets = [secret]
    if previous and previous_until is not None and now < previous_until:
        secrets.append(previous)
    known = [hmac.new(one.encode(), at.encode() + b"." + raw, hashlib.sha256).hexdigest() for one in secrets if one]
    if not any(hmac.compare_digest(one.encode(), other.encode()) for one in known for other in given):
        raise NotSigned("signature")
    away = abs(now.timestamp() - int(at))
    if away > TOLERANCE.total_seconds():
        raise NotSigned("time")
