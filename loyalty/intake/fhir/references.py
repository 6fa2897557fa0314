"""References from one resource to another, in all the ways that exports write them."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.quoting import quoted

# Relative or absolute, with or without a version: Patient/1, https://ehr.example/fhir/Patient/1/_history/2.
_PATH = re.compile(r"(?:https?://.*/)?([A-Z][A-Za-z]+)/([^/?#|\s]{1,128})(?:/_history/[^/\s]+)?")
_SEARCH = re.compile(r"([A-Z][A-Za-z]+)\?identifier=([^&\s]+)")
_URN = re.compile(r"urn:(?:uuid|oid):([^\s]{1,128})")


@dataclass(frozen=True, slots=True)
class Reference:
    """kind: the type it points to, "" where it is not written (urn:uuid).
    key: the id of the resource, or "?system|value" where it is named by an identifier.
    display: its name in words, "" where none is written.
    """

    kind: str
    key: str
    display: str = ""


def identifier_key(system: str, value: str) -> str:
    return f"?{system}|{value}"


def read_reference(fields: Fields | None, *, to: str) -> Reference | None:
    """The reference, if it points to a resource of type `to` or does not say to which type.

    A reference that cannot be followed is remarked on and left out.
    """
    if fields is None:
        return None
    display = fields.text("display")
    kind = fields.text("type", most=64)
    written = fields.text("reference", most=400)
    if not written:
        return _by_identifier(fields, kind or to, to=to, display=display)
    if found := _URN.fullmatch(written):
        return None if kind not in ("", to) else Reference(kind, found[1], display)
    if found := _PATH.fullmatch(written):
        return None if found[1] != to else Reference(to, found[2], display)
    if found := _SEARCH.fullmatch(written):
        return None if found[1] != to else Reference(to, "?" + unquote(found[2]), display)
    fields.remark(f"{fields.path('reference')} {quoted(written)} cannot be followed; left out")
    return None


def _by_identifier(fields: Fields, kind: str, *, to: str, display: str) -> Reference | None:
    identifier = fields.part("identifier")
    value = identifier.text("value") if identifier else ""
    if identifier is None or not value or kind != to:
        return None
    return Reference(to, identifier_key(identifier.text("system"), value), display)


def key_of_url(url: str) -> str:
    """What other resources of a bundle call the one with this fullUrl; "" where that cannot be told."""
    if found := _URN.fullmatch(url):
        return found[1]
    found = _PATH.fullmatch(url)
    return found[2] if found else ""
