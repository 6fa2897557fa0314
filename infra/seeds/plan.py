"""What makes a demo network: the same plan, the same rows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from infra.seeds.members import MEMBERS, Member

_BEFORE_THE_STORY = 40
# The later groups joined at the start of a quarter, about so many months ago.
_JOINED_MONTHS_AGO = {1: 21, 2: 11}


@dataclass(frozen=True, slots=True)
class Plan:
    """now: the moment up to which the story is told. days: how long it is."""

    seed: int
    now: datetime
    practices: int
    days: int

    @property
    def members(self) -> tuple[Member, ...]:
        return MEMBERS[: self.practices]

    def joined_on(self, member: Member) -> date:
        """Before the story begins, or, for the later groups, at the start of a quarter within it."""
        begins = self.now.date() - timedelta(days=self.days)
        if not member.late:
            return begins - timedelta(days=_BEFORE_THE_STORY)
        months = self.now.year * 12 + self.now.month - 1 - _JOINED_MONTHS_AGO[member.late]
        year, month = divmod(months // 3 * 3, 12)
        return max(begins, date(year, month + 1, 1))
