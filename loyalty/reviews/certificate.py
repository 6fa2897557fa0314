"""How often patients were asked for a public review, by how content they said they were: the proof, read afterwards.

This reads scores, so nothing in loyalty.reviews.inviting may import it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, OuterRef, Q, Subquery

from core import audit
from loyalty.metrics.intervals import Interval, wilson
from loyalty.models import Feedback, ReviewAsking, ReviewInvitation

DAYS = 365
# Fewer than this say next to nothing.
ENOUGH = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One score group. came_up: how often somebody's turn came; asked: of those. interval: 95 %, None without any."""

    name: str
    scores: str
    came_up: int
    asked: int
    interval: Interval | None

    @property
    def share(self) -> float | None:
        return self.asked / self.came_up if self.came_up else None

    @property
    def is_enough(self) -> bool:
        return self.came_up >= ENOUGH


@dataclass(frozen=True, slots=True)
class Certificate:
    """since: the first day counted. lines: by score, and those who never answered. everyone: all of them together.

    agrees: whether the shares of the groups differ no more than chance would have it; None where nobody came up.
    share: what is set now, in percent.
    """

    since: date
    lines: tuple[Line, ...]
    everyone: Line
    agrees: bool | None
    share: int
    opened: int


_GROUPS = (
    ("Promoters", "9 and 10", Q(score__gte=9)),
    ("Passives", "7 and 8", Q(score__range=(7, 8))),
    ("Detractors", "0 to 6", Q(score__lte=6)),
    ("Never answered", "none", Q(score__isnull=True)),
)


def certificate(*, now: datetime) -> Certificate:
    """Of the last 365 days. The score is each patient's last answer before their turn came. Two queries."""
    since = now.date() - timedelta(days=DAYS)
    answers = Feedback.objects.filter(patient=OuterRef("patient"), answered_at__lte=OuterRef("drawn_at"))
    turns = ReviewInvitation.objects.filter(day__gt=since).annotate(
        score=Subquery(answers.order_by("-answered_at", "-id").values("score")[:1])
    )
    counted = {_key("up", name): Count("id", filter=which) for name, _, which in _GROUPS}
    counted |= {_key("asked", name): Count("id", filter=which & Q(drawn=True)) for name, _, which in _GROUPS}
    counts = turns.aggregate(**counted)
    lines = tuple(
        _line(name, scores, counts[_key("up", name)], counts[_key("asked", name)]) for name, scores, _ in _GROUPS
    )
    everyone = _line("Everyone", "any", sum(one.came_up for one in lines), sum(one.asked for one in lines))
    audit.record("review_certificate.read", everyone=True)
    return Certificate(
        since=since,
        lines=lines,
        everyone=everyone,
        agrees=_agrees(lines, everyone),
        share=ReviewAsking.objects.values_list("share", flat=True).first() or ReviewAsking().share,
        opened=ReviewInvitation.objects.filter(day__gt=since, opened_at__isnull=False).count(),
    )


def _key(what: str, name: str) -> str:
    return f"{what}_{name.replace(' ', '_')}"


def _line(name: str, scores: str, came_up: int, asked: int) -> Line:
    return Line(name, scores, came_up, asked, wilson(asked, came_up) if came_up else None)


# The 99 % points of chi-squared with 1, 2 and 3 degrees of freedom. Four intervals of 95 % would part in one of seven
# certificates by chance alone, so the groups are compared by one test of all of them (Pearson 1900).
_CHANCE = (6.635, 9.210, 11.345)


def _agrees(lines: tuple[Line, ...], everyone: Line) -> bool | None:
    share = everyone.share
    if share is None:
        return None
    there = [one for one in lines if one.came_up]
    if len(there) < 2 or share in (0.0, 1.0):
        return True
    parting = sum((one.asked - one.came_up * share) ** 2 / (one.came_up * share * (1 - share)) for one in there)
    return parting <= _CHANCE[len(there) - 2]
