"""Choose what a monthly report says, from where the practice stands."""

from collections.abc import Iterable, Mapping
from math import hypot, inf, isfinite

from loyalty.benchmarks.read import Standing
from loyalty.metrics.definition import Better
from loyalty.metrics.figure import Figure
from loyalty.reports.content import Change, Content, Headline

HEADLINES = ("nps", "return_rate_180", "rebooking_rate", "experience_score", "preview_coverage", "note_coverage")
# In the order of the five steps: of two that are as weak the earlier step comes first.
HABITS = ("preview_coverage", "note_coverage", "occasion_coverage", "feedback_response_rate", "recovery_rate")
# Habits that anybody can begin tomorrow: not to do one at all is the weakest way to do it.
BEGUN_BY_ANYBODY = HABITS[:4]
COMPARED = (
    *HEADLINES,
    "occasion_coverage",
    "feedback_response_rate",
    "perceived_value",
    "promise_kept_rate",
    "recovery_hours",
    "no_show_rate",
    "referral_rate",
)
MOST_CHANGES = 3
YEAR = 12


def compose(standings: Iterable[Standing]) -> Content | None:
    """None where the practice has none of the headline figures yet."""
    by_key = {one.definition.key: one for one in standings}
    headlines = tuple(_headline(by_key[key], by_key[key].own) for key in HEADLINES if key in by_key)
    known = tuple(one for one in headlines if one is not None)
    if not known:
        return None
    changes = sorted(
        (found for key in COMPARED if key in by_key and (found := _change(by_key[key]))), key=lambda one: -one[0]
    )
    better = tuple(change for _, is_better, change in changes if is_better)
    worse = tuple(change for _, is_better, change in changes if not is_better)
    weakest, value = _weakest(by_key)
    return Content(known, better[:MOST_CHANGES], worse[:MOST_CHANGES], weakest, value)


def _headline(standing: Standing, own: Figure | None) -> Headline | None:
    if own is None:
        return None
    released = standing.released
    return Headline(
        key=standing.definition.key,
        value=own.value,
        low=own.low,
        high=own.high if isfinite(own.high) else None,
        n=own.n,
        uncertain=own.is_uncertain,
        band=standing.band.name if standing.band else "",
        quantiles=tuple(released.quantiles) if released else None,
        practices=released.practices if released else None,
        trend=tuple(point.own.value if point.own else None for point in standing.trend),
    )


def _change(standing: Standing) -> tuple[float, bool, Change] | None:
    """How many times chance explains it, whether it is better, and what it is; None where chance may be all of it.

    A year apart the two windows share no day, so the half-widths of their intervals add as the sides of a square do.
    """
    definition, now = standing.definition, standing.own
    if now is None or len(standing.trend) <= YEAR or definition.better is Better.NEITHER:
        return None
    before = standing.trend[-1 - YEAR].own
    if before is None or now.is_uncertain or before.is_uncertain:
        return None
    chance = hypot(_half_width(now), _half_width(before))
    moved = now.value - before.value
    if not isfinite(chance) or abs(moved) <= chance:
        return None
    is_better = (moved > 0) == (definition.better is Better.HIGHER)
    return abs(moved) / chance if chance else inf, is_better, Change(definition.key, before.value, now.value)


def _half_width(figure: Figure) -> float:
    return (figure.high - figure.low) / 2


def _weakest(by_key: Mapping[str, Standing]) -> tuple[str, float | None]:
    """The habit with the lowest band, where none is known the lowest share; first of all one not begun."""
    missing = next((key for key in BEGUN_BY_ANYBODY if key in by_key and by_key[key].own is None), None)
    if missing:
        return missing, None
    known = [(one, one.own) for key in HABITS if (one := by_key.get(key))]
    ranked = [(_place(one), own.value, one.definition.key) for one, own in known if own is not None]
    if not ranked:
        return "", None
    _, value, key = min(ranked, key=lambda one: one[:2])
    return key, value


def _place(standing: Standing) -> float:
    between_the_middle_bands = 2.5
    return standing.band.standing(standing.definition.better) if standing.band else between_the_middle_bands
