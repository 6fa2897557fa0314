"""Values of search parameters, as FHIR writes them (R4, 3.1.1.4): read strictly, refused with what would be taken."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.v1.pages import BadParameter
from loyalty.exchange.fhir.kinds import Days, Moments, Param, ParamKind, Prefix, Token

_PREFIX = re.compile(r"[a-z]{2}")
# Nobody asks for other centuries, and at the ends of the calendar a day after or an offset is no date any more.
_YEAR = r"(?:1[89]|2\d)\d\d"
_DAYS = re.compile(rf"({_YEAR})(?:-(\d\d)(?:-(\d\d))?)?")
_MOMENT = re.compile(rf"{_YEAR}-\d\d-\d\dT\d\d:\d\d(:\d\d(?:\.\d{{1,12}})?)?(?:Z|[+-]\d\d:\d\d)")
_LONGEST = 200


def values_of(name: str, given: str, param: Param) -> Iterator[Any]:
    """Each of the values between commas; a comma of a value has a backslash before it. Raises BadParameter."""
    for part in re.split(r"(?<!\\),", given):
        text = re.sub(r"\\([,$|\\])", r"\1", part)
        if not text.strip() or "\0" in text or len(text) > _LONGEST:
            raise BadParameter(name, f"Send a value of at most {_LONGEST} characters.")
        yield _READERS[param.kind](name, text, param)


def _string(_name: str, text: str, _param: Param) -> str:
    return text


def _token(name: str, text: str, param: Param) -> Token | UUID | None:
    if name == "_id":
        return _id(text)
    system, bar, code = text.rpartition("|")
    token = Token(code, system if bar else None)
    if not code:
        raise BadParameter(name, "Send a code, or system|code.")
    if param.codes and code not in param.codes:
        raise BadParameter(name, f"Send one of {', '.join(param.codes)}.")
    return token


def _reference(_name: str, text: str, _param: Param) -> UUID | None:
    return _id(text.removeprefix("Patient/"))


def _id(text: str) -> UUID | None:
    """None: a text that is no id of ours, and so finds nothing."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _date(name: str, text: str, param: Param) -> Days | Moments:
    prefix, text = (text[:2], text[2:]) if _PREFIX.match(text) else (Prefix.EQUAL.value, text)
    if prefix not in list(Prefix):
        raise BadParameter(name, f"Send a date, as in 2026-11-23, or one with {', '.join(Prefix)} before it.")
    try:
        if found := _DAYS.fullmatch(text):
            return _days(Prefix(prefix), *(int(one) if one else None for one in found.groups()))
        # In an address a plus is a blank.
        found = _MOMENT.fullmatch(text.replace(" ", "+"))
        if found and not param.only_days:
            first = datetime.fromisoformat(found[0])
            return Moments(Prefix(prefix), first, first + timedelta(seconds=1 if found[1] else 60))
    except ValueError:
        pass
    or_time = "" if param.only_days else ", or a time with its offset, as in 2026-11-23T09:00:00Z"
    raise BadParameter(name, f"Send a day, a month or a year, as in ge2026-11-23{or_time}.")


def _days(prefix: Prefix, year: int | None, month: int | None, day: int | None) -> Days:
    """Raises ValueError for what is no date."""
    year = year or 0
    first = date(year, month or 1, day or 1)
    if day is None:
        last_month = month or 12
        return Days(prefix, first, date(year, last_month, monthrange(year, last_month)[1]))
    return Days(prefix, first, first)


_READERS: dict[ParamKind, Callable[[str, str, Param], Any]] = {
    ParamKind.STRING: _string,
    ParamKind.TOKEN: _token,
    ParamKind.REFERENCE: _reference,
    ParamKind.DATE: _date,
}
