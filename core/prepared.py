"""Reads that every request makes: Django builds their statement once a process, not once a request."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class Prepared(Generic[Row]):
    """A query that is the same each time but for its parameters.

    Building the statement of a query over a few tables takes Django one to three milliseconds; the database answers it
    in less. `make` gives the query for values of its parameters; `stand_ins` is one value for each, by name, that
    occurs nowhere else in it. Each must stand in the statement as a parameter, once or more: one that changes the
    statement itself (None, a list of another length) cannot be a parameter here.

    Raises ValueError at the first use for a stand-in that is no parameter of the statement.
    """

    def __init__(self, make: Callable[..., QuerySet[Row, Any]], **stand_ins: Any) -> None:
        self._make, self._stand_ins = make, stand_ins
        self._built: _Built | None = None

    def rows(self, **values: Any) -> QuerySet[Row, Any]:
        """The query with these values, to be iterated as it is. Raises TypeError for other names than the stand-ins."""
        if values.keys() != self._stand_ins.keys():
            raise TypeError(f"give {sorted(self._stand_ins)}, not {sorted(values)}")
        if self._built is None:
            self._built = _Built(self._make(**self._stand_ins), self._stand_ins)
        return self._built.with_values(values)

    def first(self, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)


class _Built:
    """The statement, and what its compiler knew of the columns when it had made it."""

    KNOWN = ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select")

    def __init__(self, query: QuerySet[Any, Any], stand_ins: dict[str, Any]) -> None:
        compiler = query.query.get_compiler(DEFAULT_DB_ALIAS)
        self._query = query
        self._sql, parameters = compiler.as_sql()
        self._known = {name: getattr(compiler, name) for name in self.KNOWN if hasattr(compiler, name)}
        # Each with the name of its stand-in; without one it is what it always is.
        self._parameters = [(_name_of(parameter, stand_ins), parameter) for parameter in parameters]
        if lost := stand_ins.keys() - {name for name, _ in self._parameters}:
            raise ValueError(f"no parameter of the statement: {sorted(lost)}")

    def with_values(self, values: dict[str, Any]) -> QuerySet[Any, Any]:
        parameters = tuple(values[name] if name else always for name, always in self._parameters)
        statement = (self._sql, parameters)
        query = copy.copy(self._query.query)
        plain = query.get_compiler

        def compiler_of(*args: Any, **kwargs: Any) -> Any:
            compiler = plain(*args, **kwargs)
            vars(compiler).update(self._known, as_sql=lambda *_, **__: statement)
            return compiler

        vars(query)["get_compiler"] = compiler_of
        asked = type(self._query)(model=self._query.model, query=query, using=DEFAULT_DB_ALIAS)
        vars(asked)["_iterable_class"] = vars(self._query)["_iterable_class"]
        return asked


def _name_of(parameter: Any, stand_ins: dict[str, Any]) -> str | None:
    for name, value in stand_ins.items():
        if type(parameter) is type(value) and parameter == value:
            return name
    return None
