"""Staff opens a visit: on a tablet by its name, or by a code that the patient types on any of them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.violated import violated
from loyalty.kiosk.secrets import Use, digest, is_digest_of, new_visit_code
from loyalty.models import Feedback, FeedbackMode, Kiosk, KioskOpening, OpeningState, Visit, VisitStatus
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.locked import locked_visit

GOOD_FOR = timedelta(minutes=10)


def open_on(*, visit_id: UUID, kiosk_id: UUID, by_staff_id: UUID | None, now: datetime) -> KioskOpening:
    """The tablet takes it within seconds, once, within GOOD_FOR. What waited for the visit before is called off.

    Raises NotFound, Conflict where the tablet waits for somebody else or the visit was answered, DomainError.
    """
    with transaction.atomic():
        # The tablet before the visit, as a tablet does on which a code is typed.
        kiosk = Kiosk.objects.select_for_update(of=("self",)).filter(id=kiosk_id).first()
        visit = _askable(visit_id, now=now)
        if kiosk is None or not kiosk.is_enrolled:
            raise NotFound("kiosk_not_found", "This tablet is not enrolled.")
        _settle_expired(now=now)
        opening = KioskOpening(kiosk=kiosk, opened_by_id=by_staff_id, **_of(visit, now=now))
        try:
            with transaction.atomic():
                opening.save(force_insert=True)
        except IntegrityError as error:
            if violated(error) != "opening_one_a_tablet":
                raise
            raise Conflict(
                "kiosk_busy", f"{kiosk.name} waits for somebody else. Choose another tablet, or show a code."
            ) from None
        changed("opening.made", opening, patients=[visit.patient_id])
        return opening


def open_by_code(*, visit_id: UUID, by_staff_id: UUID | None, now: datetime) -> tuple[KioskOpening, str]:
    """The opening and its six digits, which are shown now and never again.

    Raises NotFound, Conflict where the visit was answered, DomainError.
    """
    with transaction.atomic():
        visit = _askable(visit_id, now=now)
        _settle_expired(now=now)
        code = _unused_code()
        opening = KioskOpening.objects.create(
            code_digest=digest(code, Use.VISIT), opened_by_id=by_staff_id, **_of(visit, now=now)
        )
        changed("opening.made", opening, patients=[visit.patient_id], detail={"by": "code"})
        return opening, code


def call_off(*, visit_id: UUID, now: datetime) -> None:
    """What waits for a tablet no longer does. Raises NotFound, Conflict where nothing waits."""
    with transaction.atomic():
        if not _cancel_waiting(locked_visit(visit_id), now=now):
            raise Conflict("nothing_waits", "Nothing waits for a tablet any more: it was taken, or its time was over.")


def _of(visit: Visit, *, now: datetime) -> dict[str, object]:
    return {"patient": visit.patient, "visit": visit, "opened_at": now, "until": now + GOOD_FOR}


def _askable(visit_id: UUID, *, now: datetime) -> Visit:
    visit = locked_visit(visit_id)
    if visit.status not in (VisitStatus.ARRIVED, VisitStatus.COMPLETED):
        raise DomainError("visit_not_made", "The tablet asks at checkout. Mark the patient as here first.")
    if visit.day != day_of(now, zone_of(visit.location.time_zone)):
        raise DomainError(
            "visit_on_another_day", "The tablet asks on the day of the visit. Later, take down what they say."
        )
    if Feedback.objects.filter(visit=visit, mode=FeedbackMode.KIOSK).exists():
        raise Conflict("feedback_recorded_already", "This visit was answered on a tablet already.")
    _cancel_waiting(visit, now=now)
    return visit


def _cancel_waiting(visit: Visit, *, now: datetime) -> bool:
    waiting = KioskOpening.objects.select_for_update().filter(visit=visit, state=OpeningState.WAITING).first()
    if waiting is None:
        return False
    waiting.state, waiting.code_digest, waiting.settled_at = OpeningState.CANCELLED, "", now
    waiting.save(update_fields=["state", "code_digest", "settled_at", "updated_at"])
    changed("opening.cancelled", waiting, patients=[visit.patient_id])
    return True


def _settle_expired(*, now: datetime) -> None:
    """Nobody came for them: they hold neither a tablet nor a code any longer."""
    KioskOpening.objects.filter(state=OpeningState.WAITING, until__lte=now).update(
        state=OpeningState.CANCELLED, code_digest="", settled_at=now
    )


def _unused_code() -> str:
    waiting = list(KioskOpening.objects.exclude(code_digest="").values_list("code_digest", flat=True))
    while True:
        code = new_visit_code()
        if not any(is_digest_of(kept, code, Use.VISIT) for kept in waiting):
            return code
