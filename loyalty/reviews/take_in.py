"""A file of reviews is taken in: all new ones or none, and taken out again whole."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.models import Review, ReviewImport, ReviewSite
from loyalty.reviews.read_file import Read, read_file


def preview(*, text: str, today: date) -> Read:
    """What the file would bring. Raises DomainError for a file that cannot be read."""
    return read_file(text, sites=list(ReviewSite.objects.all()), today=today)


def take_in(*, text: str, today: date, by_person_id: UUID | None, now: datetime) -> ReviewImport:
    """Keep all that is new; rows that are wrong or on file already are left out, as the preview said.

    Raises DomainError for a file that cannot be read or that brings nothing.
    """
    with transaction.atomic():
        # Locked, so that the same file sent twice at once is taken in once.
        sites = list(ReviewSite.objects.select_for_update().order_by("id"))
        new = [row.review for row in read_file(text, sites=sites, today=today).new if row.review is not None]
        if not new:
            raise DomainError("reviews_nothing_new", "There is nothing new in this file. Nothing was changed.")
        made = ReviewImport.objects.create(made_at=now, by_person_id=by_person_id, brought=len(new))
        for review in new:
            review.brought_by = made
        Review.objects.bulk_create(new)
        changed("reviews.taken_in", made, detail={"brought": len(new)})
    return made


def undo(*, import_id: UUID, now: datetime) -> ReviewImport:
    """Take out what a file brought. Raises NotFound, Conflict where it was undone, or somebody worked on one since."""
    with transaction.atomic():
        made = ReviewImport.objects.select_for_update().filter(id=import_id).first()
        if made is None:
            raise NotFound("reviews_import_not_found", "This file was never taken in.")
        if made.undone_at is not None:
            raise Conflict("reviews_import_undone", "These reviews were taken out already.")
        brought = Review.objects.select_for_update().filter(brought_by=made)
        worked_on = sum(bool(one.reply or one.patient_id) for one in brought)
        if worked_on:
            raise Conflict(
                "reviews_worked_on",
                f"{worked_on} of these reviews were answered or matched since. Take that back first.",
            )
        brought.delete()
        made.undone_at = now
        made.save(update_fields=["undone_at", "updated_at"])
        changed("reviews.taken_out", made, detail={"brought": made.brought})
    return made


def last_import() -> ReviewImport | None:
    """The newest file that was not undone."""
    return ReviewImport.objects.filter(undone_at__isnull=True).order_by("-made_at", "-id").first()
