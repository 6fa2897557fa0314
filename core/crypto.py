"""Secrets that the database keeps and must give back: encrypted, so that a copy of the database tells none of them.

The keys are the environment's (settings.ENCRYPTION_KEYS): the first one encrypts, each of them decrypts. To change the
key, put a new one first and keep the old one until everything was written anew.
"""

import base64
import hmac
from collections.abc import Sequence
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# What stays the same whatever text a key is given as: 32 bytes, for this use only.
_PURPOSE = b"perennial: secrets in the database"
_OF_DIGESTS = b"perennial: digests of codes and tokens"
_NO_KEY = "ENCRYPTION_KEYS is not set. Give it a long random text and keep a copy: second factors need it."


class CannotDecrypt(Exception):
    """None of the keys is the one that this was encrypted with, or it was changed since."""


def encrypt(text: str) -> str:
    """Fernet (AES-128-CBC and HMAC-SHA256), in URL-safe characters; different each time."""
    return _cipher(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """What was encrypted, with any of the keys. Raises CannotDecrypt."""
    try:
        return _cipher(tuple(settings.ENCRYPTION_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise CannotDecrypt("No key in ENCRYPTION_KEYS fits: put back the one that was in use.") from error


def encrypt_anew(token: str) -> str:
    """The same secret under the first key: what a change of keys does to everything that is kept."""
    return _cipher(tuple(settings.ENCRYPTION_KEYS)).rotate(token.encode()).decode()


def digest(text: str, *, use: str) -> str:
    """What is kept of a code or a token that is only ever compared: HMAC-SHA256 in hex, under the first key.

    Keyed, because six digits are found from a plain hash in no time. use: what it is for, and where; the same text is
    another digest elsewhere.
    """
    return _digest(settings.ENCRYPTION_KEYS[0] if settings.ENCRYPTION_KEYS else "", text, use)


def digests(text: str, *, use: str) -> list[str]:
    """The digest of `text` under each of the keys: what may be kept of it since before the key was changed."""
    return [_digest(key, text, use) for key in settings.ENCRYPTION_KEYS]


def is_digest_of(kept: str, text: str, *, use: str) -> bool:
    """Compared in constant time, whatever is kept."""
    same = [hmac.compare_digest(kept, one) for one in digests(text, use=use)]
    return any(same)


def _digest(key: str, text: str, use: str) -> str:
    if not key:
        raise ImproperlyConfigured(_NO_KEY)
    return hmac.digest(_derived(key, _OF_DIGESTS), f"{use}:{text}".encode(), "sha256").hex()


@cache
def _cipher(keys: Sequence[str]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured(_NO_KEY)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, _PURPOSE))) for key in keys])


def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
