"""What the network says to everybody in its practices: asked by every Today page, so it is remembered for a minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.tenancy.scope import control_plane
from tenants.models import Announcement

REMEMBERED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Announced:
    id: UUID
    title: str
    body: str
    published_at: datetime
    ends_at: datetime
    by_name: str


@dataclass(slots=True)
class _Remembered:
    at: datetime | None = None
    announced: tuple[Announced, ...] = ()


_remembered = _Remembered()


def announced_to(*, read_at: datetime | None, now: datetime) -> tuple[Announced, ...]:
    """What somebody has not put away yet, the newest first. One query a minute and process; none else."""
    if _remembered.at is None or not timedelta() <= now - _remembered.at < REMEMBERED:
        _remembered.announced, _remembered.at = _read(now), now
    return tuple(
        one
        for one in _remembered.announced
        if one.published_at <= now < one.ends_at and (read_at is None or one.published_at > read_at)
    )


def forget() -> None:
    """Ask anew the next time: something was said, or taken back."""
    _remembered.at = None


def _read(now: datetime) -> tuple[Announced, ...]:
    with control_plane():
        rows = Announcement.objects.filter(withdrawn_at__isnull=True, ends_at__gt=now).order_by("-published_at", "-id")
        return tuple(
            Announced(*row) for row in rows.values_list("id", "title", "body", "published_at", "ends_at", "by_name")
        )
