"""What a partner's program proves itself with. Long random texts, of which a keyed digest is kept."""

from secrets import token_urlsafe

from core import crypto

_SECRET, _TOKEN = "partner's secret", "partner's token"
# So that a scanner of code recognizes one that was published by mistake.
SECRET_PREFIX, TOKEN_PREFIX = "prs_", "prt_"


def new_client_id() -> str:
    return f"prc_{token_urlsafe(18)}"


def new_secret() -> str:
    """256 bits."""
    return f"{SECRET_PREFIX}{token_urlsafe(32)}"


def new_token() -> str:
    """256 bits."""
    return f"{TOKEN_PREFIX}{token_urlsafe(32)}"


def digest_of_secret(secret: str) -> str:
    return crypto.digest(secret, use=_SECRET)


def is_secret(kept: str, secret: str) -> bool:
    """In constant time; False for an empty one on either side."""
    return bool(kept and secret) and crypto.is_digest_of(kept, secret, use=_SECRET)


def digest_of_token(token: str) -> str:
    return crypto.digest(token, use=_TOKEN)


def digests_of_token(token: str) -> list[str]:
    """Under every key there is: the keys may be changed while a token is out."""
    return crypto.digests(token, use=_TOKEN)
