"""How often something may be tried from one address in a while. Counted in the cache, which all processes share."""

from hashlib import sha256

from django.core.cache import cache


def within_limit(action: str, address: str | None, *, most: int, seconds: int) -> bool:
    """Count this try, and say whether it is one of the first `most` in `seconds`. The address itself is not kept."""
    key = f"limit:{action}:{sha256((address or '').encode()).hexdigest()}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return int(cache.incr(key)) <= most
    except ValueError:
        # It ran out between the two: the count begins anew.
        cache.add(key, 1, seconds)
        return True
