"""The JSON Schema of a body that is sent, from the fields that read it."""

from typing import Any

from api.body import fields
from api.body.read import Body
from api.openapi.meanings import meaning_of

Schema = dict[str, Any]
UUID = {"type": "string", "format": "uuid", "pattern": fields.ID.pattern}
MONTH: Schema = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}
_WHOLE = 2**31 - 1


class NotKnown(TypeError):
    """A kind of field that nobody has said the schema of."""


def body_schema(body: Body) -> Schema:
    """Nothing but the members that are named may be sent."""
    members = body.fields.items()
    schema: Schema = {
        "type": "object",
        "properties": {name: member_schema(name, member, of=body.of) for name, member in members},
        "additionalProperties": False,
    }
    needed = [name for name, member in members if member.required]
    return {**schema, "required": needed} if needed else schema


def member_schema(name: str, member: Any, *, of: str) -> Schema:
    schema = _schema(member)
    if member.allow_null:
        schema = {**schema, "type": [schema["type"], "null"]}
    words = meaning_of(name, of=of)
    return {**schema, "description": words} if words else schema


def _schema(member: Any) -> Schema:
    match member:
        case fields.Text():
            return {"type": "string"} if member.most is None else {"type": "string", "maxLength": member.most}
        case fields.Content():
            return {"type": "string", "contentEncoding": "base64", "maxLength": -(-member.most // 3) * 4}
        case fields.Flag():
            return {"type": "boolean"}
        case fields.Whole():
            return {"type": "integer", "minimum": -_WHOLE, "maximum": _WHOLE}
        case fields.Number():
            return {"type": "number"}
        case fields.Choice():
            return {"type": "string", "enum": list(member.choices)}
        case fields.Moment():
            return {"type": "string", "format": "date-time", "pattern": f"^{fields.MOMENT.pattern}$"}
        case fields.Day():
            return {"type": "string", "format": "date"}
        case fields.Id():
            return dict(UUID)
        case fields.Many():
            return {"type": "array", "items": _schema(member.child), "maxItems": member.most}
        case Body():
            return body_schema(member)
    raise NotKnown(type(member).__name__)
