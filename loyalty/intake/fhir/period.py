"""Periods: whether a name, number or address still holds."""

from loyalty.intake.fhir.dates import DateError, parse_date
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.reading import Reading


def is_current(fields: Fields, *, reading: Reading) -> bool:
    """Not marked as old, and its period has not ended. A period that cannot be read is remarked on and ignored."""
    if fields.text("use", most=64) == "old":
        return False
    period = fields.part("period")
    end = period.text("end", most=64) if period else ""
    if period is None or not end:
        return True
    try:
        return parse_date(end).last >= reading.today
    except DateError as error:
        fields.remark(f"{period.path('end')} {error}; left out")
        return True
