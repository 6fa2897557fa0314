"""A line of an invoice as a program sends it."""

from functools import partial
from typing import Any, ClassVar

from api.body import fields
from api.body.read import Body
from billing.purchasing.exchange.given import checked_quantity, checked_text
from core.exchange.external_id import checked_external_id
from core.money import DIGITS


def _text(name: str, **more: Any) -> Any:
    return fields.Text(check=partial(checked_text, name), **more)


class _LineBody(Body):
    of = "purchase"
    read_only_names: ClassVar[frozenset[str]] = frozenset(
        {"id", "item_id", "units", "match", "created_at", "updated_at"}
    )

    line = _text("line")
    code = _text("code")
    description = _text("description")
    quantity = fields.Number(check=checked_quantity)
    unit = _text("unit")
    currency = fields.Choice(tuple(DIGITS))
    is_freight = fields.Flag()


class PurchaseBody(_LineBody):
    """Found again by this id."""

    external_id = fields.Text(check=checked_external_id, required=True)
    vendor_id = fields.Id(required=True)
    invoice = _text("invoice", required=True)
    day = fields.Day(required=True)
    amount_minor = fields.Whole(required=True)


class PurchaseChangeBody(_LineBody):
    read_only_names: ClassVar[frozenset[str]] = _LineBody.read_only_names | {"external_id"}

    vendor_id = fields.Id()
    invoice = _text("invoice")
    day = fields.Day()
    amount_minor = fields.Whole()
