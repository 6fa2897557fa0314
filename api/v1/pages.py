"""A list: which rows, which fields, how many at once; and from where to go on, at once or another day."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from api.body import fields
from api.problem import Problem, Refused
from core.exchange import read
from core.exchange.follow import Mark, OtherCluster, Watermark, known, watermark
from core.exchange.read import read_page
from core.exchange.resource import Filter, Kind, Resource

USUAL, MOST = 50, 200
_PAGING = ("size", "after", "updated_since", "fields")
_UNCHANGED = "Send what an answer before gave, unchanged, with the same filters."
_READERS: dict[Kind, fields.Text | fields.Id | fields.Day | fields.Month] = {
    Kind.TEXT: fields.Text(most=200),
    Kind.ID: fields.Id(),
    Kind.DAY: fields.Day(),
    Kind.MONTH: fields.Month(),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A parameter that narrows what is read. choices: of Kind.CHOICE."""

    kind: Kind
    choices: Sequence[str] = ()


class BadParameter(Refused):
    def __init__(self, name: str, detail: str) -> None:
        super().__init__(Problem(400, "bad_parameter", "A parameter cannot be read", detail, name))


class WatermarkGone(Refused):
    def __init__(self, error: OtherCluster, name: str) -> None:
        super().__init__(Problem(410, error.code, "The watermark is no longer known", error.message, name))


def paged(request: Request, resource: Resource, application_id: UUID) -> Response:
    """{"data": rows, "next": what to send as `after`, null at the end, "watermark": what to send as `updated_since`}.

    Raises BadParameter, also for a parameter that is none: a filter that is not applied must not look like one.
    """
    given = _once_each(request, (*_PAGING, *resource.filters))
    filters = {name: _value(name, given[name], one) for name, one in resource.filters.items() if name in given}
    digest = sha256(orjson.dumps(sorted((name, given[name]) for name in given if name in resource.filters))).hexdigest()
    since = _watermark(given["updated_since"]) if "updated_since" in given else None
    if "after" in given:
        after, begun, of = _cursor(given["after"])
        if of != digest[:16]:
            raise BadParameter("after", _UNCHANGED)
    else:
        # Before the first row is read: what is committed from here on is in the next walk, if not in this one.
        after, begun = None, watermark()
    asked = read.Asked(
        application_id=application_id,
        size=_size(given.get("size")),
        after=after,
        since=since.transaction if since else 0,
        fields=_fields(given.get("fields"), resource),
        filters=filters,
    )
    page = read_page(resource, asked)
    return Response(
        {
            "data": [orjson.Fragment(row) for row in page.rows],
            "next": _packed(page.next.written_in, page.next.id, *_parts(begun), digest[:16]) if page.next else None,
            "watermark": _packed(*_parts(begun)),
        }
    )


def chosen(request: Request, names: Mapping[str, Asked]) -> dict[str, Any]:
    """The values of those that were sent. Raises BadParameter."""
    given = _once_each(request, tuple(names))
    return {name: _value(name, given[name], one) for name, one in names.items() if name in given}


def only_known(request: Request) -> None:
    """For one record: it has no parameters. Raises BadParameter."""
    _once_each(request, ())


def _once_each(request: Request, names: tuple[str, ...]) -> Mapping[str, str]:
    given = request.query_params
    for name in given:
        if name not in names:
            there = f"Known: {', '.join(names)}." if names else "There are none."
            raise BadParameter(name, f"There is no parameter {name!r} here. {there}")
        if len(given.getlist(name)) > 1:
            raise BadParameter(name, "Send it once.")
    return {name: str(value) for name, value in given.items()}


def _value(name: str, given: str, one: Filter | Asked) -> Any:
    reader = fields.Choice(one.choices) if one.kind == Kind.CHOICE else _READERS[one.kind]
    try:
        if "\0" in given:
            raise BadParameter(name, "Send text without zero characters.")
        return reader.read(given)
    except ValidationError as error:
        detail: Any = error.detail
        raise BadParameter(name, str(detail[0])) from error


def _fields(given: str | None, resource: Resource) -> tuple[str, ...]:
    if given is None:
        return ()
    asked = tuple(dict.fromkeys(given.split(",")))
    for name in asked:
        if name not in resource.fields:
            raise BadParameter("fields", f"There is no field {name!r}. Known: {', '.join(resource.fields)}.")
    return asked


def _size(given: str | None) -> int:
    if given is None:
        return USUAL
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= MOST):
        raise BadParameter("size", f"Send a number from 1 to {MOST}.")
    return int(given)


def _parts(mark: Watermark) -> tuple[str, int]:
    return mark.cluster, mark.transaction


def _packed(*parts: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def _unpacked(given: str, name: str, *kinds: type) -> list[Any]:
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadParameter(name, _UNCHANGED) from error
    if not isinstance(parts, list) or [type(one) for one in parts] != list(kinds):
        raise BadParameter(name, _UNCHANGED)
    if any(isinstance(one, int) and not 0 <= one < 2**63 for one in parts):
        raise BadParameter(name, _UNCHANGED)
    return parts


def _watermark(given: str, name: str = "updated_since") -> Watermark:
    cluster, transaction = _unpacked(given, name, str, int)
    return _known(Watermark(cluster, transaction), name)


def _known(mark: Watermark, name: str) -> Watermark:
    try:
        return known(mark)
    except OtherCluster as error:
        raise WatermarkGone(error, name) from error


def _cursor(given: str) -> tuple[Mark, Watermark, str]:
    position, row_id, cluster, transaction, digest = _unpacked(given, "after", int, str, str, int, str)
    try:
        mark = Mark(position, UUID(row_id))
    except ValueError as error:
        raise BadParameter("after", _UNCHANGED) from error
    return mark, _known(Watermark(cluster, transaction), "after"), digest
