"""What a practice may have, by its plan: asked here by whoever gives it; billing alone writes it.

A practice without rows has what every member has for free, as billing says it (`base_with`). Nothing is ever taken
away by a limit: it is asked only before one more is made, and neither reading, exporting nor leaving asks at all.
"""

from collections.abc import Mapping
from uuid import UUID

from core.errors import Conflict
from tenants.models import Capability, Entitlement

Limits = Mapping[Capability, int | None]

_base: dict[Capability, int | None] = {}

# One of it and several, for the sentence that says what to do.
_WORDS = {
    Capability.LOCATIONS: ("location", "locations"),
    Capability.TABLETS: ("checkout tablet", "checkout tablets"),
    Capability.TEXTS: ("text a month", "texts a month"),
    Capability.PROGRAMS: ("connected program", "connected programs"),
    Capability.HOLDOUTS: ("hold-out at once", "hold-outs at once"),
}
# How room is made without another plan.
_OR = {
    Capability.LOCATIONS: "close one that you no longer use",
    Capability.TABLETS: "revoke one that you no longer use",
    Capability.TEXTS: "call or email until the month ends",
    Capability.PROGRAMS: "end the access of one that you no longer use",
    Capability.HOLDOUTS: "wait until one ends",
}


def base_with(limits: Limits) -> None:
    """Called by billing when Django starts: what members have for free. Raises ValueError where one is missing."""
    if missing := set(Capability) - limits.keys():
        raise ValueError(f"no limit is given for {sorted(missing)}")
    _base.update(limits)


def limit(practice_id: UUID, capability: Capability) -> int | None:
    """How many at most; None for as many as it likes. One query, inside the practice or as control plane."""
    found = list(
        Entitlement.objects.filter(practice_id=practice_id, capability=capability).values_list("most", flat=True)
    )
    # Nothing, where nobody said what is free.
    return found[0] if found else _base.get(capability, 0)


def limits_of(practice_id: UUID) -> dict[Capability, int | None]:
    """All of them, in one query."""
    found = dict(Entitlement.objects.filter(practice_id=practice_id).values_list("capability", "most"))
    return {one: found.get(one.value, _base.get(one, 0)) for one in Capability}


def allows(practice_id: UUID, capability: Capability, *, used: int = 0) -> bool:
    """Whether there is room for one more, where `used` are there."""
    most = limit(practice_id, capability)
    return most is None or used < most


def check_room(practice_id: UUID, capability: Capability, *, used: int, field: str | None = None) -> None:
    """Raises Conflict plan_limit where there is no room for one more: it says what to do."""
    most = limit(practice_id, capability)
    if most is not None and used >= most:
        raise Conflict("plan_limit", full(capability, most), field=field)


def full(capability: Capability, most: int) -> str:
    """What is said to whoever reached a limit."""
    one, several = _WORDS[capability]
    return (
        f"Your plan has room for {most} {one if most == 1 else several}. Choose a larger plan under Settings, Plan and"
        f" billing, or {_OR[capability]}. What you have stays as it is."
    )
