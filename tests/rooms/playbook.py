"""The playbook."""

from datetime import datetime

from loyalty.models import PlaybookRule
from loyalty.touchpoints.rules import switch_rule
from tests.permissions.roles import LEADERS
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room

RULE = {
    "name": "Call after a visit",
    "trigger": "visit_completed",
    "kind": "check_in",
    "channel": "call",
    "role": "front_desk",
    "number": "3",
    "delay_unit": "working_days",
    "side": "after",
    "audience": "everyone",
}


def records(_ids: Ids, _now: datetime) -> Ids:
    return {"rule_id": PlaybookRule.objects.get(kind="note").id}


ROOM = Room(
    practice={
        "playbook": LEADERS,
        "playbook-default": LEADERS,
        "rule": LEADERS,
        "rule-new": LEADERS,
        "rule-on": LEADERS,
        "rule-off": LEADERS,
        "rule-removal": LEADERS,
    },
    records=records,
    bodies={
        "playbook-default": Body(),
        "rule": Body({**RULE, "version": "1"}),
        "rule-new": Body(RULE),
        "rule-on": Body(before=lambda ids, _now: switch_rule(rule_id=ids["rule_id"], is_on=False)),
        "rule-off": Body(),
        "rule-removal": Body(),
    },
)
