"""A review is matched with a patient by a person, never by itself: a name on a site proves nothing."""

from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, NotFound
from loyalty.models import Patient, Review
from loyalty.reviews.reply import locked


def match(*, review_id: UUID, patient_id: UUID, by_person_id: UUID | None) -> Review:
    """Raises NotFound, Conflict where somebody matched it with another patient meanwhile."""
    with transaction.atomic():
        patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
        if patient is None:
            raise NotFound("patient_not_found", "This patient is not on file.")
        review = locked(review_id)
        found = patient.merged_into or patient
        if review.patient_id not in (None, found.id):
            raise Conflict("review_matched", "This review is matched already. Take the match off first.")
        review.patient, review.matched_by_person_id = found, by_person_id
        review.save(update_fields=["patient", "matched_by_person_id", "updated_at"])
        changed("review.matched", review, patients=[found.id])
    return review


def unmatch(*, review_id: UUID) -> Review:
    """Raises NotFound, Conflict where it is matched with nobody."""
    with transaction.atomic():
        review = locked(review_id)
        if review.patient_id is None:
            raise Conflict("review_not_matched", "This review is matched with nobody.")
        was = review.patient_id
        review.patient, review.matched_by_person_id = None, None
        review.save(update_fields=["patient", "matched_by_person_id", "updated_at"])
        changed("review.unmatched", review, patients=[was])
    return review
