"""What a program is told when something cannot be done: problem details (RFC 9457) with a stable code."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import is_valid_path
from rest_framework import exceptions
from rest_framework.response import Response

from core.errors import Conflict, DomainError, NotFound

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a body. pointer: to its place (RFC 6901), "#/given_name"; "#" is the whole of it."""

    pointer: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """code: stable, for programs. title: the same for each of a code. detail: about this one, what to do.

    parameter: of the address. errors: in the body.
    """

    status: int
    code: str
    title: str
    detail: str
    parameter: str = ""
    errors: tuple[Fault, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": f"urn:perennial:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.parameter:
            body["parameter"] = self.parameter
        if self.errors:
            body["errors"] = [asdict(fault) for fault in self.errors]
        return body


NOT_FOUND = Problem(404, "not_found", "Nothing is there", "Check the address and the id.")
FAILED = Problem(500, "failed", "Something failed here", "Nothing was changed. Try again later; it was written down.")
INVALID_TOKEN = Problem(
    401,
    "invalid_token",
    "No valid token",
    "Send a token for this practice as Authorization: Bearer … Tokens end after 15 minutes: ask for a new one.",
)
NOT_READABLE = Problem(400, "not_readable", "The request cannot be read", "Send JSON in UTF-8.")
# Before any body is looked at.
NOT_A_REQUEST = Problem(
    400, "not_readable", "The request cannot be read", "Check the host and the headers: the address of the practice."
)
TOO_LARGE = Problem(413, "too_large", "The body is too large", "Send it in parts.")


LENGTH_NEEDED = Problem(
    411, "length_required", "The length of the body is needed", "Send Content-Length: a body in chunks is not read."
)
BAD_QUERY = Problem(
    400, "bad_parameter", "A parameter cannot be read", "Send parameters in UTF-8, percent-encoded: a ü is %C3%BC."
)


class Refused(exceptions.APIException):
    """A problem that a view found itself."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem
        self.status_code = problem.status


class InsufficientScope(Refused):
    """missing: scopes that the token does not hold."""

    def __init__(self, missing: Sequence[str]) -> None:
        named = f"scope {missing[0]}" if len(missing) == 1 else f"scopes {' and '.join(missing)}"
        super().__init__(
            Problem(403, "insufficient_scope", "The token may not do this", f"Ask for a token with the {named}, too.")
        )
        self.missing = tuple(missing)
        self.scope = " ".join(missing)


READ_ONLY = Problem(
    403,
    "practice_read_only",
    "The practice is read-only",
    "Nothing is changed there until its owner has settled the open invoice. Reading goes on.",
)


class NotJson(exceptions.ParseError):
    """where: a sentence about the first character that does not fit, without any of it."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where


def problem_of(error: Exception) -> Problem | None:
    """The problem that an exception stands for; None for one that nobody foresaw."""
    match error:
        case Refused():
            return error.problem
        case NotFound() if error.field is None:
            return NOT_FOUND
        case Http404() | exceptions.NotFound():
            return NOT_FOUND
        case Conflict():
            return Problem(409, error.code, "The record is not as you think", error.message, errors=_faults(error))
        case DomainError():
            return Problem(422, error.code, "A value cannot be taken", error.message, errors=_faults(error))
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return INVALID_TOKEN
        case exceptions.PermissionDenied():
            return Problem(403, "not_offered", "Tokens cannot do this", "Look in the documentation for what they can.")
        case exceptions.MethodNotAllowed():
            offered = "The header Allow names those that are."
            return Problem(405, "method_not_allowed", "The method is not offered here", offered)
        case exceptions.NotAcceptable():
            return Problem(406, "not_acceptable", "Only JSON is offered", "Send Accept: application/json.")
        case exceptions.UnsupportedMediaType():
            return Problem(415, "unsupported_media_type", "Only JSON is read", "Send Content-Type: application/json.")
        case NotJson():
            return replace(NOT_READABLE, detail=f"{NOT_READABLE.detail} {error.where}")
        case exceptions.ParseError():
            return NOT_READABLE
        case RequestDataTooBig():
            return TOO_LARGE
    return None


def _faults(error: DomainError) -> tuple[Fault, ...]:
    return (Fault(f"#/{error.field}", error.code, error.message),) if error.field else ()


def handle(error: Exception, _context: dict[str, Any]) -> Response | None:
    """The exception handler of every view: one form for everything that goes wrong."""
    problem = problem_of(error)
    if problem is None:
        return None
    response = Response(problem.as_dict(), status=problem.status, content_type=MEDIA_TYPE)
    if problem.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Perennial", error="invalid_token"'
    elif isinstance(error, InsufficientScope):
        response["WWW-Authenticate"] = f'Bearer realm="Perennial", error="insufficient_scope", scope="{error.scope}"'
    return response


def answer(problem: Problem) -> HttpResponse:
    """Outside of any view: an address that is none, or a failure."""
    return HttpResponse(orjson.dumps(problem.as_dict()), status=problem.status, content_type=MEDIA_TYPE)


def not_found(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return answer(nothing_at(request))


def nothing_at(request: HttpRequest) -> Problem:
    """Nobody is sent on to where a slash more or less would lead: a POST that follows becomes a GET, and writes nothing
    unseen."""
    path, urlconf = request.path, getattr(request, "urlconf", None)
    if not path.endswith("/") and is_valid_path(f"{path}/", urlconf):
        return replace(NOT_FOUND, detail="The address ends with a slash. Send the request there.")
    if path.endswith("/") and is_valid_path(path.rstrip("/"), urlconf):
        return replace(NOT_FOUND, detail="The address ends without a slash. Send the request there.")
    return NOT_FOUND


def server_error(_request: HttpRequest, *_args: Any) -> HttpResponse:
    return answer(FAILED)


def bad_request(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return answer(NOT_A_REQUEST)
