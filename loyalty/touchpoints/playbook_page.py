"""The playbook as its page shows it: five steps, each with its rules and what they made lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from loyalty.models import PlaybookRule, Touchpoint, TouchpointState, Trigger
from loyalty.touchpoints.rule_words import RuleWords, words_of
from loyalty.touchpoints.shapes import ALWAYS

LATELY = timedelta(days=30)
_STEPS = (
    ("Be proactive", "Say what will happen before it happens.", (Trigger.VISIT_BOOKED, Trigger.VISIT_CHANGED)),
    ("The little things", "Thank by hand, within two days.", (Trigger.VISIT_COMPLETED,)),
    ("Relationships", "Remember the person, not the record.", (Trigger.OCCASION, Trigger.DRIFTING)),
    ("Feedback", "Ask everyone the same way, answer those who hurt.", (Trigger.FEEDBACK,)),
    ("The ultimate experience", "It starts before the first booking.", (Trigger.INQUIRY, Trigger.NO_SHOW)),
)


@dataclass(frozen=True, slots=True)
class ShownRule:
    """made, done: of the last 30 days. always: nobody may switch it off. blocked: a vendor pays for it."""

    id: UUID
    name: str
    words: RuleWords
    kind: str
    is_on: bool
    always: bool
    blocked: bool
    made: int
    done: int


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    title: str
    says: str
    rules: tuple[ShownRule, ...]


def steps(*, now: datetime) -> list[Step]:
    """Two queries. No patient is read: the counts are of contacts."""
    rules = list(PlaybookRule.objects.select_related("service"))
    lately = _lately(now=now)
    return [
        Step(
            number=number,
            title=title,
            says=says,
            rules=tuple(_shown(rule, lately) for rule in rules if rule.trigger in triggers),
        )
        for number, (title, says, triggers) in enumerate(_STEPS, start=1)
    ]


def _lately(*, now: datetime) -> Mapping[UUID, tuple[int, int]]:
    """Rule → (made, done), of those that were not called off."""
    made = Touchpoint.objects.filter(created_at__gte=now - LATELY, rule__isnull=False)
    counts = made.exclude(state=TouchpointState.CANCELLED).values_list("rule_id").order_by("rule_id")
    counted = counts.annotate(made=Count("id"), done=Count("id", filter=Q(state=TouchpointState.DONE)))
    return {rule_id: (made, done) for rule_id, made, done in counted}


def _shown(rule: PlaybookRule, lately: Mapping[UUID, tuple[int, int]]) -> ShownRule:
    made, done = lately.get(rule.id, (0, 0))
    return ShownRule(
        id=rule.id,
        name=rule.name,
        words=words_of(rule),
        kind=rule.kind,
        is_on=rule.is_on,
        always=rule.kind in ALWAYS,
        blocked=rule.funded_by_vendor,
        made=made,
        done=done,
    )
