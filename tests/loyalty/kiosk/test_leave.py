"""Staff leaves the kiosk by a PIN: five tries, then it waits."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError
from core.tenancy.scope import control_plane
from loyalty.kiosk.leave import MOST_WRONG_PINS, WAITS, leave
from tenants.actions.set_pin import set_pin


@pytest.fixture(autouse=True)
def _frank_has_a_pin(kiosk, person, aurora, now):
    with control_plane():
        set_pin(person=person("Frank"), pin="7391", practice=aurora, now=now)
        set_pin(person=person("Bella"), pin="8264", practice=None, now=now)


def test_a_pin_of_the_staff_leaves_and_the_trail_says_whose(kiosk, person, now):
    leave(kiosk_id=kiosk.id, pin="7391", now=now)
    with control_plane():
        frank = person("Frank").id
    assert Entry.objects.get(verb="kiosk.left").detail == {"person": str(frank)}


@pytest.mark.parametrize("pin", ["7392", "", "8264", "73910", "abcd", "７３９１"])
def test_another_pin_or_one_of_another_practice_does_not(kiosk, now, pin):
    with pytest.raises(DomainError, match="nobody’s here"):
        leave(kiosk_id=kiosk.id, pin=pin, now=now)


def test_after_five_wrong_ones_not_even_the_right_one_does_for_ten_minutes(kiosk, now):
    for _ in range(MOST_WRONG_PINS - 1):
        with pytest.raises(DomainError):
            leave(kiosk_id=kiosk.id, pin="0000", now=now)
    with pytest.raises(Conflict, match="fifth"):
        leave(kiosk_id=kiosk.id, pin="0000", now=now)
    with pytest.raises(Conflict, match="Too many"):
        leave(kiosk_id=kiosk.id, pin="7391", now=now + WAITS - timedelta(seconds=1))
    leave(kiosk_id=kiosk.id, pin="7391", now=now + WAITS)
    assert Entry.objects.filter(verb="kiosk.left", outcome="denied").count() == MOST_WRONG_PINS


def test_after_the_ten_minutes_there_are_five_tries_again(kiosk, now):
    for _ in range(MOST_WRONG_PINS):
        with pytest.raises((DomainError, Conflict)):
            leave(kiosk_id=kiosk.id, pin="0000", now=now)
    with pytest.raises(DomainError, match="4 more tries"):
        leave(kiosk_id=kiosk.id, pin="0000", now=now + WAITS)
