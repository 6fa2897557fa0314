"""How plans are compared, and the number that a form carries so that a second press is the same wish."""

from uuid import UUID, uuid4

from billing.plans import PLANS, TEXT_PRICE, TEXTS_INCLUDED
from tenants.models import Capability


def compared() -> list[tuple[str, list[str]]]:
    """A row for each capability: its name, and what each plan has of it."""
    return [(one.label, [_cell(one, plan.limits[one], plan.is_paid) for plan in PLANS.values()]) for one in Capability]


def _cell(one: Capability, most: int | None, is_paid: bool) -> str:
    if most is not None:
        return f"{most:,}"
    if one is Capability.TEXTS and is_paid:
        return f"{TEXTS_INCLUDED:,}, then {TEXT_PRICE} each"
    return "No limit"


def new_once() -> UUID:
    return uuid4()
