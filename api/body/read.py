"""One reading of a body: what it says, or every fault of it with a pointer to the place."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError
from rest_framework.request import Request

from api.problem import Fault, Problem, Refused

# The framework's own names for what is wrong, as we say them.
_CODES = {"not_a_list": "type", "invalid": "type", "max_length": "list_too_long"}


_NO_OBJECT = ()


class Body(serializers.Serializer[Any]):
    """A JSON object of which every member is known. What is not sent stays out of what is read."""

    default_error_messages = {"invalid": "Send a JSON object."}
    # The resource, where its members mean what the same names elsewhere do not.
    of: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(*args, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Null is no object, like anything else that is none: the framework would say it in its own words."""
        return super().run_validation(_NO_OBJECT if data is None and not self.allow_null else data)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """In a loop of our own, because thousands of rows come at once; the framework's takes four times as long."""
        if not isinstance(data, Mapping):
            said = ErrorDetail(str(self.error_messages["invalid"]), code="invalid")
            raise serializers.ValidationError({"non_field_errors": [said]})
        errors: dict[str, Any] = {name: [_strange(name, self)] for name in data if name not in self._members}
        value: dict[str, Any] = {}
        for name, member in self._members.items():
            given = data.get(name, serializers.empty)
            try:
                if given is not serializers.empty:
                    value[name] = member.run_validation(given)
                elif member.required:
                    member.fail("required")
            except serializers.ValidationError as error:
                errors[name] = error.detail
        if errors:
            raise serializers.ValidationError(errors)
        return value

    @cached_property
    def _members(self) -> dict[str, Any]:
        return dict(self.fields)


def _strange(name: str, body: Body) -> ErrorDetail:
    if name in getattr(body, "read_only_names", ()):
        return ErrorDetail("This is ours to say: leave it out.", code="read_only")
    return ErrorDetail("There is no such field.", code="unknown_field")


class InvalidBody(Refused):
    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            Problem(422, "invalid_body", "The body cannot be taken", "See errors, each with its place.", errors=faults)
        )


def read_json(request: Request) -> Any:
    """Whatever it is. Raises ParseError for what is no JSON."""
    if not request._request.body:
        # The framework would take it for an empty object.
        raise ParseError
    return request.data


def read_body(request: Request, shape: type[Body]) -> dict[str, Any]:
    """Only what was sent. Raises InvalidBody with every fault, ParseError for what is no JSON."""
    reading = shape(data=read_json(request))
    if not reading.is_valid():
        raise InvalidBody(tuple(faults_of(reading.errors)))
    return dict(reading.validated_data)


def faults_of(errors: Any, place: str = "#") -> Iterator[Fault]:
    """The framework's tree of errors as a list with pointers (RFC 6901)."""
    if isinstance(errors, ErrorDetail):
        yield Fault(place, _CODES.get(errors.code, errors.code), str(errors))
    elif isinstance(errors, Mapping):
        for name, within in errors.items():
            yield from faults_of(within, place if name == "non_field_errors" else f"{place}/{_escaped(str(name))}")
    else:
        for number, within in enumerate(errors):
            # A list of errors is about its place; a list of their trees is about the members of a list.
            yield from faults_of(within, place if isinstance(within, ErrorDetail) else f"{place}/{number}")


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
