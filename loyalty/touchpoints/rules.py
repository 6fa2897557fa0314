"""The rules of the playbook: added, changed, switched, removed, and all set back to the five steps.

What is planned already stays: a change holds for what happens from now on.
"""

from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.violated import violated
from loyalty.models import PlaybookRule
from loyalty.touchpoints.check_rule import checked
from loyalty.touchpoints.playbook import five_steps
from loyalty.touchpoints.shapes import ALWAYS


class Given(TypedDict):
    """A rule as somebody wrote it. delay: negative where it counts back. service_id, away_days, score_from, score_to:
    None where they do not matter; audience, occasion: of the models.
    """

    name: str
    trigger: str
    kind: str
    channel: str
    role: str
    delay: int
    delay_unit: str
    audience: str
    service_id: UUID | None
    away_days: int | None
    score_from: int | None
    score_to: int | None
    occasion: str


def add_rule(**given: Unpack[Given]) -> PlaybookRule:
    """Raises DomainError with the field, Conflict for what there can be only one of."""
    rule = PlaybookRule(**checked(**given))
    with transaction.atomic():
        if rule.kind in ALWAYS and PlaybookRule.objects.filter(kind=rule.kind).exists():
            raise Conflict("rule_once", "The playbook has this rule already. Change that one.", field="kind")
        rule.position = 1 + (PlaybookRule.objects.aggregate(last=Max("position"))["last"] or 0)
        _save(rule, is_new=True)
        changed("rule.added", rule, detail=_told(rule))
    return rule


def change_rule(*, rule_id: UUID, version: int, **given: Unpack[Given]) -> PlaybookRule:
    """`version` is the one that was read. Raises NotFound, Conflict where somebody changed it since, DomainError.

    What somebody unhappy, or somebody who asks, is owed may get another delay and another role, never another sense.
    """
    kept = checked(**given)
    with transaction.atomic():
        rule = _held(rule_id, version=version)
        if rule.kind in ALWAYS and (kept["kind"], kept["trigger"]) != (rule.kind, rule.trigger):
            raise DomainError("rule_always", "This rule stays what it is. Add another one instead.", field="kind")
        for field, value in kept.items():
            setattr(rule, field, value)
        rule.version = version + 1
        _save(rule, is_new=False)
        changed("rule.changed", rule, detail=_told(rule))
    return rule


def switch_rule(*, rule_id: UUID, is_on: bool) -> PlaybookRule:
    """Raises NotFound, Conflict where it is so already, DomainError for what must always or must never act."""
    with transaction.atomic():
        rule = _held(rule_id)
        if rule.is_on == is_on:
            raise Conflict("rule_switched", f"“{rule.name}” is {'on' if is_on else 'off'} already.")
        if not is_on and rule.kind in ALWAYS:
            raise DomainError("rule_always", f"“{rule.name}” stays on: somebody is waiting for this call.")
        if is_on and rule.funded_by_vendor:
            raise DomainError(
                "rule_funded",
                "A vendor pays for this contact, so each patient would have to authorize it, and none has.",
            )
        rule.is_on = is_on
        rule.version += 1
        _save(rule, is_new=False)
        changed("rule.switched_on" if is_on else "rule.switched_off", rule)
    return rule


def remove_rule(*, rule_id: UUID) -> None:
    """Raises NotFound, DomainError for what must always act."""
    with transaction.atomic():
        rule = _held(rule_id)
        if rule.kind in ALWAYS:
            raise DomainError("rule_always", f"“{rule.name}” stays: somebody is waiting for this call.")
        changed("rule.removed", rule, detail=_told(rule))
        rule.delete()


def back_to_default() -> int:
    """The five steps as every practice starts with; returns how many of a practice's own were switched off for it.

    Its own rules are switched off, not lost.
    """
    with transaction.atomic():
        rules = list(PlaybookRule.objects.select_for_update().order_by("position", "id"))
        own = {rule.id: rule for rule in rules}
        for step in five_steps():
            same = next((one for one in own.values() if one.name == step.name), None)
            same = same or next((one for one in own.values() if _sense(one) == _sense(step)), None)
            if same is not None:
                del own[same.id]
                step.id, step.version, step.created_at = same.id, same.version + 1, same.created_at
            _save(step, is_new=same is None)
        switched = [rule for rule in own.values() if rule.is_on]
        for rule in switched:
            rule.is_on, rule.version = False, rule.version + 1
        PlaybookRule.objects.bulk_update(switched, ["is_on", "version"])
        for step in PlaybookRule.objects.filter(is_on=True)[:1]:
            changed("playbook.restored", step, detail={"switched_off": len(switched)})
    return len(switched)


def _sense(rule: PlaybookRule) -> tuple[str, str]:
    return (rule.trigger, rule.kind)


def _told(rule: PlaybookRule) -> dict[str, Any]:
    """What the trail keeps: codes and numbers, never words."""
    return {
        "version": rule.version,
        "trigger": rule.trigger,
        "kind": rule.kind,
        "channel": rule.channel,
        "role": rule.role,
        "delay": rule.delay,
        "delay_unit": rule.delay_unit,
    }


def _held(rule_id: UUID, *, version: int | None = None) -> PlaybookRule:
    rule = PlaybookRule.objects.select_for_update(no_key=True).filter(id=rule_id).first()
    if rule is None:
        raise NotFound("rule_not_found", "This rule is not in the playbook any more.")
    if version is not None and rule.version != version:
        raise Conflict(
            "rule_changed",
            "Somebody changed this rule meanwhile. What you chose stands below: compare it with theirs, and keep it "
            "again.",
        )
    return rule


def _save(rule: PlaybookRule, *, is_new: bool) -> None:
    try:
        with transaction.atomic():
            rule.save(force_insert=is_new, force_update=not is_new)
    except IntegrityError as error:
        match violated(error):
            case "rule_name_once":
                raise DomainError(
                    "rule_name_taken", "Another rule has this name. Choose another one.", field="name"
                ) from None
            case "rule_recovery_once" | "rule_first_call_once":
                raise Conflict(
                    "rule_once", "The playbook has this rule already. Change that one.", field="kind"
                ) from None
        raise
