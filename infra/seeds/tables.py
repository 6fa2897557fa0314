"""Rows on their way into a practice's tables: collected as plain values, written by COPY."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from infra.seeds.local_days import day_text, moment_text

NULL = "\\N"
_BATCH = 500


def _escaped(text: str) -> str:
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return text


def _truth(value: bool) -> str:
    return "t" if value else "f"


def _array(values: Sequence[str]) -> str:
    inner = ",".join('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return _escaped("{" + inner + "}")


def _writer(field: Any) -> Callable[[Any], str]:
    """How a value of that field is written. Keys are hexadecimal text, moments seconds, days ordinals."""
    match field:
        case models.ForeignKey() | models.UUIDField():
            return str
        case models.DateTimeField():
            return moment_text
        case models.DateField():
            return day_text
        case models.BooleanField():
            return _truth
        case ArrayField():
            return _array
        case models.CharField() | models.TextField():
            return _escaped
        case _:
            return str


class Table:
    """One table and the rows for it. `columns` are given in each row; every other column has its model's default.

    So a column that a model gains later is filled as the model says, without a change here.
    """

    def __init__(self, model: type[models.Model], columns: str) -> None:
        self.model = model
        self.rows: list[tuple[Any, ...]] = []
        fields = {field.column: field for field in model._meta.concrete_fields if not field.generated}
        given = columns.split()
        self.columns = tuple(given)
        if unknown := set(given) - fields.keys():
            raise ValueError(f"{model.__name__} has no columns {sorted(unknown)}")
        self._writers = [_writer(fields[column]) for column in given]
        rest = [column for column in fields if column not in given]
        self._rest = "".join("\t" + self._default(fields[column]) for column in rest) + "\n"
        names = ", ".join(f'"{column}"' for column in (*given, *rest))
        self.copy_sql = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'

    def add(self, *values: Any) -> None:
        """Note a row: one value for each of `columns`, None for NULL."""
        self.rows.append(values)

    def texts(self) -> Iterator[str]:
        """The rows as COPY reads them, many at once."""
        writers, rest = self._writers, self._rest
        lines: list[str] = []
        for row in self.rows:
            cells = [NULL if value is None else write(value) for write, value in zip(writers, row, strict=True)]
            lines.append("\t".join(cells) + rest)
            if len(lines) == _BATCH:
                yield "".join(lines)
                lines.clear()
        yield "".join(lines)

    @staticmethod
    def _default(field: Any) -> str:
        if field.primary_key or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            raise ValueError(f"{field} must be among the columns: its default would differ from run to run")
        value = field.get_default()
        return NULL if value is None else _writer(field)(value)


def copy_all(tables: Sequence[Table], cursor: Any) -> int:
    """Write all rows, parents before children; returns how many. Raises what the database raises."""
    for table in tables:
        with cursor.copy(table.copy_sql) as copy:
            for text in table.texts():
                copy.write(text)
    return sum(len(table.rows) for table in tables)
