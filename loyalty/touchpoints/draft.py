"""Words for a card, kept until they are copied by hand: checked, so that no offer and no treatment gets on paper."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.changed import changed
from core.errors import DomainError
from core.given_text import given_text
from loyalty.models import NoteDraft, Service, Touchpoint, TouchpointKind
from loyalty.touchpoints import settle
from loyalty.touchpoints.words import refusal

LONGEST = 600


def check_words(text: str) -> str:
    """Why `text` may not stand on a card of this practice, "" if it may. Nothing is kept."""
    audit.record("note.checked")
    return refusal(text, service_names=_service_names())


def keep_words(*, touchpoint_id: UUID, text: str, by_staff_id: UUID | None, now: datetime) -> NoteDraft | None:
    """Keep `text` for the card, or nothing where it is empty. Raises NotFound, Conflict, DomainError with the words."""
    with transaction.atomic():
        note = settle.locked(touchpoint_id, kinds=(TouchpointKind.NOTE,))
        settle.check_open(note, now=now)
        return put_words(note, text=text, by_staff_id=by_staff_id)


def put_words(note: Touchpoint, *, text: str, by_staff_id: UUID | None) -> NoteDraft | None:
    """The same, for a note that the caller has locked and found open."""
    words = given_text(text, what="The words for the card", field="words", limit=LONGEST, lines=True)
    check_kept_words(words)
    before = NoteDraft.objects.filter(touchpoint=note).first()
    if words == (before.text if before else ""):
        return before
    if not words:
        NoteDraft.objects.filter(touchpoint=note).delete()
        changed("note.draft_cleared", note, patients=[note.patient_id])
        return None
    draft = before or NoteDraft(touchpoint=note, patient_id=note.patient_id)
    draft.text, draft.by_staff_id = words, by_staff_id
    draft.save()
    changed("note.drafted", note, patients=[note.patient_id])
    return draft


def check_kept_words(text: str) -> None:
    """Raises DomainError where `text` may not stand on a card: the catalogue may know more words than yesterday."""
    if why := refusal(text, service_names=_service_names()):
        raise DomainError("note_words_refused", why, field="words")


def words_of(note: Touchpoint) -> str:
    return NoteDraft.objects.filter(touchpoint=note).values_list("text", flat=True).first() or ""


def _service_names() -> list[str]:
    return list(Service.objects.values_list("name", flat=True))
