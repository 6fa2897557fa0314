"""The document laid out for a page: operations by what they are about, and the records that they give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from api.openapi.document import JSON

# Text and code in turn, beginning with a text.
Words = list[str]


@dataclass(frozen=True, slots=True)
class Member:
    """Of a body or of a record. name: of one in a list, after the list’s. takes: what it may be."""

    name: str
    takes: str
    means: Words
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation. sends, gives: examples as text, "" for none. record: the name of what it gives, "" for others."""

    id: str
    method: str
    path: str
    summary: str
    description: Words
    scopes: list[str]
    parameters: list[Member]
    members: list[Member]
    sends: str
    gives: str
    record: str
    problems: list[tuple[str, str]]


def sections(document: dict[str, Any]) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    base = document["servers"][0]["url"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            found.setdefault(operation["tags"][0], []).append(_shown(f"{base}{path}", method, operation))
    return found


def records(document: dict[str, Any]) -> dict[str, list[Member]]:
    """By name; those of a list are the same, and may have fewer members."""
    schemas = document["components"]["schemas"]
    return {name: list(_members(one)) for name, one in sorted(schemas.items()) if not name.endswith(_IN_LIST)}


_IN_LIST = "InList"


def _shown(path: str, method: str, operation: dict[str, Any]) -> Shown:
    sent = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    done = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    given = done.get("content", {}).get(JSON, {})
    return Shown(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=words_of(operation["description"]),
        scopes=operation["security"][0]["token"],
        parameters=[
            Member(one["name"], _takes(one["schema"]), words_of(one["description"]), one["required"])
            for one in operation["parameters"]
        ],
        members=list(_members(sent.get("schema", {}))),
        sends=_text(sent.get("example")),
        gives=_text(given.get("example")),
        record=_record_of(given.get("schema", {})),
        problems=[(status, one["description"]) for status, one in operation["responses"].items() if status >= "4"],
    )


def words_of(text: str) -> Words:
    return text.split("`")


def _record_of(schema: Mapping[str, Any]) -> str:
    rows = schema.get("properties", {}).get("data", {}).get("items", schema)
    return str(rows.get("$ref", "")).rpartition("/")[2].removesuffix(_IN_LIST)


def _members(schema: Mapping[str, Any], within: str = "") -> Iterator[Member]:
    """Those of objects after the object, and of lists after their list."""
    for name, member in schema.get("properties", {}).items():
        needed = name in schema.get("required", ())
        yield Member(f"{within}{name}", _takes(member), words_of(member.get("description", "")), needed)
        yield from _members(member, f"{within}{name}.")
        yield from _members(member.get("items", {}), f"{within}{name}[].")


def _takes(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].removesuffix(_IN_LIST)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "enum" in schema:
        return ", ".join("null" if one is None else str(one) or "“”" for one in schema["enum"])
    words = schema.get("format") or (f"list of {_takes(schema['items'])}" if "items" in schema else kinds[0])
    return ", ".join([" or ".join([words, *kinds[1:]]), *_limits(schema)])


# A number that fits into four bytes is no limit that anybody meets.
_FAR = 2**31 - 1


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if most is not None and most < _FAR:
        yield f"{least} to {most}"
    if "default" in schema:
        yield f"{schema['default']} where it is not sent"
    if "maxLength" in schema:
        yield f"at most {schema['maxLength']:,} characters"
    if "maxItems" in schema:
        yield f"at most {schema['maxItems']:,}"


def _text(example: Any) -> str:
    return orjson.dumps(example, option=orjson.OPT_INDENT_2).decode() if example else ""
