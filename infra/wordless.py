"""Log lines without words: what a person typed, or a row holds, never becomes part of one.

Kept are ids, numbers and codes, the kind of an error, the constraint it names, and the places it passed. An error's own
words go: they may quote a row ("Key (email)=(…) already exists"), and so may whatever a library logs about its work.
"""

import errno
import logging
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from numbers import Number
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

import structlog
from django.http import HttpRequest

from infra.environment import ROOT

KEPT_OUT = "[kept out]"
# As the trail has it (core.audit.record): an id, a field's name, a code. Nothing that a person typed fits.
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:/+-]{0,99}\Z")
_CONSTANTS = frozenset({"None", "True", "False"})
# What Celery says of how a job ended is one of a handful of its own sentences, under this key.
_SAFE_KEYS = frozenset({"description"})
_REPR_OF_ERROR = re.compile(r"([A-Za-z_][\w.]*)\(.*\)\Z", re.DOTALL)
_OWN_KEYS = frozenset({"event", "level", "timestamp", "logger", "exception"})
_DEEPEST = 8


class WordlessFormatter(structlog.stdlib.ProcessorFormatter):
    """Lets no library put into a line what it was working on."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record if isinstance(record.msg, dict) else _wordless(record))


def error_without_words(_logger: Any, _name: str, line: Any) -> Any:
    """Structlog processor: `exc_info` becomes `exception`: kinds and places, one a row."""
    line.pop("stack_info", None)
    error = _error_of(line.pop("exc_info", None))
    if error is not None:
        line["exception"] = "\n".join(_told(error))
    return line


def codes_only(_logger: Any, _name: str, line: Any) -> Any:
    """Structlog processor: of the values of a line, ids, numbers and codes stay."""
    return {key: value if key in _OWN_KEYS else _code(value) for key, value in line.items()}


def log_what_nobody_caught() -> None:
    """An error that ends a process or a thread is logged like any other, instead of being printed with its words."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, Exception) or error is None:
        sys.__excepthook__(kind, error if error is not None else kind(), trace)
        return
    logging.getLogger(__name__).critical("uncaught", exc_info=(kind, error, trace))


def _wordless(record: logging.LogRecord) -> logging.LogRecord:
    """A copy without what the library filled in; of a request, its method and the address as we wrote it."""
    copy = logging.makeLogRecord(record.__dict__)
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        match = request.resolver_match
        copy.msg = (
            f"{getattr(record, 'status_code', '')} {request.method} {match.route if match else 'no such address'}"
        )
        copy.args = ()
        return copy
    if isinstance(record.args, Mapping):
        copy.args = {key: value if key in _SAFE_KEYS else _code(value) for key, value in record.args.items()}
    else:
        copy.args = tuple(_code(value) for value in record.args or ())
    copy.msg = _without_the_words_of(_error_of(record.exc_info), record.msg)
    return copy


def _without_the_words_of(error: BaseException | None, message: object) -> str:
    if not isinstance(message, str):
        return type(message).__name__
    words = str(error) if error is not None else ""
    return message.replace(words, KEPT_OUT) if words else message


def _code(value: object) -> Any:
    if value is None or isinstance(value, Number | UUID):
        return value
    if isinstance(value, BaseException):
        return _kind(value)
    if isinstance(value, str) and (value in _CONSTANTS or _CODE.match(value)):
        return value
    if isinstance(value, str) and (error := _REPR_OF_ERROR.match(value)):
        return error[1]
    return KEPT_OUT


def _error_of(given: Any) -> BaseException | None:
    if isinstance(given, tuple):
        given = given[1]
    elif given is True:
        given = sys.exc_info()[1]
    return given if isinstance(given, BaseException) else None


def _told(error: BaseException, deep: int = 0) -> Iterator[str]:
    """Kinds and places, the error that came first first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and deep < _DEEPEST:
        yield from _told(before, deep + 1)
    yield _kind(error)
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {_place(code.co_filename)}:{trace.tb_lineno} in {code.co_name}"
        trace = trace.tb_next
    if isinstance(error, BaseExceptionGroup) and deep < _DEEPEST:
        for one in error.exceptions:
            yield from _told(one, deep + 1)


def _kind(error: BaseException) -> str:
    """The kind of an error, with what PostgreSQL or the operating system calls it."""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    known = (
        getattr(error, "sqlstate", None),
        getattr(getattr(error, "diag", None), "constraint_name", None),
        errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None,
    )
    codes = " ".join(code for code in known if code)
    return f"{name} ({codes})" if codes else name


def _place(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-3:])
