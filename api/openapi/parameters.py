"""What is sent beside a body: parameters of an address, and headers; and the headers of an answer."""

from typing import Any

from api.openapi.bodies import MONTH, UUID, Schema
from api.v1.pages import MOST, USUAL, Asked
from api.v1.reading import Many, One
from core.exchange.resource import Filter, Kind

_TEXT: Schema = {"type": "string"}
_KINDS: dict[Kind, Schema] = {
    Kind.TEXT: {"type": "string", "maxLength": 200},
    Kind.ID: UUID,
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.MONTH: MONTH,
}
ID_AFTER = r"[0-9]{1,9}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Of a visit: what a program has seen may be sent with a step, and need not be.
STEPS = ("visit-confirm", "visit-arrive", "visit-call-in", "visit-complete", "visit-cancel", "visit-no-show")

HEADERS: dict[str, Any] = {
    "ETag": {"description": "The version.", "schema": _TEXT},
    "Location": {"description": "Where it is.", "schema": {"type": "string", "format": "uri"}},
    "RateLimit": {"description": "What is left of this minute, and when it ends.", "schema": _TEXT},
    "RateLimit-Policy": {"description": "Requests a minute.", "schema": _TEXT},
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "What is wrong with the token.", "schema": _TEXT},
    "Idempotency-Replayed": {"description": "true where it was done before.", "schema": _TEXT},
}


def header_of(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def parameters_of(name: str, method: str, view: Any) -> list[dict[str, Any]]:
    if method == "get":
        return _of_read(name, view)
    key = {"type": "string", "pattern": "^[!-~]{1,255}$"}
    about = "New for each thing to do, the same when you try again."
    sent = [_header("Idempotency-Key", about, key, required=method == "post", example="7f1c2a9e-1")]
    if (method in ("patch", "delete") and name != "import") or name in STEPS:
        about = "The ETag of the version that you have seen; * for any."
        sent.append(_header("If-Match", about, _TEXT, required=method == "patch", example="*"))
    return sent


def _of_read(name: str, view: Any) -> list[dict[str, Any]]:
    if name == "webhook-deliveries":
        digits = {"type": "string", "pattern": "^[0-9]{1,18}$"}
        return [_query("after", "The `next` of the page before.", digits)]
    if name == "import-errors":
        pattern = {"type": "string", "pattern": f"^{ID_AFTER}$"}
        return [_query("after", "The `next` of the page before.", pattern)]
    if issubclass(view, One) or name == "webhook-endpoint":
        return [_header("If-None-Match", "The ETag that you have.", _TEXT, required=False, example='"a1b2"')]
    if not issubclass(view, Many):
        return [_query(one, "Only those.", _filtered(asked)) for one, asked in getattr(view, "asked", {}).items()]
    size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    return [
        _query("size", "How many a page.", size),
        _query("after", "The `next` of the page before, with the same filters.", _TEXT),
        _query("updated_since", "The `watermark` of an earlier walk.", _TEXT),
        _fields(view.resource.fields),
        *(_query(one, "Only those.", _filtered(filter)) for one, filter in view.resource.filters.items()),
    ]


def _fields(names: tuple[str, ...]) -> dict[str, Any]:
    chosen = {"type": "array", "items": {"type": "string", "enum": list(names)}, "minItems": 1}
    return {**_query("fields", "Only these fields of each.", chosen), "style": "form", "explode": False}


def _filtered(one: Filter | Asked) -> Schema:
    return {"type": "string", "enum": list(one.choices)} if one.kind is Kind.CHOICE else dict(_KINDS[one.kind])


def _query(name: str, description: str, schema: Schema) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _header(name: str, description: str, schema: Schema, *, required: bool, example: str) -> dict[str, Any]:
    return {
        "name": name, "in": "header", "required": required, "description": description, "schema": schema,
        "example": example,
    }  # fmt: skip
