"""What each operation answers: its status and its schema; and what can be wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from api.openapi import import_rows, rows
from api.openapi.bodies import Schema
from api.v1.reading import Many
from core.exchange.resource import Resource


@dataclass(frozen=True, slots=True)
class Gives:
    """schema: None for no body. is_versioned: whether the answer has an ETag. components: by their titles."""

    schema: Schema | None
    status: int = 200
    is_versioned: bool = False
    components: dict[str, Schema] = field(default_factory=dict)


def _listed(title: str, row: Schema) -> Gives:
    return Gives(rows.listed(_ref(title), followed=False), components={title: row})


def _rows(title: str) -> Schema:
    return {"type": "array", "items": _ref(title)}


def _ref(title: str) -> Schema:
    return {"$ref": f"#/components/schemas/{title}"}


def _named(title: str, schema: Schema, *, status: int = 200, is_versioned: bool = False) -> Gives:
    return Gives(_ref(title), status, is_versioned, {title: schema})


_OTHERS: dict[tuple[str, str], Gives] = {
    ("connection", "get"): _named("Connection", rows.CONNECTION),
    ("patients-bulk", "post"): _named("Upserted", rows.UPSERTED),
    ("purchases-bulk", "post"): _named("PurchasesUpserted", rows.PURCHASES_UPSERTED),
    ("metrics", "get"): Gives(rows.exactly({"data": _rows("Figure")}), components={"Figure": rows.FIGURE}),
    ("benchmarks", "get"): Gives(
        rows.exactly({"data": _rows("Release"), "barred": rows.RULE}), components={"Release": rows.RELEASE}
    ),
    ("imports", "get"): _listed("Import", import_rows.IMPORT),
    ("imports", "post"): _named("Import", import_rows.IMPORT, status=201),
    ("import", "get"): _named("Import", import_rows.IMPORT),
    ("import", "delete"): Gives(None, 204),
    ("import-reading", "post"): _named("Import", import_rows.IMPORT),
    ("import-columns", "get"): _named("ImportColumns", import_rows.IMPORT_COLUMNS),
    ("import-columns", "post"): _named("Import", import_rows.IMPORT),
    ("import-preview", "get"): _named("ImportPreview", import_rows.IMPORT_PREVIEW),
    ("import-errors", "get"): _listed("ImportError", import_rows.IMPORT_ERROR),
    ("import-start", "post"): _named("Import", import_rows.IMPORT),
    ("import-stop", "post"): _named("Import", import_rows.IMPORT),
    ("import-undo", "post"): _named("Import", import_rows.IMPORT),
    ("webhook-event-types", "get"): _listed("EventType", rows.EVENT_TYPE),
    ("webhook-endpoints", "get"): _listed("Endpoint", rows.ENDPOINT),
    ("webhook-endpoints", "post"): _named("NewEndpoint", rows.NEW_ENDPOINT, status=201, is_versioned=True),
    ("webhook-endpoint", "get"): _named("Endpoint", rows.ENDPOINT, is_versioned=True),
    ("webhook-endpoint", "patch"): _named("Endpoint", rows.ENDPOINT, is_versioned=True),
    ("webhook-endpoint", "delete"): Gives(None, 204),
    ("webhook-secret", "post"): _named("NewSecret", rows.NEW_SECRET),
    ("webhook-test", "post"): _named("Delivery", rows.DELIVERY),
    ("webhook-missed", "post"): _named("Replayed", rows.REPLAYED),
    ("webhook-deliveries", "get"): _listed("Delivery", rows.DELIVERY),
    ("webhook-replay", "post"): _named("Delivery", rows.DELIVERY),
}


def gives(name: str, method: str, view: Any) -> Gives:
    """Raises KeyError for an operation that nobody has said it of."""
    if (name, method) in _OTHERS:
        return _OTHERS[name, method]
    resource: Resource = view.resource
    title, row = resource.name.capitalize(), rows.row_schema(resource)
    if method == "get" and issubclass(view, Many):
        part = f"{title}InList"
        return Gives(rows.listed(_ref(part), followed=True), components={part: rows.partly(row)})
    is_new = method == "post" and issubclass(view, Many)
    return _named(title, row, status=201 if is_new else 200, is_versioned=True)


def problems_of(name: str, method: str, view: Any) -> Iterator[tuple[int, str]]:
    yield 400, "The request cannot be read: a parameter, a header, or a body that is no JSON."
    yield 401, "No valid token for this practice."
    yield 403, "The token may not do this."
    if not issubclass(view, Many) and name not in _WITHOUT_RECORD:
        yield 404, "Nothing is there, or it belongs to somebody else."
    yield 406, "Only JSON is offered."
    if method in ("post", "patch", "delete"):
        yield 409, "The record is not as you think."
        yield 411, "The length of the body is needed."
        yield 413, "The body is too large."
        yield 415, "Only JSON is read."
        yield 422, "The body cannot be taken, or the key was used for something else."
    if method == "get" and name in ("import-columns", "import-preview"):
        yield 409, "The import is not as you think."
    if (method in ("patch", "delete") and name != "import") or name.startswith("visit-"):
        yield 412, "The record changed meanwhile."
    if method == "patch":
        yield 428, "If-Match is missing."
    if method == "get" and issubclass(view, Many):
        yield 410, "The watermark is no longer known: walk the whole list once more."
    yield 429, "Too many requests."
    yield 500, "Something failed here. Nothing was changed."


_WITHOUT_RECORD = frozenset(
    {
        "connection", "metrics", "benchmarks", "patients-bulk", "purchases-bulk", "imports", "webhook-event-types",
        "webhook-endpoints",
    }
)  # fmt: skip
