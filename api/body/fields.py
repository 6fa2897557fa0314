"""Values of a body, as JSON says them: text is text, a number a number, times are RFC 3339. Nothing is guessed."""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from rest_framework import serializers

from core.errors import DomainError

Check = Callable[[Any], Any]
# RFC 3339: letters of either kind, and as many digits of a second as a program's clock has.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,12})?([Zz]|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class _Strict(serializers.Field):
    """check: the domain's own rule for the value; what it refuses is refused here, in its words and with its code."""

    default_error_messages = {
        "required": "This is needed.",
        "null": "This cannot be null.",
        "type": "Send {wanted}.",
    }
    wanted = ""

    def __init__(self, *, check: Check | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self._check = check

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """All that there is to one value; Body has seen that it was sent."""
        if data is not None:
            return self.to_internal_value(data)
        if not self.allow_null:
            self.fail("null")
        return None

    def to_internal_value(self, data: Any) -> Any:
        value = self.read(data)
        if self._check is None:
            return value
        try:
            return self._check(value)
        except DomainError as error:
            raise serializers.ValidationError(error.message, code=error.code) from None

    def to_representation(self, value: Any) -> Any:
        return value

    def read(self, data: Any) -> Any:
        raise NotImplementedError

    def refuse(self) -> None:
        self.fail("type", wanted=self.wanted)


class Text(_Strict):
    wanted = "text"

    def __init__(self, *, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def read(self, data: Any) -> str:
        if not isinstance(data, str):
            self.refuse()
        if self.most is not None and len(data) > self.most:
            raise serializers.ValidationError(f"At most {self.most} characters fit.", code="text_too_long")
        return str(data)


class Flag(_Strict):
    wanted = "true or false"

    def read(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.refuse()
        return bool(data)


class Whole(_Strict):
    wanted = "a whole number"

    def read(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool) or abs(data) > 2**31 - 1:
            self.refuse()
        return int(data)


class Number(_Strict):
    """With digits behind the point: the shortest decimal that means it."""

    wanted = "a number"

    def read(self, data: Any) -> Decimal:
        if not isinstance(data, int | float) or isinstance(data, bool):
            self.refuse()
        return Decimal(repr(data))


class Choice(_Strict):
    def __init__(self, choices: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = tuple(choices)
        named = [one or "an empty text" for one in choices]
        self.wanted = f"one of {', '.join(named)}" if len(named) > 1 else named[0]

    def read(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.choices:
            self.refuse()
        return str(data)


class Moment(_Strict):
    wanted = "a time with its offset, as in 2026-11-23T09:00:00-08:00"

    def read(self, data: Any) -> datetime:
        if not isinstance(data, str) or not MOMENT.fullmatch(data):
            self.refuse()
        try:
            # What is beyond microseconds is cut off.
            return datetime.fromisoformat(data.upper())
        except ValueError:
            self.refuse()
            raise


class Day(_Strict):
    wanted = "a day, as in 2026-11-23"

    def read(self, data: Any) -> date:
        if not isinstance(data, str) or not _DAY.fullmatch(data):
            self.refuse()
        try:
            return date.fromisoformat(data)
        except ValueError:
            self.refuse()
            raise


class Month(_Strict):
    """Its first day."""

    wanted = "a month, as in 2026-11"

    def read(self, data: Any) -> date:
        if not isinstance(data, str) or not _MONTH.fullmatch(data):
            self.refuse()
        try:
            return date.fromisoformat(f"{data}-01")
        except ValueError:
            self.refuse()
            raise


class Id(_Strict):
    wanted = "an id, as it was given"

    def read(self, data: Any) -> UUID:
        if not isinstance(data, str) or not ID.fullmatch(data):
            self.refuse()
        return UUID(data)


class Content(_Strict):
    """The bytes of a file. most: of bytes."""

    wanted = "the file in base64 (RFC 4648, section 4)"

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def read(self, data: Any) -> bytes:
        if not isinstance(data, str):
            self.refuse()
        try:
            content = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            self.refuse()
            raise
        if len(content) > self.most:
            raise serializers.ValidationError(f"At most {self.most:,} bytes fit.", code="text_too_long")
        return content


class Many(serializers.ListField):
    """A list of one kind of value."""

    default_error_messages = {
        "required": "This is needed.",
        "null": "This cannot be null.",
        "not_a_list": "Send a list.",
        "max_length": "Send at most {max_length}.",
    }

    def __init__(self, child: Any, *, most: int, required: bool = False) -> None:
        super().__init__(child=child, max_length=most, required=required)
        self.most = most
