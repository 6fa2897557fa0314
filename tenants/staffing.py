"""What follows, inside a practice, when its people come, change and go.

The domains above this package register here (infra wires them); each is called inside the practice's scope and inside
the transaction of the action that asks for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.tenancy.scope import PracticeRef, practice_scope


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody has a role at the practice now: a first one, or another than before."""

    practice: PracticeRef
    person_id: UUID
    name: str
    role: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody's membership ends. work_to: who takes over what they had to do, None for whoever is there."""

    practice: PracticeRef
    person_id: UUID
    work_to: UUID | None
    now: datetime


_on_coming: list[Callable[[Coming], object]] = []
_on_leaving: list[Callable[[Leaving], object]] = []


def on_coming(hook: Callable[[Coming], object]) -> None:
    """Register what runs when somebody joins a practice or gets another role there."""
    if hook not in _on_coming:
        _on_coming.append(hook)


def on_leaving(hook: Callable[[Leaving], object]) -> None:
    """Register what runs when somebody leaves a practice."""
    if hook not in _on_leaving:
        _on_leaving.append(hook)


def comes(coming: Coming) -> None:
    with practice_scope(coming.practice):
        for hook in _on_coming:
            hook(coming)


def leaves(leaving: Leaving) -> None:
    with practice_scope(leaving.practice):
        for hook in _on_leaving:
            hook(leaving)
