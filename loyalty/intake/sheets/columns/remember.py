"""How a file with the same columns was mapped the last time."""

from dataclasses import dataclass

from core.sheets.mended import OURS, is_mended, theirs
from loyalty.intake.sheets.columns.fields import LEFT_OUT
from loyalty.models import Import, ImportState

_USED = (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE, ImportState.RUNNING, ImportState.WAITING)


@dataclass(frozen=True, slots=True)
class Remembered:
    mapping: list[str]
    known_as: str
    date_order: str


def remembered(of: Import) -> Remembered | None:
    """Of the newest import of the same kind with exactly these names, in this order; of rows that were mended, the
    file they came from. None for columns without names.
    """
    header = theirs(of.header)
    if not any(header):
        return None
    with_ours = [*OURS, *header]
    before = (
        Import.objects.filter(kind=of.kind, header__in=[header, with_ours], state__in=_USED)
        .exclude(id=of.id)
        .order_by("-created_at", "-id")
        .first()
    )
    if before is None:
        return None
    mapping = before.mapping[len(OURS) :] if is_mended(before.header) else before.mapping
    return Remembered(
        mapping=[LEFT_OUT] * len(OURS) + mapping if is_mended(of.header) else mapping,
        known_as=before.known_as,
        date_order=before.date_order,
    )
