"""An address as somebody typed it: whether it can be one at all. Where it leads is asked when something is sent."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from core.errors import DomainError
from tenants.webhooks.addresses import is_loopback, is_number

LONGEST = 500
_PRINTABLE = re.compile(r"[!-~]+\Z")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
# The well-known port, and those that anybody may listen on.
_HTTPS, _FIRST_FREE = 443, 1024
_HERE = "localhost"


@dataclass(frozen=True, slots=True)
class Target:
    """secure: by TLS. here: this very machine, which only tests and demos allow. path: with what follows a "?"."""

    host: str
    port: int
    path: str
    secure: bool
    here: bool

    @property
    def named(self) -> str:
        """What the Host header says."""
        usual = self.port == (_HTTPS if self.secure else 80)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if usual else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """Raises DomainError with what to write instead."""
    if not url or len(url) > LONGEST:
        raise _bad("url_length", f"Enter an address of at most {LONGEST} characters.")
    if not _PRINTABLE.match(url):
        raise _bad("url_characters", "An address has no spaces and no special letters.")
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").rstrip(".")
    except ValueError:
        raise _bad("url_shape", "Enter an address like https://example.com/hooks.") from None
    here = settings.WEBHOOK_LOOPBACK and (host == _HERE or is_loopback(host))
    if parts.scheme != "https" and not (here and parts.scheme == "http"):
        raise _bad("url_not_https", "The address must begin with https://.")
    if parts.username is not None or parts.password is not None:
        raise _bad("url_password", "Leave out the name and password: every delivery is signed.")
    if parts.fragment or "#" in url:
        raise _bad("url_fragment", "Leave out the # and what follows it.")
    if not here and (is_number(host) or not _is_name(host)):
        raise _bad("url_host", "Use a full name like hooks.example.com, not a number or a name inside a network.")
    secure = parts.scheme == "https"
    if port is not None and not here and port != _HTTPS and port < _FIRST_FREE:
        raise _bad("url_port", "Leave out the port, or use one from 1024 on.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port if port is not None else (_HTTPS if secure else 80), path, secure, here)


def _is_name(host: str) -> bool:
    labels = host.split(".")
    return (
        len(host) <= 253
        and len(labels) > 1
        and all(_LABEL.match(one) for one in labels)
        # What ends in digits is a number to some resolvers, whatever it looks like.
        and not labels[-1][0].isdigit()
    )


def _bad(code: str, message: str) -> DomainError:
    return DomainError(code, message, field="url")
