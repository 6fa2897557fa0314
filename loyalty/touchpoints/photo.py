"""The photo of a written card: one a note, kept in the practice's schema, shown to the team, deleted at will."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.changed import changed
from core.errors import Conflict, NotFound
from loyalty.models import NotePhoto, Touchpoint, TouchpointKind, TouchpointState
from loyalty.touchpoints import settle
from loyalty.touchpoints.picture import picture_from

_KINDS = (TouchpointKind.NOTE,)


@dataclass(frozen=True, slots=True)
class NoteWithPhoto:
    """is_written: before that there is no card to take a picture of. photo: None where none was taken."""

    id: UUID
    patient_id: UUID
    name: str
    is_written: bool
    done_at: datetime | None
    by: str
    photo: NotePhoto | None


def note_with_photo(*, touchpoint_id: UUID) -> NoteWithPhoto:
    """For the page of the photo; the image itself is read apart. Raises NotFound."""
    note = Touchpoint.objects.filter(id=touchpoint_id, kind__in=_KINDS).select_related("patient", "done_by").first()
    if note is None:
        raise NotFound("touchpoint_not_found", "This is not on file.")
    audit.record("note.read", patients=[note.patient_id], detail={"note": note.id})
    return NoteWithPhoto(
        id=note.id,
        patient_id=note.patient_id,
        name=note.patient.display_name,
        is_written=note.state == TouchpointState.DONE,
        done_at=note.done_at,
        by=note.done_by.display_name if note.done_by else "",
        photo=NotePhoto.objects.defer("image").filter(touchpoint=note).first(),
    )


def keep_photo(*, touchpoint_id: UUID, sent: bytes, by_staff_id: UUID | None) -> NotePhoto:
    """Keep a picture of the written card, in place of another. Raises NotFound, Conflict, DomainError for the file."""
    picture = picture_from(sent)
    with transaction.atomic():
        note = settle.locked(touchpoint_id, kinds=_KINDS)
        if note.state != TouchpointState.DONE:
            raise Conflict("note_not_written", "Mark the note as written first, then take its picture.")
        photo = NotePhoto.objects.filter(touchpoint=note).first() or NotePhoto(touchpoint=note)
        photo.patient_id, photo.by_staff_id = note.patient_id, by_staff_id
        photo.image, photo.width, photo.height = picture.jpeg, picture.width, picture.height
        photo.save()
        changed("note_photo.kept", photo, patients=[note.patient_id])
        return photo


def image_of(*, touchpoint_id: UUID) -> bytes:
    """The JPEG. Raises NotFound."""
    photo = NotePhoto.objects.filter(touchpoint_id=touchpoint_id).first()
    if photo is None:
        raise NotFound("photo_not_found", "There is no photo of this card.")
    audit.record("note_photo.read", subject=photo, patients=[photo.patient_id])
    return bytes(photo.image)


def delete_photo(*, touchpoint_id: UUID) -> None:
    """Gone for good. Raises NotFound."""
    with transaction.atomic():
        photo = NotePhoto.objects.select_for_update().defer("image").filter(touchpoint_id=touchpoint_id).first()
        if photo is None:
            raise NotFound("photo_not_found", "There is no photo of this card.")
        changed("note_photo.deleted", photo, patients=[photo.patient_id])
        photo.delete()
