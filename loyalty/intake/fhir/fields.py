"""Typed access to a resource's fields: a value of the wrong type is left out and remarked on, never a crash."""

from collections.abc import Callable
from typing import Any

from loyalty.intake.fhir.text import TextError, clean_text

Remark = Callable[[str], None]

_KINDS = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def kind_of(value: object) -> str:
    return "null" if value is None else _KINDS[type(value)]


class Fields:
    """The fields of one JSON object, and where it stands in its resource ("name[0]")."""

    __slots__ = ("_data", "_path", "remark")

    def __init__(self, data: dict[str, Any], *, remark: Remark, path: str = "") -> None:
        self._data = data
        self._path = path
        self.remark = remark

    def __contains__(self, name: str) -> bool:
        return self._data.get(name) is not None

    def path(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def raw(self, name: str) -> object:
        return self._data.get(name)

    def text(self, name: str, *, most: int = 200) -> str:
        """The field as clean text; "" where it is absent or cannot be kept."""
        value = self._data.get(name)
        return "" if value is None else self._clean(value, name, most)

    def texts(self, name: str, *, most: int = 200) -> list[str]:
        """The list field's clean texts, without empty ones."""
        items = enumerate(self._list(name))
        found = (self._clean(item, f"{name}[{i}]", most) for i, item in items if item is not None)
        return [text for text in found if text]

    def part(self, name: str) -> "Fields | None":
        value = self._data.get(name)
        if value is None:
            return None
        if isinstance(value, dict):
            return Fields(value, remark=self.remark, path=self.path(name))
        self._wrong(name, value, "an object")
        return None

    def parts(self, name: str) -> "list[Fields]":
        """The list field's objects, in order."""
        found: list[Fields] = []
        for i, item in enumerate(self._list(name)):
            if isinstance(item, dict):
                found.append(Fields(item, remark=self.remark, path=f"{self.path(name)}[{i}]"))
            else:
                self._wrong(f"{name}[{i}]", item, "an object")
        return found

    def flag(self, name: str) -> bool | None:
        value = self._data.get(name)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(name, value, "true or false")
        return None

    def number(self, name: str) -> int | None:
        """A positive whole number, such as a rank."""
        value = self._data.get(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1_000_000:
            return value
        self.remark(f"{self.path(name)} is not a positive whole number; left out")
        return None

    def _list(self, name: str) -> list[Any]:
        value = self._data.get(name)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self._wrong(name, value, "a list")
        return []

    def _clean(self, value: object, name: str, most: int) -> str:
        if not isinstance(value, str):
            self._wrong(name, value, "text")
            return ""
        try:
            return clean_text(value, most=most)
        except TextError as error:
            self.remark(f"{self.path(name)} {error}; left out")
            return ""

    def _wrong(self, name: str, value: object, wanted: str) -> None:
        self.remark(f"{self.path(name)} is {kind_of(value)}, not {wanted}; left out")
