"""What the team wants to know about a person next time, and letting go of it again."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.models import BriefPart, Memory, Patient, Sensitivity
from loyalty.patients.given_text import given_text, is_visible

_TEXT, _SOURCE = 500, 120


def remember(
    *,
    patient_id: UUID,
    text: str,
    source: str,
    part: str = BriefPart.REMEMBER,
    consented: bool = False,
    sensitivity: str = Sensitivity.TEAM,
    expires_on: date | None = None,
    by_staff_id: UUID | None = None,
    now: datetime,
) -> Memory:
    """Keep a memory. `source` says who told us and how: "told Dr. Sato on June 15". Raises NotFound, DomainError."""
    if part not in BriefPart.values:
        raise DomainError("part_unknown", "Choose where it belongs: remember, say or take care.", field="part")
    if sensitivity not in Sensitivity.values:
        raise DomainError(
            "sensitivity_unknown", "Choose who may see it: the whole team, or providers.", field="sensitivity"
        )
    words = given_text(text, what="The memory", field="text", limit=_TEXT)
    if not is_visible(words):
        raise DomainError("memory_empty", "Write what is to be remembered.", field="text")
    told = given_text(source, what="The source", field="source", limit=_SOURCE)
    if not is_visible(told):
        raise DomainError("source_missing", "Say who told us, as in “told the front desk”.", field="source")
    # A day behind: where the practice is, it may still be yesterday.
    if expires_on is not None and expires_on < now.date() - timedelta(days=1):
        raise DomainError("expired_already", "Choose a day ahead until which to keep it.", field="expires_on")
    with transaction.atomic():
        patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
        if patient is None:
            raise NotFound("patient_not_found", "This patient is not on file.")
        if patient.merged_into_id is not None:
            raise Conflict("patient_merged", "This record was merged into another one. Open that one and add it there.")
        memory = Memory.objects.create(
            patient=patient,
            text=words,
            source=told,
            part=part,
            consented=consented,
            sensitivity=sensitivity,
            expires_on=expires_on,
            by_staff_id=by_staff_id,
        )
        changed("memory.kept", memory, patients=[patient.id])
        return memory


def forget(*, memory_id: UUID, clinical: bool, now: datetime) -> Memory:
    """Erase the words for good. `clinical`: whether the asker may see what providers keep to themselves.

    Raises NotFound (also for what the asker may not see), Conflict when it was forgotten already.
    """
    with transaction.atomic():
        memory = Memory.objects.select_for_update().filter(id=memory_id).first()
        if memory is None or (memory.sensitivity == Sensitivity.CLINICAL and not clinical):
            raise NotFound("memory_not_found", "This memory is not on file.")
        if memory.forgotten_at is not None:
            raise Conflict("memory_forgotten", "This was forgotten already.")
        # Who told us can say as much as what was told.
        memory.text = memory.source = ""
        memory.forgotten_at = now
        memory.save(update_fields=["text", "source", "forgotten_at", "updated_at"])
        changed("memory.forgotten", memory, patients=[memory.patient_id])
        return memory
