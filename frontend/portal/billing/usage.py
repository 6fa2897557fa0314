"""What a practice has used of its plan, as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from billing.plans import TEXT_PRICE, TEXTS_INCLUDED, Plan
from tenants.entitlements import Limits
from tenants.models import Capability


@dataclass(frozen=True, slots=True)
class Used:
    """most: None for as many as one likes. of: the most that the bar shows; None for no bar. after: what comes then."""

    name: str
    used: int
    most: int | None
    of: int | None
    after: str = ""

    @property
    def shown(self) -> int:
        """Of a bar no more than the whole."""
        return min(self.used, self.of or 0)


def usage(plan: Plan, limits: Limits, used: Mapping[Capability, int], *, by_year: bool = False) -> list[Used]:
    """In the order of the table of plans. by_year: whether the plan is paid by the year."""
    return [_line(plan, one, limits[one], used[one], by_year=by_year) for one in Capability]


def _line(plan: Plan, one: Capability, most: int | None, used: int, *, by_year: bool) -> Used:
    name = "Texts this month" if one is Capability.TEXTS else one.label
    if most is not None:
        return Used(name, used, most, most, "" if used < most else "That is all of it. What you have stays.")
    if one is Capability.TEXTS and plan.is_paid and by_year:
        included = f"{12 * TEXTS_INCLUDED:,} are included in the year, then {TEXT_PRICE} each"
        return Used(name, used, None, None, included)
    if one is Capability.TEXTS and plan.is_paid:
        return Used(name, used, TEXTS_INCLUDED, TEXTS_INCLUDED, f"Then {TEXT_PRICE} each, never blocked")
    return Used(name, used, None, None)
