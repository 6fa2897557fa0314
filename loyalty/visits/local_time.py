"""Days and hours where the patient is: everything a location does counts in its own time zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import DomainError


def zone_of(time_zone: str) -> ZoneInfo:
    """Raises DomainError for a name that is no time zone."""
    try:
        return ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # The last where the name is that of a folder, such as America, of the package of zones.
        raise DomainError(
            "time_zone_unknown",
            f"The location's time zone “{time_zone}” is not known. Correct it to a name such as America/Chicago.",
        ) from None


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The date on the wall at `at`, which must carry its own time zone."""
    return at.astimezone(zone).date()


def starting(*, day: date, clock: time, time_zone: str) -> datetime:
    """The moment when the wall shows `clock` on `day`. Of an hour that comes twice, the first.

    Raises DomainError for an hour that the change to summer time leaves out.
    """
    zone = zone_of(time_zone)
    at = datetime.combine(day, clock, tzinfo=zone)
    if at.astimezone(UTC).astimezone(zone).time() != clock:
        raise DomainError(
            "time_skipped",
            "The clocks go forward that night and skip this time. Choose a time an hour later.",
            field="starts_at",
        )
    return at.astimezone(UTC)
