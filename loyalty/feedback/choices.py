"""What may be tapped instead of typed: the same on the tablet and on the page that is opened at home."""

from collections.abc import Mapping, Sequence

from core.errors import DomainError

LIKED: Mapping[str, str] = {
    "welcome": "A warm welcome",
    "listened": "Being listened to",
    "hands": "Gentle hands",
    "explained": "Clear explanations",
    "on_time": "Seen on time",
    "result": "The result",
    "room": "A calm room",
    "in_touch": "How you stayed in touch",
}
BETTER: Mapping[str, str] = {
    "waiting": "Less waiting",
    "explain": "More explanation",
    "time": "More time",
    "comfort": "More comfort",
    "prices": "Clearer prices",
    "booking": "Easier booking",
    "after": "Care afterward",
    "nothing": "Nothing comes to mind",
}
WORTH: Mapping[int, str] = {
    1: "Not at all",
    2: "A little",
    3: "Fair",
    4: "Worth it",
    5: "More than worth it",
}
# As a patient would say it; the team reads loyalty.models.Elsewhere.
ELSEWHERE: Mapping[str, str] = {"no": "No, only here", "sometimes": "Yes, sometimes", "mostly": "Yes, mostly elsewhere"}


def in_words(codes: Sequence[str], more: str, *, of: Mapping[str, str], field: str) -> str:
    """What was tapped and what was typed, as one text. Raises DomainError for a code that is none of `of`."""
    if any(code not in of for code in codes):
        raise DomainError(f"{field}_unknown", "Choose from what is offered.", field=field)
    tapped = [words for code, words in of.items() if code in codes]
    return "\n".join(part for part in (". ".join(tapped) + "." if tapped else "", more) if part)
