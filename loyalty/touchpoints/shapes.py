"""Which parts of a playbook rule go together. Whatever can be chosen here is acted on by code."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from loyalty.models import TouchpointChannel, TouchpointKind, Trigger

# An answer below it opens a recovery by itself.
LEAST_CONTENT = 7


class Condition(StrEnum):
    AUDIENCE = "audience"
    SERVICE = "service"
    AWAY = "away_days"
    SCORES = "scores"
    OCCASION = "occasion"


@dataclass(frozen=True, slots=True)
class Shape:
    """kinds: kind → the channels it may go by. before, after: whether it may count back, or forward."""

    kinds: Mapping[TouchpointKind, tuple[TouchpointChannel, ...]]
    before: bool
    after: bool
    conditions: frozenset[Condition] = frozenset()


_TALK = (
    TouchpointChannel.CALL,
    TouchpointChannel.LETTER,
    TouchpointChannel.TEXT,
    TouchpointChannel.EMAIL,
    TouchpointChannel.IN_PERSON,
)
_OF_VISITS = frozenset({Condition.AUDIENCE, Condition.SERVICE, Condition.AWAY})

SHAPES: Mapping[Trigger, Shape] = MappingProxyType(
    {
        Trigger.INQUIRY: Shape(
            {TouchpointKind.FIRST_CALL: (TouchpointChannel.CALL,)}, before=False, after=True
        ),
        Trigger.VISIT_BOOKED: Shape(
            {TouchpointKind.PREVIEW: _TALK, TouchpointKind.CHECK_IN: _TALK},
            before=True, after=True, conditions=_OF_VISITS,
        ),
        Trigger.VISIT_CHANGED: Shape(
            {TouchpointKind.CHECK_IN: _TALK}, before=True, after=True, conditions=_OF_VISITS
        ),
        Trigger.VISIT_COMPLETED: Shape(
            {TouchpointKind.NOTE: (TouchpointChannel.CARD,), TouchpointKind.CHECK_IN: _TALK},
            before=False, after=True, conditions=_OF_VISITS,
        ),
        Trigger.NO_SHOW: Shape({TouchpointKind.CHECK_IN: _TALK}, before=False, after=True, conditions=_OF_VISITS),
        Trigger.FEEDBACK: Shape(
            {
                TouchpointKind.RECOVERY: (TouchpointChannel.CALL, TouchpointChannel.IN_PERSON),
                TouchpointKind.CHECK_IN: _TALK,
            },
            before=False, after=True, conditions=_OF_VISITS | {Condition.SCORES},
        ),
        Trigger.OCCASION: Shape(
            {
                TouchpointKind.OCCASION: (
                    TouchpointChannel.CARD, TouchpointChannel.CALL, TouchpointChannel.IN_PERSON
                )
            },
            before=True, after=False, conditions=frozenset({Condition.OCCASION}),
        ),
        Trigger.DRIFTING: Shape({TouchpointKind.CHECK_IN: _TALK}, before=False, after=True),
    }
)  # fmt: skip
# What the recovery of somebody unhappy, and somebody who asks, must never be without.
ALWAYS = frozenset({TouchpointKind.RECOVERY, TouchpointKind.FIRST_CALL})
