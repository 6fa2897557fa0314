"""The fields that a template may hold. None of them can name a treatment, a diagnosis or a price."""

import re
from collections.abc import Mapping
from datetime import datetime

from core.errors import DomainError
from loyalty.models import Location

# Field → what it becomes for the made-up patient of a preview.
FIELDS: Mapping[str, str] = {
    "first_name": "Rosalind",
    "whose_visit": "your visit",
    "practice": "",
    "location": "Main Street",
    "location_address": "12 Main Street, Portland, OR 97205",
    "visit_day": "Tuesday, June 16",
    "visit_time": "2:30 PM",
    "review_link": "https://example.com/r/…",
    "feedback_link": "https://example.com/f/…",
}
_OF_A_VISIT = ("visit_day", "visit_time")
REVIEW_LINK, FEEDBACK_LINK = "review_link", "feedback_link"
_FIELD = re.compile(r"\{([^{}]*)\}")


def fields_in(text: str) -> list[str]:
    return _FIELD.findall(text)


def check_fields(text: str, *, field: str) -> None:
    """Raises DomainError for a field that there is not, and for a brace that belongs to none."""
    for name in fields_in(text):
        if name not in FIELDS:
            known = ", ".join("{" + one + "}" for one in FIELDS)
            raise DomainError(
                "template_field_unknown", f"There is no field {{{name}}}. These there are: {known}.", field=field
            )
    if set("{}") & set(_FIELD.sub("", text)):
        raise DomainError(
            "template_brace_alone", "A brace { or } stands alone. Write a field as in {first_name}.", field=field
        )


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with its fields filled. Raises DomainError for one that has nothing to say."""

    def value(match: re.Match[str]) -> str:
        found = values.get(match.group(1), "")
        if not found and match.group(1) in _OF_A_VISIT:
            raise DomainError(
                "message_needs_a_visit", "This template speaks of a visit, and none is booked. Book one first."
            )
        return found

    return re.sub(r"[ \t]+\n", "\n", _FIELD.sub(value, text)).strip()


def values_of(
    *,
    first_name: str,
    patient_name: str,
    to_guardian: bool,
    practice: str,
    location: Location | None,
    address: str,
    visit_at: datetime | None,
    review_link: str = "",
    feedback_link: str = "",
) -> dict[str, str]:
    """`visit_at` in the location's time zone. A guardian reads whose visit it is; a patient, that it is theirs.

    feedback_link: what stands for the link until it goes out, "" where there is no visit to ask about.
    """
    return {
        "first_name": first_name,
        "whose_visit": f"{patient_name}’s visit" if to_guardian else "your visit",
        "practice": practice,
        "location": location.name if location else "",
        "location_address": address,
        "visit_day": f"{visit_at:%A, %B} {visit_at.day}" if visit_at else "",
        "visit_time": f"{visit_at.hour % 12 or 12}:{visit_at:%M %p}" if visit_at else "",
        REVIEW_LINK: review_link,
        FEEDBACK_LINK: feedback_link,
    }


def made_up(*, practice: str) -> dict[str, str]:
    """The values of the made-up patient."""
    return {**FIELDS, "practice": practice}
