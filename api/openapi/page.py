"""The document laid out for a page: operations by what they are about."""

from dataclasses import dataclass
from typing import Any

import orjson

from api.openapi.document import JSON


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation. sends, gives: examples as text, "" for none. members: of the body, each with what it takes."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scopes: list[str]
    parameters: list[dict[str, Any]]
    members: list[tuple[str, str, str, bool]]
    sends: str
    gives: str
    problems: list[tuple[str, str]]


def sections(document: dict[str, Any]) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            found.setdefault(operation["tags"][0], []).append(_shown(path, method, operation))
    return found


def _shown(path: str, method: str, operation: dict[str, Any]) -> Shown:
    sent = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    done = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    given = done.get("content", {}).get(JSON, {})
    return Shown(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        scopes=operation["security"][0]["token"],
        parameters=[{**one, "takes": _takes(one["schema"])} for one in operation["parameters"]],
        members=_members(sent.get("schema", {})),
        sends=_text(sent.get("example")),
        gives=_text(given.get("example")),
        problems=[(status, one["description"]) for status, one in operation["responses"].items() if status >= "4"],
    )


def _members(schema: dict[str, Any], within: str = "") -> list[tuple[str, str, str, bool]]:
    """Name, what it takes, what it means, whether it is needed; those of objects in lists after their list."""
    rows: list[tuple[str, str, str, bool]] = []
    for name, member in schema.get("properties", {}).items():
        needed = name in schema.get("required", ())
        rows.append((f"{within}{name}", _takes(member), member.get("description", ""), needed))
        rows += _members(member.get("items", {}), f"{within}{name}[].")
    return rows


def _takes(schema: dict[str, Any]) -> str:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "enum" in schema:
        return ", ".join("null" if one is None else str(one) or "“”" for one in schema["enum"])
    words = schema.get("format") or (f"list of {_takes(schema['items'])}" if "items" in schema else kinds[0])
    return " or ".join([words, *kinds[1:]])


def _text(example: Any) -> str:
    return orjson.dumps(example, option=orjson.OPT_INDENT_2).decode() if example else ""
