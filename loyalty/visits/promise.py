"""The promise ledger: what was told before a visit, and whether it happened, in the patient's own judgment."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from loyalty.models import Promise, VisitStatus
from loyalty.visits.locked import locked_visit

_LONGEST = 300


def promise(*, visit_id: UUID, text: str, by_staff_id: UUID | None, now: datetime) -> Promise:
    """Write down what was promised. Raises NotFound, DomainError without words or once the visit is over."""
    words = given_text(text, what="The promise", field="text", limit=_LONGEST)
    if not is_visible(words):
        raise DomainError("promise_empty", "Write what was promised.", field="text")
    with transaction.atomic():
        visit = locked_visit(visit_id)
        if not visit.is_open:
            raise DomainError("visit_settled", "This visit is over or was called off. Promise it for the next one.")
        made = Promise.objects.create(visit=visit, text=words, made_at=now, made_by_id=by_staff_id)
        changed("promise.made", made, patients=[visit.patient_id])
        return made


def answer(*, promise_id: UUID, kept: str, now: datetime) -> Promise:
    """What the patient says after the visit: "yes", "partly" or "no".

    Raises NotFound, Conflict where they said it already, DomainError before the visit took place.
    """
    if kept not in Promise.Kept.values:
        raise DomainError("kept_unknown", "Choose yes, partly or no.", field="kept")
    with transaction.atomic():
        made = Promise.objects.select_for_update(of=("self",)).select_related("visit").filter(id=promise_id).first()
        if made is None:
            raise NotFound("promise_not_found", "This promise is not on file.")
        if made.answered_at is not None:
            raise Conflict("promise_answered", f"The patient answered this already: {made.get_kept_display().lower()}.")
        if made.visit.status != VisitStatus.COMPLETED:
            raise DomainError("visit_not_over", "Ask after the visit: complete it first.")
        made.kept = kept
        made.answered_at = now
        made.save(update_fields=["kept", "answered_at", "updated_at"])
        changed("promise.answered", made, patients=[made.visit.patient_id])
        return made
