"""ETag, If-Match and If-None-Match (RFC 9110, section 13): nobody overwrites what they have not seen."""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from api.problem import Problem, Refused
from api.render import rendered

_TAGS = re.compile(r'\s*(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"\s*(?:,\s*(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"\s*)*')
_ONE = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
Row = Mapping[str, Any]

REQUIRED = Problem(
    428,
    "precondition_required",
    "Say which version you change",
    "Send If-Match with the ETag that the record had when you read it.",
)
FAILED = Problem(
    412,
    "precondition_failed",
    "The record changed meanwhile",
    "Read it again, and change what you still want to change.",
)
NOT_READABLE = Problem(400, "bad_header", "A header cannot be read", "Send ETags as they were given, in quotes.")


def etag_of(row: Row) -> str:
    """Strong: another one as soon as anything in the representation is another."""
    return f'"{sha256(rendered(row)).hexdigest()[:32]}"'


def answered(request: Request, row: Row, *, shown: Row | None = None) -> Response:
    """One record with its ETag, or 304 where If-None-Match names it. shown: the part of it that was asked for."""
    tag = etag_of(row)
    given = request.headers.get("if-none-match")
    if given is not None and (given.strip() == "*" or tag in {one for _, one in _ONE.findall(given)}):
        return Response(status=304, headers={"ETag": tag})
    return Response(row if shown is None else shown, headers={"ETag": tag})


def unless_changed(request: Request, *, required: bool) -> Callable[[Row], None]:
    """What the action calls with the record once it is locked.

    Raises Refused: 428 where If-Match is required and missing, 400 for one that is none; later, 412 for a stale one.
    """
    given = request.headers.get("if-match")
    if given is None:
        if required:
            raise Refused(REQUIRED)
        return lambda _row: None
    if given.strip() == "*":
        return lambda _row: None
    if not _TAGS.fullmatch(given):
        raise Refused(NOT_READABLE)
    # A weak tag never matches here: it does not say that the record is the same to the letter.
    strong = {tag for weak, tag in _ONE.findall(given) if not weak}

    def check(row: Row) -> None:
        if etag_of(row) not in strong:
            raise Refused(FAILED)

    return check
