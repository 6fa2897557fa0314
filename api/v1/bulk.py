"""Many rows in one body, each read by itself: what is wrong with one refuses that one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rest_framework import serializers

from api.body.read import Body, InvalidBody, faults_of
from api.problem import Fault

MOST = 1000
Answer = dict[str, Any]


def rows_of(body: Any, name: str) -> list[Any]:
    """name: of the list in the body. Raises InvalidBody."""
    if not isinstance(body, dict):
        raise InvalidBody((Fault("#", "type", "Send a JSON object."),))
    strange = tuple(Fault(f"#/{one}", "unknown_field", "There is no such field.") for one in body if one != name)
    if strange:
        raise InvalidBody(strange)
    rows = body.get(name)
    if not isinstance(rows, list) or not rows:
        raise InvalidBody((Fault(f"#/{name}", "type", f"Send a list of {name}."),))
    if len(rows) > MOST:
        raise InvalidBody((Fault(f"#/{name}", "list_too_long", f"Send at most {MOST} at once."),))
    return rows


def answers_to(
    rows: Sequence[Any],
    *,
    shape: Body,
    at: str,
    do: Callable[[list[dict[str, Any]]], Sequence[Any]],
    answer: Callable[[Any, str], Answer],
    refused: Callable[[str, tuple[Fault, ...]], Answer],
) -> list[Answer]:
    """An answer for each row, in their order. do: with those that could be read, a result for each of them.

    answer: of a result and the pointer to its row. refused: of the id of a row and what is wrong with it.
    """
    good: dict[int, dict[str, Any]] = {}
    answers: dict[int, Answer] = {}
    for place, row in enumerate(rows):
        try:
            good[place] = shape.run_validation(row)
        except serializers.ValidationError as error:
            answers[place] = refused(_id_of(row), tuple(faults_of(error.detail, f"#/{at}/{place}")))
    results = do(list(good.values()))
    answers |= {place: answer(result, f"#/{at}/{place}") for place, result in zip(good, results, strict=True)}
    return [answers[place] for place in range(len(rows))]


def _id_of(row: Any) -> str:
    given = row.get("external_id") if isinstance(row, Mapping) else None
    return given if isinstance(given, str) else ""
