"""Idempotency-Key (an IETF draft): a write that is sent again is done once, and answered as it was.

Only what was done is kept: a request that was refused changed nothing and is simply tried anew.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from django.db import OperationalError
from django.utils import timezone
from psycopg.errors import LockNotAvailable
from rest_framework.request import Request
from rest_framework.response import Response

from api.problem import Problem, Refused
from api.render import rendered
from loyalty.exchange.answers import claim, keep

WRITING = frozenset({"post", "patch", "put", "delete"})
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
# What a program needs of an answer besides its body.
_HEADERS = ("ETag", "Location")

MISSING = Problem(
    400,
    "idempotency_key_missing",
    "An Idempotency-Key is needed",
    "Send a key that is new for each thing to do, and the same one when you try again.",
)
UNREADABLE = Problem(
    400, "bad_header", "A header cannot be read", "An Idempotency-Key has 1 to 255 visible ASCII characters."
)
REUSED = Problem(
    422,
    "idempotency_key_reused",
    "The key was used for something else",
    "This Idempotency-Key came with another request before. Use a new one for each thing to do.",
)
RUNNING = Problem(
    409, "idempotency_running", "The first one still runs", "Try again in a few seconds, with the same key."
)


def key_of(request: Request, *, required: bool) -> str | None:
    """Raises Refused for a missing one where it is required, and for one that is none."""
    key: str | None = request.headers.get("idempotency-key")
    if key is None:
        if required:
            raise Refused(MISSING)
        return None
    if not _KEY.fullmatch(key):
        raise Refused(UNREADABLE)
    return key


def once(
    request: Request, *, key: str, application_id: UUID, do: Callable[[], Response], about: Callable[[], UUID | None]
) -> Response:
    """What `do` answers, or what it answered the first time. Inside the practice and the write's own transaction.

    about: the patient of the answer, asked once it is made. Two at once: the second waits for the first, and is told
    to come again where that takes longer than the database waits for a lock.
    """
    asked = sha256(b"\0".join([(request.method or "").encode(), request.path.encode(), request._request.body]))
    try:
        kept = claim(application_id=application_id, key=key, digest=asked.hexdigest(), now=timezone.now())
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise Refused(RUNNING) from error
        raise
    if kept is not None:
        if not kept.is_same:
            raise Refused(REUSED)
        body = orjson.loads(kept.body) if kept.body else None
        return Response(body, status=kept.status, headers={**kept.headers, "Idempotency-Replayed": "true"})
    response = do()
    keep(
        application_id=application_id,
        key=key,
        status=response.status_code,
        headers={name: response[name] for name in _HEADERS if name in response},
        body="" if response.data is None else rendered(_kept(response)).decode(),
        patient_id=about(),
    )
    return response


class ShownOnce(Response):
    """An answer with a secret: whoever sends the request again gets it without, because we keep none."""

    @classmethod
    def of(cls, response: Response, *, secret: str) -> "ShownOnce":
        headers = {name: response[name] for name in _HEADERS if name in response}
        return cls({**response.data, "secret": secret}, status=response.status_code, headers=headers)


def _kept(response: Response) -> Any:
    return {**response.data, "secret": None} if isinstance(response, ShownOnce) else response.data
