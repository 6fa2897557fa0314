"""The plans: what each costs and what it has room for. One table; everything else reads it.

Whatever a plan lacks, reading, exporting and leaving stay as they are, and people sign in without limit.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.money import Money
from tenants.entitlements import Limits
from tenants.models import Capability


class PlanKey(StrEnum):
    MEMBER = "member"
    PRACTICE = "practice"
    GROUP = "group"


class Interval(StrEnum):
    MONTH = "month"
    YEAR = "year"


# How long a plan can be tried, once, without a card.
TRIAL_DAYS = 30
# What every paid plan has of texts a month, and by the year twelve times as many, before each one costs something.
TEXTS_INCLUDED, TEXT_PRICE = 1_000, Money(2)


@dataclass(frozen=True, slots=True)
class Plan:
    """prices: for each location and interval; none: free. least_locations: that are paid for at least.

    limits: of each capability; None for as many as one likes.
    """

    key: PlanKey
    name: str
    says: str
    limits: Limits
    prices: dict[Interval, Money]
    least_locations: int = 1

    @property
    def is_paid(self) -> bool:
        return bool(self.prices)


PLANS: dict[PlanKey, Plan] = {
    PlanKey.MEMBER: Plan(
        PlanKey.MEMBER,
        "Member",
        "Free: the network pays for it",
        {
            Capability.LOCATIONS: 3,
            Capability.TABLETS: 3,
            Capability.TEXTS: 200,
            Capability.PROGRAMS: 2,
            Capability.HOLDOUTS: 2,
        },
        {},
    ),
    PlanKey.PRACTICE: Plan(
        PlanKey.PRACTICE,
        "Practice",
        "For a practice that writes a lot",
        {
            Capability.LOCATIONS: None,
            Capability.TABLETS: None,
            Capability.TEXTS: None,
            Capability.PROGRAMS: 10,
            Capability.HOLDOUTS: None,
        },
        {Interval.MONTH: Money(149_00), Interval.YEAR: Money(1_490_00)},
    ),
    PlanKey.GROUP: Plan(
        PlanKey.GROUP,
        "Group",
        "For three locations and more",
        {
            Capability.LOCATIONS: None,
            Capability.TABLETS: None,
            Capability.TEXTS: None,
            Capability.PROGRAMS: None,
            Capability.HOLDOUTS: None,
        },
        {Interval.MONTH: Money(119_00), Interval.YEAR: Money(1_190_00)},
        least_locations=3,
    ),
}
MEMBER = PLANS[PlanKey.MEMBER]
PAID = tuple(plan for plan in PLANS.values() if plan.is_paid)


def plan_of(key: str) -> Plan:
    """What is free, for a key that is none: nobody gets more by an error of ours."""
    return next((plan for plan in PLANS.values() if plan.key == key), MEMBER)
