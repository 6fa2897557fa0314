"""What the public page shows: every testimonial that is published and still agreed to, and one figure over all."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from loyalty.models import Consent, ConsentPurpose, Insider, ShownAs, Testimonial

MOST = 500
# What the reader is told of whoever stands close to the practice.
FLAGS = {
    Insider.STAFF: "Works here",
    Insider.RELATIVE: "Family or friend of somebody who works here",
    Insider.GIVEN: "Got something free or cheaper",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """name: "A patient" where they chose none. flag: "" for nobody close to the practice. month: no day is told."""

    words: str
    name: str
    rating: int | None
    month: date
    flag: str


@dataclass(frozen=True, slots=True)
class Page:
    """mean: of all that have a rating, rated of them; None without any. count: of all that are published."""

    shown: list[Shown]
    count: int
    rated: int
    mean: float | None


def published() -> QuerySet[Testimonial]:
    """Those that are up. Whoever said no after their yes is not among them, whoever wrote the no down."""
    later_no = Consent.objects.filter(
        patient=OuterRef("patient"),
        purpose=ConsentPurpose.TESTIMONIAL,
        granted=False,
        decided_at__gte=OuterRef("consent__decided_at"),
    )
    return Testimonial.objects.filter(
        ~Exists(later_no),
        published_at__isnull=False,
        taken_down_at__isnull=True,
        consent__granted=True,
        consent__patient=F("patient"),
    )


def public_page() -> Page:
    """The newest first. One query. It is public: nothing of it is a reading of a record."""
    up = list(published().order_by("-place"))
    ratings = [one.rating for one in up if one.rating is not None]
    return Page(
        shown=[_shown(one) for one in up[:MOST]],
        count=len(up),
        rated=len(ratings),
        mean=sum(ratings) / len(ratings) if ratings else None,
    )


def _shown(one: Testimonial) -> Shown:
    anonymous = one.shown_as == ShownAs.ANONYMOUS
    return Shown(
        words=one.words,
        name="A patient" if anonymous else one.shown_name,
        rating=one.rating,
        month=one.said_on.replace(day=1),
        flag=FLAGS.get(Insider(one.insider), ""),
    )
