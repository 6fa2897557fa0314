"""What the form of one address accepts, and what must be so before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Ids = dict[str, Any]


@dataclass(frozen=True)
class Body:
    """form: what is sent, or what makes it inside the practice. before: what is done first, inside the practice.

    changes: False where what is asked for is so already, or is nothing that the trail tells of. answers: the status
    that says it was done.
    """

    form: dict[str, Any] | Callable[[Ids], dict[str, Any]] = field(default_factory=dict)
    before: Callable[[Ids, datetime], object] = lambda _ids, _now: None
    changes: bool = True
    answers: tuple[int, ...] = (302, 303)
