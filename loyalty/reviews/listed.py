"""The public reviews, newest first: of one site, without an answer, of one rating."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from core import audit
from core.errors import NotFound
from loyalty.models import Review, ReviewSite
from loyalty.patients.name import shown_name

UNANSWERED = "unanswered"
NO_STARS = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """site: None for all. rating: 1 to 5, NO_STARS for none given, None for all."""

    site_id: UUID | None = None
    unanswered: bool = False
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """matched: the name of the patient that staff matched it with, "" for nobody."""

    review: Review
    matched: str

    @property
    def state(self) -> str:
        if self.review.replied_at:
            return "posted"
        return "drafted" if self.review.reply else "open"


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one site: how many, how many without an answer, the mean of the stars and how many gave any."""

    site: ReviewSite
    reviews: int
    unanswered: int
    mean: float | None
    rated: int


@dataclass(frozen=True, slots=True)
class Reviews:
    """more: there are further ones."""

    lines: list[ReviewLine]
    more: bool


def reviews(*, which: Filter, limit: int, offset: int = 0) -> Reviews:
    found = list(_of(which)[offset : offset + limit + 1])
    lines = [ReviewLine(one, _matched(one)) for one in found[:limit]]
    audit.record("reviews.read", patients=[one.patient_id for one in found[:limit] if one.patient_id])
    return Reviews(lines, more=len(found) > limit)


def find_review(review_id: UUID) -> ReviewLine:
    """Raises NotFound."""
    review = Review.objects.select_related("site", "patient").filter(id=review_id).first()
    if review is None:
        raise NotFound("review_not_found", "This review is not on file.")
    audit.record("review.read", subject=review, patients=[review.patient_id] if review.patient_id else [])
    return ReviewLine(review, _matched(review))


def standings() -> list[Standing]:
    """Every site on the list, those with reviews first. One query."""
    sites = ReviewSite.objects.annotate(
        written=Count("reviews"),
        waiting=Count("reviews", filter=Q(reviews__replied_at__isnull=True)),
        mean=Avg("reviews__rating"),
        rated=Count("reviews__rating"),
    ).order_by(Coalesce(F("written"), 0).desc(), "name")
    return [Standing(site, site.written, site.waiting, site.mean, site.rated) for site in sites]


def _of(which: Filter) -> QuerySet[Review]:
    found = Review.objects.select_related("site", "patient").order_by("-posted_on", "-id")
    if which.site_id is not None:
        found = found.filter(site_id=which.site_id)
    if which.unanswered:
        found = found.filter(replied_at__isnull=True)
    if which.rating is not None:
        found = found.filter(rating__isnull=True) if which.rating == NO_STARS else found.filter(rating=which.rating)
    return found


def _matched(review: Review) -> str:
    one = review.patient
    return shown_name(one.given_name, one.preferred_name, one.family_name) if one else ""
