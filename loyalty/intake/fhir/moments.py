"""Moments out of a resource's fields, with remarks where they cannot be read."""

from datetime import datetime

from loyalty.intake.fhir.dates import DateError, Moment, parse_moment
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.reading import Reading


def read_moment(fields: Fields | None, name: str, *, reading: Reading) -> Moment | None:
    """The moment, or None where it is absent or impossible (then remarked on)."""
    written = fields.text(name, most=64) if fields else ""
    if fields is None or not written:
        return None
    try:
        moment = parse_moment(written, zone=reading.zone)
    except DateError as error:
        fields.remark(f"{fields.path(name)} {error}; left out")
        return None
    if moment.zone_assumed:
        fields.remark(f"{fields.path(name)} has no offset; taken as {reading.zone.key} time")
    return moment


def read_end(fields: Fields, start: Moment, *, reading: Reading, name: str = "end") -> datetime | None:
    """When it ended; None where that is unknown, a day only, or before it began (then remarked on)."""
    end = read_moment(fields, name, reading=reading)
    if end is None or end.day_only or start.day_only:
        return None
    if end.at < start.at:
        fields.remark(f"{fields.path(name)} is before its start; left out")
        return None
    return end.at
