"""A rule as somebody wrote it, checked: only what the code acts on."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from core.errors import DomainError
from core.given_text import given_text, is_visible
from loyalty.models import (
    Audience,
    DelayUnit,
    OccasionOf,
    Service,
    StaffRole,
    TouchpointChannel,
    TouchpointKind,
    Trigger,
)
from loyalty.touchpoints.shapes import ALWAYS, LEAST_CONTENT, SHAPES, Condition, Shape

_NAME = 120
# In their units: a year of days, and two weeks of hours.
_FURTHEST = {DelayUnit.HOURS: 336, DelayUnit.DAYS: 366, DelayUnit.WORKING_DAYS: 260}
_LONGEST_AWAY = 3650
_FIELDS = {Condition.SERVICE: "service_id", Condition.SCORES: "score_from"}


def checked(
    *,
    name: str,
    trigger: str,
    kind: str,
    channel: str,
    role: str,
    delay: int,
    delay_unit: str,
    audience: str,
    service_id: UUID | None,
    away_days: int | None,
    score_from: int | None,
    score_to: int | None,
    occasion: str,
) -> dict[str, Any]:
    """The fields of a PlaybookRule. Raises DomainError with the field that does not go with the rest."""
    words = given_text(name, what="The name", field="name", limit=_NAME)
    if not is_visible(words):
        raise DomainError("rule_unnamed", "Give the rule a name.", field="name")
    if trigger not in SHAPES:
        raise DomainError("trigger_unknown", "Choose when it happens.", field="trigger")
    shape = SHAPES[Trigger(trigger)]
    if kind not in shape.kinds:
        raise DomainError("kind_unfit", f"{_choose(shape.kinds)} goes with this moment.", field="kind")
    channels = shape.kinds[TouchpointKind(kind)]
    if channel not in channels:
        raise DomainError("channel_unfit", f"{_choose(channels)} goes with this contact.", field="channel")
    if role not in StaffRole.values:
        raise DomainError("role_unknown", "Choose who does it.", field="role")
    _check_delay(shape, delay, delay_unit)
    given = {
        Condition.AUDIENCE: audience != Audience.EVERYONE,
        Condition.SERVICE: service_id is not None,
        Condition.AWAY: away_days is not None,
        Condition.SCORES: score_from is not None or score_to is not None,
        Condition.OCCASION: bool(occasion),
    }
    for condition, is_given in given.items():
        if is_given and (condition not in shape.conditions or kind in ALWAYS):
            raise DomainError(
                "condition_unfit",
                "This condition does not go with this moment. Leave it open.",
                field=_FIELDS.get(condition, condition.value),
            )
    _check_conditions(audience, service_id, away_days, occasion)
    scores = _scores(score_from, score_to) if given[Condition.SCORES] else (None, None)
    return {
        "name": words,
        "trigger": trigger,
        "kind": kind,
        "channel": channel,
        "role": role,
        "delay": delay,
        "delay_unit": delay_unit,
        "audience": audience,
        "service_id": service_id,
        "away_days": away_days,
        "score_from": scores[0],
        "score_to": scores[1],
        "occasion": occasion,
    }


def _check_delay(shape: Shape, delay: int, unit: str) -> None:
    if unit not in DelayUnit.values:
        raise DomainError("unit_unknown", "Choose hours, days or working days.", field="delay_unit")
    furthest = _FURTHEST[DelayUnit(unit)]
    if abs(delay) > furthest:
        raise DomainError("delay_too_long", f"At most {furthest} {DelayUnit(unit).label}.", field="delay")
    if delay < 0 and not shape.before:
        raise DomainError(
            "delay_backward", "This can only be counted from the moment on: choose “after”.", field="delay"
        )
    if delay > 0 and not shape.after:
        raise DomainError("delay_forward", "This is for before the day: choose “before”.", field="delay")


def _check_conditions(audience: str, service_id: UUID | None, away_days: int | None, occasion: str) -> None:
    if audience not in Audience.values:
        raise DomainError("audience_unknown", "Choose whom it is about.", field="audience")
    if service_id is not None and not Service.objects.filter(id=service_id).exists():
        raise DomainError("service_unknown", "Choose a service of the list.", field="service_id")
    if away_days is not None and not 1 <= away_days <= _LONGEST_AWAY:
        raise DomainError("away_out_of_range", f"Between 1 and {_LONGEST_AWAY} days.", field="away_days")
    if away_days is not None and audience == Audience.FIRST:
        raise DomainError(
            "away_first", "On a first visit nobody has been away. Leave one of the two open.", field="away_days"
        )
    if occasion and occasion not in OccasionOf.values:
        raise DomainError("occasion_unknown", "Choose which personal days.", field="occasion")


def _scores(score_from: int | None, score_to: int | None) -> tuple[int, int]:
    lowest = LEAST_CONTENT if score_from is None else score_from
    highest = 10 if score_to is None else score_to
    if not LEAST_CONTENT <= lowest <= highest <= 10:
        raise DomainError(
            "scores_out_of_range",
            f"Between {LEAST_CONTENT} and 10, the lower one first. Whoever answers less is called by the recovery.",
            field="score_from",
        )
    return lowest, highest


def _choose(choices: Iterable[TouchpointKind | TouchpointChannel]) -> str:
    """ "Service preview or Check-in"."""
    return " or ".join(str(one.label) for one in choices)
