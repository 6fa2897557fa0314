"""From a host name to a practice. The answer is cached in the process for a few seconds; the role check is not."""

import time

from django.conf import settings

from core.tenancy.scope import PracticeRef
from tenants.models import Domain

SECONDS = 10.0
_MOST = 20_000
_cache: dict[str, tuple[float, PracticeRef | None]] = {}


def practice_of(host: str) -> PracticeRef | None:
    """The practice that answers at `host` (lower case, no port), or None. One query at most each SECONDS."""
    now = time.monotonic()
    known = _cache.get(host)
    if known is not None and known[0] > now:
        return known[1]
    domain = Domain.objects.select_related("tenant").filter(domain=host).first()
    ref = domain.tenant.ref if domain is not None else None
    if len(_cache) >= _MOST:
        # Host names come from outside: a flood of made-up ones must not fill the memory.
        _cache.clear()
    _cache[host] = (now + SECONDS, ref)
    return ref


def forget(host: str | None = None) -> None:
    """Drop what is cached of `host`, or everything."""
    if host is None:
        _cache.clear()
    else:
        _cache.pop(host, None)


def host_of(slug: str) -> str:
    return f"{slug}.{settings.NETWORK_HOST}"


def url_of(slug: str, path: str = "/") -> str:
    """The address of a practice's portal; of the network host for an empty `slug`."""
    scheme = "https" if settings.SECURE else "http"
    port = "" if settings.SECURE or settings.PORT == 80 else f":{settings.PORT}"
    return f"{scheme}://{host_of(slug) if slug else settings.NETWORK_HOST}{port}{path}"
