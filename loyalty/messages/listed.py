"""The do-not-contact list as it is shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.messages.owners import owners_of_hash
from loyalty.models import ContactPoint, Suppression, SuppressionReason
from loyalty.practice_zone import practice_zone


@dataclass(frozen=True, slots=True)
class Listed:
    """address: as much as tells two apart. because: why it was lifted, "" while it holds. own_word: theirs alone."""

    id: UUID
    kind: str
    address: str
    reason: str
    note: str
    at: datetime
    lifted_at: datetime | None
    because: str
    own_word: bool


def on_list(*, lifted: bool, limit: int) -> tuple[Listed, ...]:
    """Those that hold, or those that were lifted, the newest first. It shows no patient's name."""
    rows = Suppression.objects.filter(lifted_at__isnull=not lifted).order_by("-at", "-id")[:limit]
    audit.record("suppressions.read")
    return tuple(_listed(row) for row in rows)


def listed(*, suppression_id: UUID) -> tuple[Listed, tuple[tuple[UUID, str], ...]]:
    """One entry, and whose address it is as far as we know: ids and names. Raises NotFound."""
    row = Suppression.objects.filter(id=suppression_id).first()
    if row is None:
        raise NotFound("suppression_not_found", "This entry is not on the list.")
    today = practice_zone()
    owners = owners_of_hash(row.kind, row.address_hash, hint=row.veiled, today=row.at.astimezone(today).date())
    audit.record("suppressions.read", subject=row, patients=[one.id for one in owners])
    return _listed(row), tuple((one.id, one.display_name) for one in owners)


def _listed(row: Suppression) -> Listed:
    zone = practice_zone()
    return Listed(
        id=row.id,
        kind=ContactPoint.Kind(row.kind).label,
        address=row.veiled,
        reason=SuppressionReason(row.reason).label,
        note=row.note,
        at=row.at.astimezone(zone),
        lifted_at=row.lifted_at.astimezone(zone) if row.lifted_at else None,
        because=row.lifted_because,
        own_word=row.reason in (SuppressionReason.STOP, SuppressionReason.UNSUBSCRIBED),
    )
