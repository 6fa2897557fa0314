"""A tablet takes what was opened: by its own name, or by the code that is typed on it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core import audit
from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.kiosk.enroll import locked_kiosk
from loyalty.kiosk.questions import Questions, questions_of
from loyalty.kiosk.secrets import Use, is_digest_of
from loyalty.models import FeedbackMode, FeedbackRequest, Kiosk, KioskOpening, OpeningState, Visit
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.locked import locked_visit

MOST_WRONG_CODES = 5
WAITS = timedelta(minutes=10)
# As long a tablet may ask again for what it took, because the line broke before it heard the answer.
_HEARD_WITHIN = timedelta(minutes=2)


def waiting_for(kiosk_id: UUID, *, now: datetime) -> UUID | None:
    """The opening that waits for this tablet. One query, and nothing of anybody."""
    return (
        KioskOpening.objects.filter(kiosk_id=kiosk_id, state=OpeningState.WAITING, until__gt=now)
        .values_list("id", flat=True)
        .first()
    )


def take(*, kiosk_id: UUID, opening_id: UUID, now: datetime) -> Questions:
    """From now on the patient counts as asked. Raises NotFound for what does not wait for this tablet (any more)."""
    visit_id = KioskOpening.objects.filter(id=opening_id, kiosk_id=kiosk_id).values_list("visit_id", flat=True).first()
    if visit_id is None:
        raise _nothing_waits()
    with transaction.atomic():
        return _taken(opening_id, kiosk_id=kiosk_id, visit=locked_visit(visit_id), now=now)


def take_by_code(*, kiosk_id: UUID, code: str, now: datetime) -> Questions:
    """Raises DomainError for a code that is wrong, used or too old: one answer for all; Conflict while it waits."""
    found = _try(kiosk_id, code, now=now)
    if isinstance(found, Questions):
        return found
    if found == 0:
        raise Conflict("kiosk_waits", "That was the fifth wrong code. This tablet takes another one in ten minutes.")
    more = "1 more try" if found == 1 else f"{found} more tries"
    raise DomainError("code_wrong", f"This code does not work. Ask the front desk for a new one. {more}.", field="code")


@transaction.atomic
def _try(kiosk_id: UUID, code: str, *, now: datetime) -> Questions | int:
    """The questions, or how many tries are left. Tries at once wait for each other; a wrong one is kept."""
    kiosk = locked_kiosk(kiosk_id)
    if kiosk.codes_wait_until is not None:
        if kiosk.codes_wait_until > now:
            raise Conflict("kiosk_waits", "Too many wrong codes. Wait ten minutes, or let staff open it here.")
        kiosk.codes_wait_until, kiosk.wrong_codes = None, 0
    opening = _with_code(code, now=now)
    if opening is None:
        return _count_wrong(kiosk, now=now)
    kiosk.wrong_codes = 0
    kiosk.save(update_fields=["wrong_codes", "codes_wait_until", "updated_at"])
    return _taken(opening.id, kiosk_id=kiosk_id, visit=locked_visit(opening.visit_id), now=now, by_code=True)


def _with_code(code: str, *, now: datetime) -> KioskOpening | None:
    """All that wait are compared, each in constant time."""
    waiting = KioskOpening.objects.filter(state=OpeningState.WAITING, until__gt=now).exclude(code_digest="")
    found = [opening for opening in waiting if is_digest_of(opening.code_digest, code, Use.VISIT)]
    return found[0] if found else None


def _count_wrong(kiosk: Kiosk, *, now: datetime) -> int:
    kiosk.wrong_codes += 1
    left = max(0, MOST_WRONG_CODES - kiosk.wrong_codes)
    if left == 0:
        kiosk.codes_wait_until = now + WAITS
    kiosk.save(update_fields=["wrong_codes", "codes_wait_until", "updated_at"])
    audit.denied("opening.taken", subject_kind="kiosk", subject_id=kiosk.id, detail={"tries_left": left})
    return left


def _taken(opening_id: UUID, *, kiosk_id: UUID, visit: Visit, now: datetime, by_code: bool = False) -> Questions:
    opening = KioskOpening.objects.select_for_update(of=("self",)).get(id=opening_id)
    opening.patient = visit.patient
    waits = opening.state == OpeningState.WAITING and opening.until > now
    if not waits and not _was_not_heard(opening, kiosk_id=kiosk_id, now=now):
        raise _nothing_waits()
    if not waits:
        return questions_of(opening)
    opening.state, opening.kiosk_id, opening.taken_at, opening.code_digest = OpeningState.TAKEN, kiosk_id, now, ""
    opening.save(update_fields=["state", "kiosk", "taken_at", "code_digest", "updated_at"])
    changed("opening.taken", opening, patients=[visit.patient_id], detail={"by": "code" if by_code else "name"})
    FeedbackRequest.objects.get_or_create(
        visit=visit,
        mode=FeedbackMode.KIOSK,
        defaults={
            "patient": visit.patient,
            "asked_at": now,
            "day": day_of(now, zone_of(visit.location.time_zone)),
            "is_history": visit.is_history,
        },
    )
    return questions_of(opening)


def _was_not_heard(opening: KioskOpening, *, kiosk_id: UUID, now: datetime) -> bool:
    """Of two tablets on which one code is typed at once, the second learns nothing of whom the first one asks."""
    if opening.kiosk_id != kiosk_id or opening.state != OpeningState.TAKEN or opening.taken_at is None:
        return False
    return now - opening.taken_at <= _HEARD_WITHIN


def _nothing_waits() -> NotFound:
    return NotFound("opening_gone", "This is no longer open. Ask the front desk to open it again.")
