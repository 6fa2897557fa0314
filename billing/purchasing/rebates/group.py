"""What all members bought together: it decides the tier, and is told to nobody whose peers it would give away."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from billing.purchasing.models import GroupTotal
from billing.purchasing.programs.in_force import Rules
from billing.purchasing.programs.periods import month_ends
from billing.purchasing.rebates.gather import Counting, Gathered, bought
from core.totals import may_be_told


def keep_total(
    rules: Rules, gathered: Gathered, which: Counting, *, first: date, last: date, now: datetime
) -> GroupTotal:
    """Write down the total of now, and once a month the total that members may know.

    first, last: the days of the period on contract. A total is told of whole months, and only if it passes the rule of
    totals and what was added since the last one that was told passes it too: the difference is a total of its own.
    """
    total, _ = GroupTotal.objects.get_or_create(
        program=rules.version.program,
        first=rules.period.first,
        defaults={"total_minor": 0, "computed_at": now},
    )
    # The database holds that tiers of the group are counted in money.
    total.total_minor, total.computed_at = sum(one.minor for one in gathered.bases.values()), now
    ended = [day for day in month_ends(rules.period) if day < now.date()]
    if ended and (total.told_to is None or total.told_to < ended[-1]):
        parts = {member: one.minor for member, one in bought(which, first, min(last, ended[-1])).items()}
        if may_be_told(_some(parts)) and may_be_told(_some(_since(parts, total.told_parts))):
            total.told_minor, total.told_to = sum(parts.values()), ended[-1]
            total.told_parts = {str(member): part for member, part in parts.items()}
    total.save()
    return total


def to_next(rules: Rules, total: GroupTotal) -> int | None:
    """What all are missing to the next tier, as of the month that may be told; None where it may not, or at the top."""
    if total.told_minor is None:
        return None
    place = rules.schedule.next_tier(total.total_minor)
    if place is None:
        return None
    return max(0, (rules.schedule.tiers[place].at - total.told_minor).__ceil__()) or None


def _since(parts: Mapping[UUID, int], told: Mapping[str, int]) -> dict[UUID, int]:
    members = {*parts, *map(UUID, told)}
    return {member: parts.get(member, 0) - told.get(str(member), 0) for member in members}


def _some(parts: Mapping[UUID, int]) -> list[int]:
    """Of those who have any: whoever bought nothing is no cover for the others."""
    return [part for part in parts.values() if part]
