"""How often a program may ask a practice: counted by the minute, in the cache, for all servers together."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.cache import cache

from api.problem import Problem, Refused

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Left:
    """limit: requests a minute. remaining: of this minute. reset: seconds until the next one."""

    limit: int
    remaining: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        """RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers)."""
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={SECONDS}',
            "RateLimit": f'"minute";r={self.remaining};t={self.reset}',
        }


class TooMany(Refused):
    def __init__(self, left: Left) -> None:
        super().__init__(Problem(429, "too_many_requests", "Too many requests", f"Ask again in {left.reset} seconds."))
        self.left = left


def take(application_id: UUID, practice_id: UUID, *, now: datetime) -> Left:
    """Count one request. Raises TooMany beyond the limit."""
    return _take(f"api:{application_id}:{practice_id}", limit=settings.API_REQUESTS_A_MINUTE, now=now)


def take_token(client_id: str, *, now: datetime) -> Left:
    """Count one request for a token. Raises TooMany beyond the limit."""
    return _take(f"api-token:{client_id}", limit=settings.API_TOKENS_A_MINUTE, now=now)


def _take(key: str, *, limit: int, now: datetime) -> Left:
    second = int(now.timestamp())
    key, reset = f"{key}:{second // SECONDS}", SECONDS - second % SECONDS
    left = Left(limit=limit, remaining=limit - _counted(key), reset=reset)
    if left.remaining < 0:
        raise TooMany(Left(limit=limit, remaining=0, reset=reset))
    return left


def _counted(key: str) -> int:
    """How many there are by now, this one included."""
    try:
        return int(cache.incr(key))
    except ValueError:
        # The first of its minute. Of two at once one adds it, and both are counted.
        cache.add(key, 0, timeout=2 * SECONDS)
        return int(cache.incr(key))
