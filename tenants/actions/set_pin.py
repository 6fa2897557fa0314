"""A PIN that unlocks a desk: four to eight digits, that nobody guesses first."""

import re
from datetime import datetime
from itertools import pairwise

from django.contrib.auth.hashers import make_password
from django.db import transaction

from core.errors import DomainError
from core.tenancy.scope import PracticeRef
from tenants.models import Person
from tenants.sign_in_trail import record_at

SHAPE = re.compile(r"[0-9]{4,8}\Z")


@transaction.atomic
def set_pin(*, person: Person, pin: str, practice: PracticeRef | None, now: datetime) -> None:
    """Raises DomainError "pin_shape" or "pin_easy"."""
    if not SHAPE.match(pin):
        raise DomainError("pin_shape", "A PIN has four to eight digits.", field="pin")
    if _is_easy(pin):
        raise DomainError("pin_easy", "Others would try this one first. Choose digits that are less even.", field="pin")
    Person.objects.filter(pk=person.pk).update(pin=make_password(pin), updated_at=now)
    record_at(practice, "pin.changed")


@transaction.atomic
def remove_pin(*, person: Person, practice: PracticeRef | None, now: datetime) -> None:
    """From now on a locked desk opens by signing in."""
    if Person.objects.filter(pk=person.pk).exclude(pin="").update(pin="", updated_at=now):
        record_at(practice, "pin.removed")


def _is_easy(pin: str) -> bool:
    """One digit over and over, or digits that count up or down by one."""
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    return len(steps) == 1 and steps <= {-1, 0, 1}
