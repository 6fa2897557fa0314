"""What went wrong, as FHIR says it: the same problem with the same code, as an OperationOutcome."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from api.fhir.render import MEDIA_TYPE
from api.problem import FAILED, NOT_A_REQUEST, Problem, nothing_at

AT = "/api/fhir/"
CODES = "urn:perennial:problem"
# http://hl7.org/fhir/R4/valueset-issue-type.html
_TYPES = {
    400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 406: "not-supported",
    429: "throttled", 500: "exception",
}  # fmt: skip


def outcome_of(problem: Mapping[str, Any]) -> dict[str, Any]:
    """problem: as `Problem.as_dict`."""
    issue: dict[str, Any] = {
        "severity": "error",
        "code": _TYPES.get(problem["status"], "processing"),
        "details": {"coding": [{"system": CODES, "code": problem["code"]}], "text": problem["title"]},
        "diagnostics": problem["detail"],
    }
    if "parameter" in problem:
        issue["expression"] = [f"http.{problem['parameter']}"]
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def _answer(problem: Problem) -> HttpResponse:
    return HttpResponse(orjson.dumps(outcome_of(problem.as_dict())), status=problem.status, content_type=MEDIA_TYPE)


def not_found(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return _answer(nothing_at(request))


def server_error(_request: HttpRequest, *_args: Any) -> HttpResponse:
    return _answer(FAILED)


def bad_request(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return _answer(NOT_A_REQUEST)
