"""A closed month is final: where it must be counted differently after all, that is a new version, and it says why."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db.models import Max

from loyalty.models import Figure, FormerFigure, Import, Merge

Key = tuple[str, date]

REDEFINED = "The metric is defined anew since."
IMPORTED = "An import changed the records after it was counted."
MERGED = "Records of one patient were merged, or taken apart, after it was counted."
LATER = "Something of that time was written down or corrected after it was counted."

_SAME = ("metric", "definition_version", "month", "version", "value", "low", "high", "numerator", "denominator", "n")


def correct(changed: Iterable[Figure], *, before: Mapping[Key, Figure], gone: Collection[Key], now: datetime) -> None:
    """Give each changed figure its version and reason, and keep what it said before; `gone` are absent now.

    The reason is what happened since the figure was counted, the likeliest first. Two queries at most.
    """
    replaced = [(row, old) for row in changed if (old := before.get((row.metric, row.month)))]
    if not replaced and not gone:
        return
    since = _Since()
    former = []
    for row, old in replaced:
        row.version = old.version + 1
        row.why = REDEFINED if row.definition_version != old.definition_version else since.why(old)
        former.append(_former(old, why=row.why, now=now))
    former += [_former(before[key], why=since.why(before[key]), now=now) for key in gone]
    FormerFigure.objects.bulk_create(former)


class _Since:
    """What happened last that changes many records at once."""

    def __init__(self) -> None:
        self._imported = Import.objects.filter(state__in=["done", "stopped", "undone"]).aggregate(at=Max("updated_at"))
        self._merged = Merge.objects.aggregate(at=Max("at"), undone=Max("undone_at"))

    def why(self, old: Figure) -> str:
        if _is_after(self._imported["at"], old):
            return IMPORTED
        if _is_after(self._merged["at"], old) or _is_after(self._merged["undone"], old):
            return MERGED
        return LATER


def _is_after(moment: datetime | None, old: Figure) -> bool:
    return moment is not None and moment > old.computed_at


def _former(old: Figure, *, why: str, now: datetime) -> FormerFigure:
    return FormerFigure(
        computed_at=old.computed_at, replaced_at=now, why=why, **{name: getattr(old, name) for name in _SAME}
    )
