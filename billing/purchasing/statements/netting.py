"""Whether a practice's subscription is taken from its rebates: from what vendors paid, never from what is open."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.purchasing.models import NettingChoice
from core import audit
from core.errors import Conflict

# What a practice owes for its subscription, in minor units of a currency, by practice.
Due = Callable[[Iterable[UUID], str], dict[UUID, int]]
_due: list[Due] = []


def due_with(due: Due) -> None:
    """Called once by whoever keeps subscriptions: how to ask what they come to."""
    _due[:] = [due]


def subscriptions_due(members: Iterable[UUID], *, currency: str) -> dict[UUID, int]:
    """By practice; those that owe nothing may be missing."""
    return _due[0](members, currency) if _due else {}


def choose_netting(*, practice_id: UUID, nets: bool, by_name: str, now: datetime) -> NettingChoice:
    """Raises Conflict where that is how it stands already."""
    with transaction.atomic():
        if nets_now(practice_id) == nets:
            how = "is taken from your rebates" if nets else "is paid on its own"
            raise Conflict("netting_same", f"Your subscription {how} already.")
        choice = NettingChoice.objects.create(practice_id=practice_id, nets=nets, chosen_by=by_name, at=now)
        audit.record("netting.chosen", subject=choice, detail={"nets": nets})
    return choice


def nets_now(practice_id: UUID) -> bool:
    newest = NettingChoice.objects.filter(practice=practice_id).order_by("-at", "-id").first()
    return newest is not None and newest.nets


def who_nets() -> set[UUID]:
    """All practices that chose it. In the control plane."""
    newest = NettingChoice.objects.order_by("practice_id", "-at", "-id").distinct("practice_id")
    return {one.practice_id for one in newest if one.nets}
