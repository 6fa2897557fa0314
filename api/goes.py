"""What is taken out of the API one day: told in every answer long before (RFC 9745, RFC 8594)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.http import http_date

# Nobody is given less than a year.
NOTICE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Goes:
    """since: the day it was said. on: the first day without it. Raises ValueError for too short a notice."""

    since: date
    on: date

    def __post_init__(self) -> None:
        if self.on - self.since < NOTICE:
            raise ValueError(f"{self.on} is less than a year after {self.since}: programs need time to change.")

    @property
    def headers(self) -> dict[str, str]:
        return {"Deprecation": f"@{_second(self.since)}", "Sunset": http_date(_second(self.on))}


def _second(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=UTC).timestamp())
