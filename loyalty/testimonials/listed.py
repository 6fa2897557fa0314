"""The testimonials as the team sees them: what waits, what is up, what is down and why, and whether that is fair."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from core import audit
from core.errors import NotFound
from loyalty.models import Feedback, Insider, TakenDown, Testimonial
from loyalty.patients.name import shown_name
from loyalty.testimonials.shown import FLAGS, published


@dataclass(frozen=True, slots=True)
class Line:
    """name: the patient's, for the team. shown: as the public reads it, "" for no name. up: on the public page now."""

    testimonial: Testimonial
    name: str
    flag: str
    up: bool

    @property
    def because(self) -> str:
        return TakenDown(self.testimonial.taken_down_because).label if self.testimonial.taken_down_because else ""


@dataclass(frozen=True, slots=True)
class Fairness:
    """Of all that were agreed to: how many have a rating, and their mean; the same of those that are down."""

    agreed: int
    agreed_mean: float | None
    down: int
    down_mean: float | None


@dataclass(frozen=True, slots=True)
class Lists:
    waiting: list[Line]
    up: list[Line]
    down: list[Line]
    fairness: Fairness


def testimonials() -> Lists:
    """All of them. Two queries."""
    found = list(_all())
    up_ids = set(published().values_list("id", flat=True))
    lines = [_line(one, up=one.id in up_ids) for one in found]
    audit.record("testimonials.read", patients=[one.patient_id for one in found])
    down = [line for line in lines if not line.up and (line.testimonial.taken_down_at or line.testimonial.published_at)]
    return Lists(
        waiting=[line for line in lines if not line.testimonial.published_at and not line.testimonial.taken_down_at],
        up=[line for line in reversed(lines) if line.up],
        down=list(reversed(down)),
        fairness=Fairness(
            agreed=len(lines),
            agreed_mean=_mean(lines),
            down=len(down),
            down_mean=_mean(down),
        ),
    )


def find_testimonial(testimonial_id: UUID) -> Line:
    """Raises NotFound."""
    one = _all().filter(id=testimonial_id).first()
    if one is None:
        raise NotFound("testimonial_not_found", "This testimonial is not on file.")
    audit.record("testimonials.read", patients=[one.patient_id])
    return _line(one, up=published().filter(id=one.id).exists())


def find_answer(feedback_id: UUID) -> Feedback:
    """The answer that is to be published, with whoever gave it. Raises NotFound."""
    answer = Feedback.objects.select_related("patient").filter(id=feedback_id).first()
    if answer is None:
        raise NotFound("feedback_not_found", "This answer is not on file.")
    audit.record("answer.read", subject=answer, patients=[answer.patient_id])
    return answer


def _all() -> QuerySet[Testimonial]:
    return Testimonial.objects.select_related("patient", "consent").order_by("place")


def _line(one: Testimonial, *, up: bool) -> Line:
    patient = one.patient
    name = shown_name(patient.given_name, patient.preferred_name, patient.family_name)
    return Line(one, name, FLAGS.get(Insider(one.insider), ""), up)


def _mean(lines: list[Line]) -> float | None:
    ratings = [line.testimonial.rating for line in lines if line.testimonial.rating is not None]
    return sum(ratings) / len(ratings) if ratings else None
