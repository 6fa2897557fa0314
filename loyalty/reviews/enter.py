"""A public review is written down here: by hand, one at a time."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from core.violated import violated
from loyalty.models import Review, ReviewSite

LONGEST = 5000
_AUTHOR, _EXTERNAL = 120, 200
# Before that there were no such sites.
OLDEST = date(1995, 1, 1)


def checked_review(
    *, site: ReviewSite, author: str, rating: int | None, text: str, posted_on: date, external_id: str, today: date
) -> Review:
    """A review that is not kept yet. Raises DomainError with the field that cannot be kept as it is."""
    review = Review(
        site=site,
        author=given_text(author, what="The author", field="author", limit=_AUTHOR),
        rating=rating,
        text=given_text(text, what="The review", field="text", limit=LONGEST, lines=True),
        posted_on=posted_on,
        external_id=given_text(external_id, what="The site’s number", field="external_id", limit=_EXTERNAL),
    )
    if rating is not None and not 1 <= rating <= 5:
        raise DomainError("review_rating", "Stars go from 1 to 5.", field="rating")
    if rating is None and not is_visible(review.text):
        raise DomainError("review_says_nothing", "Give the stars, or what was written.", field="text")
    if posted_on > today:
        raise DomainError(
            "review_ahead", "This day is still ahead. Give the day on which it was written.", field="posted_on"
        )
    if posted_on < OLDEST:
        raise DomainError("review_too_old", "Look at the year again.", field="posted_on")
    return review


def same_review(review: Review) -> Review | None:
    """The one on file that this is: by the site's number, else by author, day and words. None for a new one."""
    there = Review.objects.filter(site=review.site)
    if review.external_id and (known := there.filter(external_id=review.external_id).first()):
        return known
    alike = there.filter(author__iexact=review.author, posted_on=review.posted_on, text=review.text)
    if review.external_id:
        # Another number on the same site is another review.
        alike = alike.filter(external_id="")
    return alike.first()


def enter_review(
    *,
    site_id: UUID,
    author: str,
    rating: int | None,
    text: str,
    posted_on: date,
    external_id: str,
    today: date,
) -> Review:
    """Raises NotFound, Conflict where it is on file already, DomainError with the field."""
    with transaction.atomic():
        # Locked, so that two at once do not both find that it is new.
        site = ReviewSite.objects.select_for_update().filter(id=site_id).first()
        if site is None:
            raise NotFound("review_site_not_found", "This site is not on the list.")
        review = checked_review(
            site=site,
            author=author,
            rating=rating,
            text=text,
            posted_on=posted_on,
            external_id=external_id,
            today=today,
        )
        if same_review(review) is not None:
            raise Conflict("review_known", "This review is on file already: same site, author, day and words.")
        keep(review)
        changed("review.entered", review, detail={"by": "hand"})
    return review


def keep(review: Review) -> None:
    """Raises Conflict for a number of the site's that is taken."""
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError as error:
        if violated(error) != "review_once":
            raise
        raise Conflict("review_known", "This review is on file already.") from None
