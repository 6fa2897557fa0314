"""Events are signed as Stripe signs them, and brought to the address that wants them; late or twice, if asked."""

import hashlib
import hmac
import http.client
import json
from urllib.parse import urlsplit

from infra.fakes.stripe.state import State, Thing


def body_of(event: Thing) -> bytes:
    return json.dumps(event, indent=2).encode()


def signature(body: bytes, *, secret: str, at: int) -> str:
    """The header: t=…,v1=… (HMAC with SHA-256 over "t.body")."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def bring(event: Thing, *, to: str, secret: str, at: int) -> int:
    """POST it; returns the status, 0 where nobody answered. The host's name goes along, the machine is this one."""
    body, address = body_of(event), urlsplit(to)
    headers = {
        "Host": address.netloc,
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature(body, secret=secret, at=at),
    }
    connection = http.client.HTTPConnection("127.0.0.1", address.port or 80, timeout=20)
    try:
        connection.request("POST", address.path, body, headers)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def waiting(state: State) -> list[Thing]:
    """Events that nobody took yet, in order."""
    return [one for one in state.events if one["id"] not in state.sent]
