"""While somebody is chosen, no statement reaches a table that could tell how content they are.

A list of what may be seen, not of what may not: a table that is made later is out of sight until somebody puts it here.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# Who they are, when they came, what they agreed to, and what was sent. None of it says how it was.
IN_SIGHT = frozenset(
    {
        "loyalty_patient",
        "loyalty_guardianship",
        "loyalty_contactpoint",
        "loyalty_consent",
        "loyalty_suppression",
        "loyalty_optoutlink",
        "loyalty_visit",
        "loyalty_location",
        "loyalty_message",
        "loyalty_messagetemplate",
        "loyalty_textnumber",
        "loyalty_reviewsite",
        "loyalty_reviewasking",
        "loyalty_reviewinvitation",
    }
)
_TABLE = re.compile(r"\b(?:loyalty|benchmarks)_\w+")


class ScoreInSight(Exception):
    """A statement named a table that whoever chooses must not see. It was not sent."""


@contextmanager
def blindfolded() -> Iterator[None]:
    """Every statement of this thread in the block is refused with ScoreInSight if it names another table."""
    with connection.execute_wrapper(_refuse):
        yield


def _refuse(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if unseen := set(_TABLE.findall(str(sql))) - IN_SIGHT:
        raise ScoreInSight(", ".join(sorted(unseen)))
    return execute(sql, params, many, context)
