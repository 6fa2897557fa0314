"""How much a practice gave back to its patients in a quarter: gifts, and notes written by hand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Count, Sum

from core import audit
from loyalty.models import Gift, Touchpoint, TouchpointKind, TouchpointState
from loyalty.practice_zone import practice_zone


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Of the quarter that begins on `first`, `until` excluded. Cents are US cents.

    gift_cents: worth of the gifts. note_cents: cost of the notes, of those whose cost was written down (costed_notes).
    patients: how many got something. Sums only: it names nobody.
    """

    first: date
    until: date
    gifts: int
    gift_cents: int
    notes: int
    costed_notes: int
    note_cents: int
    patients: int

    @property
    def cents(self) -> int:
        return self.gift_cents + self.note_cents


def given_back(*, year: int, quarter: int) -> GivenBack:
    """Of a calendar quarter, 1 to 4, in the practice's time zone. Raises ValueError for any other."""
    if not 1 <= quarter <= 4:
        raise ValueError(f"a year has quarters 1 to 4, not {quarter}")
    first = date(year, 3 * quarter - 2, 1)
    until = date(year + quarter // 4, 1 if quarter == 4 else 3 * quarter + 1, 1)
    zone = practice_zone()
    begin, end = (datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) for day in (first, until))
    gifts = Gift.objects.filter(given_on__gte=first, given_on__lt=until)
    notes = Touchpoint.objects.filter(
        kind=TouchpointKind.NOTE, state=TouchpointState.DONE, done_at__gte=begin, done_at__lt=end
    )
    of_gifts = gifts.aggregate(count=Count("id"), cents=Sum("value_cents"))
    of_notes = notes.aggregate(count=Count("id"), costed=Count("cost_cents"), cents=Sum("cost_cents"))
    reached = gifts.values("patient_id").union(notes.values("patient_id"))
    audit.record("given_back.read")
    return GivenBack(
        first=first,
        until=until,
        gifts=of_gifts["count"],
        gift_cents=of_gifts["cents"] or 0,
        notes=of_notes["count"],
        costed_notes=of_notes["costed"],
        note_cents=of_notes["cents"] or 0,
        patients=reached.count(),
    )
