"""An example of any schema, the same each time."""

from typing import Any

from api.openapi.bodies import Schema

# Where the kind of value alone would say little.
_NAMED: dict[str, Any] = {
    "given_name": "Noor", "family_name": "Haddad", "city": "Portland", "state": "OR", "postal_code": "97210",
    "country": "US", "language": "en-US", "birth_year": 1984, "birth_month": 2, "birth_day": 29, "rank": 1,
    "record_number": "007", "address": "2140 NW Lovejoy St", "value": "(503) 555-0101", "label": "mobile",
    "name": "Aurora Skin", "application.name": "Harbor Records", "external_ids[]": "H-17", "is_active": True,
    "slug": "aurora", "time_zone": "America/Los_Angeles", "display_name": "Dr. Sato",
    "minutes": 45, "external_id": "H-17", "deceased": False, "no_contact": False, "deceased_on": None,
    "merged_into_id": None, "next": None, "is_on": True, "switched_off": None, "health": "works",
    "webhook_id": "msg_01a226817b48760eb7bbcde0f3317795", "status": 204, "tries": 1,
    "secret": "whsec_c2VjcmV0LW9mLXRoZS1leGFtcGxlLTMyLWJ5dGVz", "problem": "", "errors": [], "missed": 0, "waiting": 0,
    "month": "2026-10", "metric": "nps", "unit": "case", "hidden": None, "barred": None,
    "quantity": 2, "units": 20, "amount_minor": 540000, "currency": "USD", "code": "LX-100",
    "sku": "LX-100", "ndc": "", "invoice": "2291", "line": "1", "item_name": "Luma filler, 1 ml", "match": "matched",
    "vendor_name": "Harbor Medical Supply", "manufacturer": "Lumen", "contract_number": "C-2026-4", "file_id": None,
    "contract_name": "Injectables 2026", "description": "Luma filler", "off": 0.15, "is_freight": False, "holds": 10,
    "watermark": "WyI3NDQ5IiwxMjM0XQ", "url": "https://hooks.example.com/perennial", "pronouns": "she/her",
}  # fmt: skip
_OF_ENUM = {"unit": "score"}
_FORMATS = {
    "uuid": "01a22681-7b48-760e-b7bb-cde0f3317795",
    "date-time": "2026-11-30T17:00:00Z",
    "date": "2026-11-30",
    "uri": "https://hooks.example.com/perennial",
}


def example_of(schema: Schema, components: dict[str, Schema], *, name: str = "", within: str = "") -> Any:
    """One that the schema takes. components: what a $ref names. name: of the member, and `within`: of which."""
    if "$ref" in schema:
        return example_of(components[schema["$ref"].rpartition("/")[2]], components, name=name, within=within)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "enum" in schema:
        wanted = _OF_ENUM.get(name, _NAMED.get(name))
        return wanted if wanted in schema["enum"] else schema["enum"][0]
    for known in (f"{within}.{name}", name):
        if known in _NAMED and _fits(_NAMED[known], kinds):
            return _NAMED[known]
    match kinds[0]:
        case "object":
            members = schema["properties"].items()
            return {one: example_of(member, components, name=one, within=name) for one, member in members}
        case "array":
            return [example_of(schema["items"], components, name=f"{name}[]")]
        case "boolean":
            return False
        case "number":
            return 64.5
        case "integer":
            return max(schema.get("minimum", 1), 1)
    return _FORMATS.get(schema.get("format", ""), "")


def _fits(value: Any, kinds: list[str]) -> bool:
    known = {"string": str, "integer": int, "boolean": bool, "array": list, "null": type(None)}
    return any(type(value) is known.get(kind) for kind in kinds)
