"""The whole document, put together from the addresses of the API."""

import re
from functools import cache
from typing import Any

from django.urls import URLPattern

from api.body.read import Body
from api.openapi.answers import Gives, gives, problems_of
from api.openapi.bodies import UUID, Schema, body_schema
from api.openapi.changes import POLICY
from api.openapi.codes import CODES, USUAL
from api.openapi.examples import example_of
from api.openapi.parameters import HEADERS, STEPS, header_of, parameters_of
from api.openapi.rows import PROBLEM
from api.openapi.words import OPERATIONS
from api.problem import MEDIA_TYPE
from api.v1.bulk import MOST
from api.v1.patient_body import PatientRowBody
from api.v1.purchase_body import PurchaseBody
from api.v1.urls import urlpatterns
from tenants.hosts import url_of
from tenants.partners.scopes import PLAIN_WORDS, needed

JSON = "application/json"
_STATUS = re.compile(r"^\d{3}\. ")
# Of each code, without its status.
_WHAT_TO_DO = {code: _STATUS.sub("", words) for codes in CODES.values() for code, words in codes.items()}
_ABOUT = (
    "What one practice has, for the programs that it let in: patients, visits, and what comes of them. A token is for"
    " one practice and ends after 15 minutes; ask for it at the network’s host with exactly one `resource`, this"
    " address. Every POST carries an Idempotency-Key; every problem is told as RFC 9457 says, with a stable code."
)


# Their rows are read one by one, so that one that cannot be refuses itself alone.
_MANY: dict[str, tuple[str, type[Body]]] = {
    "patients-bulk": ("patients", PatientRowBody),
    "purchases-bulk": ("purchases", PurchaseBody),
}


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1. The same for every practice: addresses in it are relative, but for that of tokens."""
    components: dict[str, Schema] = {"Problem": PROBLEM}
    paths: dict[str, dict[str, Any]] = {}
    for pattern in urlpatterns:
        for method in methods_of(pattern):
            path = paths.setdefault(path_of(pattern), {})
            path[method] = _operation(pattern, method, components)
    scopes = {scope.value: words for scope, words in PLAIN_WORDS.items()}
    flow = {"clientCredentials": {"tokenUrl": url_of("", "/api/token/"), "scopes": scopes}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Perennial", "version": "1", "description": f"{_ABOUT} {POLICY}"},
        "servers": [{"url": "/api/v1", "description": "Of this practice"}],
        "paths": paths,
        "x-problem-codes": {code: words for codes in CODES.values() for code, words in codes.items()},
        "components": {
            "schemas": components,
            "headers": HEADERS,
            "securitySchemes": {"token": {"type": "oauth2", "flows": flow}},
        },
    }


def methods_of(pattern: URLPattern) -> list[str]:
    view: Any = pattern.callback
    return [one for one in view.cls.http_method_names if one in view.cls.scope_for]


def path_of(pattern: URLPattern) -> str:
    return "/" + str(pattern.pattern).replace("<uuid:", "{").replace(">", "}")


def _operation(pattern: URLPattern, method: str, components: dict[str, Schema]) -> dict[str, Any]:
    view: Any = pattern.callback
    name = str(pattern.name)
    told = OPERATIONS[name, method]
    answer = gives(name, method, view.cls)
    for title, schema in answer.components.items():
        components[title] = schema
    scope = view.cls.scope_for[method]
    operation: dict[str, Any] = {
        "operationId": f"{method}_{name}".replace("-", "_"),
        "tags": [path_of(pattern).split("/")[1] or "connection"],
        "summary": told.summary,
        "description": told.description,
        "security": [{"token": [one.value for one in needed(scope)] if scope else []}],
        "parameters": [*_in_path(pattern), *parameters_of(name, method, view.cls)],
        "responses": {str(answer.status): _answered(answer, method, components)},
    }
    if method == "get" and answer.is_versioned:
        operation["responses"]["304"] = {"description": "It did not change.", "headers": header_of("ETag")}
    for status, words in problems_of(name, method, view.cls):
        operation["responses"][str(status)] = _problem(status, words)
    if view.cls.goes is not None:
        operation["deprecated"] = True
        operation["description"] += f" It is no more from {view.cls.goes.on:%B %-d, %Y} on."
    body = request_schema(name, method, view.cls)
    if body is not None:
        content = {"schema": body, "example": dict(told.sends)}
        operation["requestBody"] = {"required": name not in STEPS, "content": {JSON: content}}
    return operation


def request_schema(name: str, method: str, view: Any) -> Schema | None:
    if name in _MANY:
        of, row = _MANY[name]
        rows = {"type": "array", "items": body_schema(row()), "minItems": 1, "maxItems": MOST}
        return {"type": "object", "properties": {of: rows}, "required": [of], "additionalProperties": False}
    shape: type[Body] | None = view.takes.get(method)
    return body_schema(shape()) if shape is not None else None


def _in_path(pattern: URLPattern) -> list[dict[str, Any]]:
    said = {"in": "path", "required": True, "description": "Its id, as its list gives it.", "schema": dict(UUID)}
    return [{"name": name, **said} for name in pattern.pattern.converters]


def _answered(answer: Gives, method: str, components: dict[str, Schema]) -> dict[str, Any]:
    headers = header_of("RateLimit", "RateLimit-Policy")
    if answer.is_versioned:
        headers |= header_of("ETag")
    if answer.status == 201:
        headers |= header_of("Location")
    if method != "get":
        headers |= header_of("Idempotency-Replayed")
    told: dict[str, Any] = {"description": "Done." if method != "get" else "Found.", "headers": headers}
    if answer.schema is not None:
        example = example_of(answer.schema, components)
        told["content"] = {JSON: {"schema": answer.schema, "example": example}}
    return told


def _problem(status: int, words: str) -> dict[str, Any]:
    title, code = words.rstrip("."), USUAL[status]
    example = {
        "type": f"urn:perennial:problem:{code}", "title": title, "status": status, "code": code,
        "detail": _WHAT_TO_DO[code],
    }  # fmt: skip
    schema = {"$ref": "#/components/schemas/Problem"}
    headers = header_of("RateLimit", "RateLimit-Policy")
    if status == 401:
        headers = header_of("WWW-Authenticate")
    if status == 429:
        headers |= header_of("Retry-After")
    return {
        "description": words, "headers": headers, "content": {MEDIA_TYPE: {"schema": schema, "example": example}},
    }  # fmt: skip
