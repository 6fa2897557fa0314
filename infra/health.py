"""Whether this process can do its work: database and cache answer. For load balancers; says nothing else."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from tenants.declare import public_view


@public_view
def health(_request: HttpRequest) -> JsonResponse:
    """200 with {"database": true, "cache": true}, or 503 with what does not answer."""
    answers = {"database": _database_answers(), "cache": _cache_answers()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def _cache_answers() -> bool:
    try:
        cache.set("health", 1, 5)
        return bool(cache.get("health") == 1)
    except RedisError:
        return False
