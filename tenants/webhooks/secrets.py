"""What a receiver proves with that something came from us. Kept encrypted: signing needs the secret itself."""

import base64
import hmac
from secrets import token_bytes

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """256 bits, in the form of Standard Webhooks: whsec_ and base64."""
    return PREFIX + base64.b64encode(token_bytes(_BYTES)).decode()


def signature(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    """As Standard Webhooks says it: "v1," and the base64 of HMAC-SHA256 over id.timestamp.body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
