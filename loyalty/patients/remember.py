"""What the team wants to know about a person next time, and letting go of it again."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from loyalty.models import BriefPart, Memory, Sensitivity
from loyalty.patients.locked import locked_patient

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
    words, told = _checked(text, source, part=part, sensitivity=sensitivity)
    _check_ahead(expires_on, now=now)
    with transaction.atomic():
        patient = locked_patient(patient_id)
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


def change_memory(
    *,
    memory_id: UUID,
    text: str,
    source: str,
    part: str,
    consented: bool,
    sensitivity: str | None = None,
    expires_on: date | None = None,
    was: str,
    clinical: bool,
    now: datetime,
) -> Memory:
    """Keep it as it is now known. was: `memory_as_text` as the asker saw it. sensitivity: None where it stays.

    Raises NotFound (also for what the asker may not see), Conflict where somebody changed or forgot it, DomainError.
    """
    words, told = _checked(text, source, part=part, sensitivity=sensitivity or Sensitivity.TEAM)
    with transaction.atomic():
        memory = _locked(memory_id, clinical=clinical)
        if memory_as_text(memory) != was:
            raise Conflict(
                "memory_changed",
                f"Somebody changed this meanwhile. It says now: “{memory.text}”. Save again to keep yours.",
            )
        if expires_on != memory.expires_on:
            _check_ahead(expires_on, now=now)
        memory.text, memory.source, memory.part, memory.consented = words, told, part, consented
        memory.expires_on = expires_on
        if sensitivity is not None and clinical:
            memory.sensitivity = sensitivity
        memory.save()
        changed("memory.changed", memory, patients=[memory.patient_id])
        return memory


def memory_as_text(memory: Memory) -> str:
    """All of it in one line, for comparing what an editor saw with what is."""
    parts = (memory.text, memory.source, memory.part, memory.consented, memory.sensitivity, memory.expires_on)
    return " | ".join(map(str, parts))


def find_memory(*, patient_id: UUID, memory_id: UUID, clinical: bool) -> Memory:
    """One that is remembered. Raises NotFound, also for what the asker may not see."""
    memory = Memory.objects.filter(id=memory_id, patient_id=patient_id, forgotten_at__isnull=True).first()
    if memory is None or (memory.sensitivity == Sensitivity.CLINICAL and not clinical):
        raise NotFound("memory_not_found", "This memory is not on file.")
    return memory


def forget(*, memory_id: UUID, clinical: bool, now: datetime) -> Memory:
    """Erase the words for good. `clinical`: whether the asker may see what providers keep to themselves.

    Raises NotFound (also for what the asker may not see), Conflict when it was forgotten already.
    """
    with transaction.atomic():
        memory = _locked(memory_id, clinical=clinical)
        # Who told us can say as much as what was told.
        memory.text = memory.source = ""
        memory.forgotten_at = now
        memory.save(update_fields=["text", "source", "forgotten_at", "updated_at"])
        changed("memory.forgotten", memory, patients=[memory.patient_id])
        return memory


def _locked(memory_id: UUID, *, clinical: bool) -> Memory:
    memory = Memory.objects.select_for_update().filter(id=memory_id).first()
    if memory is None or (memory.sensitivity == Sensitivity.CLINICAL and not clinical):
        raise NotFound("memory_not_found", "This memory is not on file.")
    if memory.forgotten_at is not None:
        raise Conflict("memory_forgotten", "This was forgotten already.")
    return memory


def _checked(text: str, source: str, *, part: str, sensitivity: str) -> tuple[str, str]:
    """Text and source as they are kept."""
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
    return words, told


def _check_ahead(expires_on: date | None, *, now: datetime) -> None:
    # A day behind: where the practice is, it may still be yesterday.
    if expires_on is not None and expires_on < now.date() - timedelta(days=1):
        raise DomainError("expired_already", "Choose a day ahead until which to keep it.", field="expires_on")
