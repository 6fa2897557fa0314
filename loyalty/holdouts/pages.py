"""Hold-outs as their pages show them: an effect only where it may be shown."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from core.errors import NotFound
from loyalty import lift
from loyalty.holdouts.counted import Seen, seen
from loyalty.holdouts.held import last_day_to_join
from loyalty.holdouts.power import Power, known_on, months_of, pace, power
from loyalty.models import Holdout
from loyalty.practice_zone import practice_zone
from loyalty.visits.local_time import day_of


@dataclass(frozen=True, slots=True)
class Effect:
    """Shares of patients. always_valid: of a look before the end (99 %), else of the end (95 %)."""

    effect: float
    low: float
    high: float
    always_valid: bool

    @property
    def is_evidence(self) -> bool:
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class HoldoutPage:
    """effect: None while nothing may be said: it runs and the interval that holds at every look includes 0, or an arm
    has fewer than eleven patients whose time to come back is over. power: None where the practice is too young to tell,
    where it is over, and in a list.
    """

    holdout: Holdout
    today: date
    joins_until: date
    known_on: date
    seen: Seen
    effect: Effect | None
    power: Power | None

    @property
    def is_over(self) -> bool:
        return not self.holdout.is_running


def holdout_page(*, holdout_id: UUID, now: datetime) -> HoldoutPage:
    """No patient is on it: counts of two groups. Raises NotFound."""
    holdout = Holdout.objects.filter(id=holdout_id).first()
    if holdout is None:
        raise NotFound("holdout_not_found", "This hold-out is not on file.")
    page = _page(holdout, today=day_of(now, practice_zone()))
    return replace(page, power=_power(holdout, now=now)) if holdout.is_running else page


def holdout_pages(*, now: datetime) -> list[HoldoutPage]:
    """Running ones first, then the newest; without their power. One query for each, and two."""
    today = day_of(now, practice_zone())
    found = sorted(Holdout.objects.order_by("-starts_on", "-id"), key=lambda one: not one.is_running)
    return [_page(one, today=today) for one in found]


def _page(holdout: Holdout, *, today: date) -> HoldoutPage:
    # Of one that is over the counts of its close stand; who joined and was reached can be counted still.
    found = seen(holdout, today=_counted_on(holdout, today))
    return HoldoutPage(
        holdout=holdout,
        today=today,
        joins_until=last_day_to_join(holdout),
        known_on=known_on(holdout),
        seen=found,
        effect=_effect(holdout, found),
        power=None,
    )


def _counted_on(holdout: Holdout, today: date) -> date:
    if holdout.stopped_on is not None:
        return holdout.stopped_on
    return min(today, known_on(holdout))


def _effect(holdout: Holdout, found: Seen) -> Effect | None:
    """What may be said. A result is told from the counts of its close, whatever is merged or erased later."""
    ended = holdout.closed_at is not None and holdout.stopped_on is None
    arms = found.arms()
    if holdout.closed_at is not None:
        arms = {
            "returned": holdout.contacted_returned or 0,
            "contacted": holdout.contacted or 0,
            "held_returned": holdout.held_returned or 0,
            "held": holdout.held or 0,
        }
    if min(arms["contacted"], arms["held"]) < lift.FEWEST_IN_ARM:
        return None
    difference = lift.difference(**arms)
    low, high = lift.final_interval(**arms) if ended else lift.always_valid_interval(difference)
    effect = Effect(float(difference.effect), max(float(low), -1.0), min(float(high), 1.0), always_valid=not ended)
    return effect if ended or effect.is_evidence else None


def _power(holdout: Holdout, *, now: datetime) -> Power | None:
    return power(
        pace(outcome_days=holdout.outcome_days, now=now),
        percent=holdout.percent,
        outcome_days=holdout.outcome_days,
        least_effect=holdout.least_effect,
        months=months_of(holdout),
    )
