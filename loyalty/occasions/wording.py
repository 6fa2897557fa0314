"""An occasion in words."""

from datetime import date

from loyalty.models import OccasionKind
from loyalty.visits.spoken import counted, ordinal

WITH_US = "with_us"


def occasion_words(*, kind: str, label: str, year: int | None, day: date) -> str:
    """ "50th birthday", "5 years with us", "Wedding, 10 years", "Marathon". `kind` may be WITH_US."""
    years = day.year - year if year else 0
    match kind:
        case "with_us":
            return f"{counted(years, 'year')} with us"
        case OccasionKind.BIRTHDAY:
            if label:
                return label
            return f"{ordinal(years)} birthday" if years > 0 else "Birthday"
        case OccasionKind.ANNIVERSARY:
            named = label or "Anniversary"
            return f"{named}, {counted(years, 'year')}" if years > 0 else named
    return label
