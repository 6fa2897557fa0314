"""How long it takes until somebody who came for the first time is back, as the night saw it."""

from dataclasses import asdict
from datetime import date, timedelta

from loyalty import drift
from loyalty.drifting.coming_back import ComingBack, Point
from loyalty.drifting.visits import PatientVisits

# Older first visits tell of another team and other prices.
YEARS = 2
# Fewer say nothing; and at the end of the curve, where few have been seen for so long, it says nothing either.
FEWEST, FEWEST_FOLLOWED = 30, 11
STEP, LAST = 30, 360


def first_return(patients: list[PatientVisits], *, today: date) -> ComingBack | None:
    """Of those whose first visit was within the last two years. None where they are fewer than 30.

    The day of the second visit ends the wait; whoever has none counts as waiting until `today` (Kaplan and Meier).
    """
    since = today - timedelta(days=365 * YEARS)
    new = [one.days for one in patients if since <= one.days[0] < today]
    if len(new) < FEWEST:
        return None
    back = [len(days) > 1 for days in new]
    curve = drift.kaplan_meier(
        waited=[((days[1] if len(days) > 1 else today) - days[0]).days for days in new], happened=back
    )
    points = []
    for day in range(STEP, LAST + 1, STEP):
        at = curve.share(day)
        if at is None or at.followed < FEWEST_FOLLOWED:
            break
        points.append(Point(day, at.share, at.low, at.high, at.followed))
    half = None if curve.median is None else round(curve.median)
    return ComingBack(since=since, patients=len(new), back=sum(back), half=half, points=tuple(points))


def as_kept(found: ComingBack | None) -> dict[str, object] | None:
    return asdict(found) | {"since": found.since.isoformat()} if found else None
