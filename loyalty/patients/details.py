"""The columns of a patient that somebody types: each checked, with a message that names it."""

import re

from core.errors import DomainError
from core.given_text import given_text
from loyalty.models import Channel, Patient

WORDS = {
    "given_name": "The given name",
    "family_name": "The family name",
    "preferred_name": "The preferred name",
    "pronouns": "The pronouns",
    "record_number": "The record number",
    "address": "The address",
    "city": "The city",
    "state": "The state",
    "postal_code": "The postal code",
    "country": "The country",
}
MOST_TAGS = 20
_LIMITS = {field.name: field.max_length for field in Patient._meta.concrete_fields if field.max_length}
_TAG = 40
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def detail(column: str, value: str) -> str:
    """`value` as it is kept in `column`. Raises DomainError with the column as its field."""
    return given_text(value, what=WORDS[column], field=column, limit=_LIMITS[column])


def checked_channel(value: str) -> str:
    if value and value not in Channel.values:
        raise DomainError(
            "channel_unknown",
            f"“{value}” is no way to reach somebody. Choose call, text, email or letter.",
            field="preferred_channel",
        )
    return value


def checked_language(value: str) -> str:
    """A BCP 47 code, or ""."""
    if value and (len(value) > _LIMITS["language"] or not _LANGUAGE.fullmatch(value)):
        raise DomainError("language_unknown", "Give the language as a code, such as en-US or es.", field="language")
    return value


def checked_tag(value: str, *, field: str = "tag") -> str:
    """One tag, with single blanks. Raises DomainError for none, for a comma, and for what cannot be kept."""
    tag = " ".join(given_text(value, what="The tag", field=field, limit=_TAG).split())
    if not tag:
        raise DomainError("tag_empty", "Write the tag, such as “VIP” or “Bridal”.", field=field)
    if "," in tag:
        raise DomainError("tag_comma", "A tag has no comma: each is put on by itself.", field=field)
    return tag


def checked_tags(values: list[str]) -> list[str]:
    """Each once, whatever its case, in the order given. Raises DomainError with field "tags"."""
    by_word = {tag.casefold(): tag for tag in reversed([checked_tag(one, field="tags") for one in values])}
    tags = list(reversed(by_word.values()))
    if len(tags) > MOST_TAGS:
        raise DomainError("tags_many", f"A patient has at most {MOST_TAGS} tags. Keep the useful ones.", field="tags")
    return tags


def record_number_taken(number: str) -> DomainError:
    return DomainError(
        "record_number_taken",
        f"Another patient has the record number {number}. Search for it, or correct the number.",
        field="record_number",
    )
