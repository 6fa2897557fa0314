"""Staff leaves the kiosk by a PIN. It opens nothing but the way to the sign-in."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core import audit
from core.changed import changed
from core.errors import Conflict, DomainError
from core.tenancy.scope import control_plane, current_practice
from loyalty.kiosk.enroll import locked_kiosk
from tenants.sessions.pin_of_staff import whose_pin

MOST_WRONG_PINS = 5
WAITS = timedelta(minutes=10)


def leave(*, kiosk_id: UUID, pin: str, now: datetime) -> None:
    """Raises DomainError for a PIN that is nobody's here, Conflict after the fifth, for WAITS."""
    left = _try(kiosk_id, pin, now=now)
    if left is None:
        return
    if left == 0:
        raise Conflict("kiosk_pins_wait", "That was the fifth wrong PIN. Try again in ten minutes.")
    more = "1 more try" if left == 1 else f"{left} more tries"
    raise DomainError("pin_wrong", f"This PIN is nobody’s here. {more}.", field="pin")


@transaction.atomic
def _try(kiosk_id: UUID, pin: str, *, now: datetime) -> int | None:
    """None where it is right, else how many tries are left. A wrong one is kept."""
    kiosk = locked_kiosk(kiosk_id)
    if kiosk.pins_wait_until is not None:
        if kiosk.pins_wait_until > now:
            raise Conflict("kiosk_pins_wait", "Too many wrong PINs. Try again in ten minutes.")
        kiosk.pins_wait_until, kiosk.wrong_pins = None, 0
    practice = current_practice()
    with control_plane():
        person_id = whose_pin(pin, practice=practice)
    left = None
    if person_id is None:
        kiosk.wrong_pins += 1
        left = max(0, MOST_WRONG_PINS - kiosk.wrong_pins)
        if left == 0:
            kiosk.pins_wait_until = now + WAITS
        audit.denied("kiosk.left", subject_kind="kiosk", subject_id=kiosk.id, detail={"tries_left": left})
    else:
        kiosk.wrong_pins = 0
        changed("kiosk.left", kiosk, detail={"person": person_id})
    kiosk.save(update_fields=["wrong_pins", "pins_wait_until", "updated_at"])
    return left
