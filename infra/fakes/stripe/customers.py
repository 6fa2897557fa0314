"""Customers, their cards and their tax ids."""

from typing import Any

from infra.fakes.stripe.form import only
from infra.fakes.stripe.refused import Refused
from infra.fakes.stripe.state import State, Thing, listed

# As Stripe's own test cards end: one that pays, one that the bank refuses, one that is refused when it is charged.
PAYS, REFUSED_AT_ONCE, REFUSED_LATER = "4242", "0002", "0341"
CARDS = {
    PAYS: "A card that pays",
    REFUSED_LATER: "A card that is taken now and declined when it is charged",
    REFUSED_AT_ONCE: "A card that is declined at once",
}


def make(state: State, given: dict[str, Any]) -> Thing:
    only(given, "email", "name", "metadata", "address", "description")
    made = state.make(
        "customer",
        "cus",
        email=given.get("email"),
        name=given.get("name"),
        metadata=given.get("metadata", {}),
        address=given.get("address"),
        description=given.get("description"),
        delinquent=False,
        currency="usd",
        balance=0,
        invoice_settings={
            "default_payment_method": None,
            "custom_fields": None,
            "footer": None,
            "rendering_options": None,
        },
    )
    state.emit("customer.created", made)
    return made


def change(state: State, id: str, given: dict[str, Any]) -> Thing:
    only(given, "email", "name", "metadata", "address", "description")
    customer = state.get("customer", id)
    customer.update({key: value for key, value in given.items() if key != "expand"})
    state.emit("customer.updated", customer)
    return customer


def put_card(state: State, id: str, last4: str) -> Thing:
    """A card of that number becomes the customer's default. Raises Refused where its bank refuses it at once."""
    if last4 not in CARDS:
        raise Refused(400, "There is no such card.", param="card")
    if last4 == REFUSED_AT_ONCE:
        raise Refused(402, "Your card was declined.", kind="card_error", code="card_declined")
    customer = state.get("customer", id)
    method = state.make(
        "payment_method",
        "pm",
        type="card",
        customer=id,
        metadata={},
        billing_details={"email": customer["email"], "name": customer["name"], "phone": None, "address": None},
        card={"brand": "visa", "last4": last4, "exp_month": 8, "exp_year": 2034, "funding": "credit", "country": "US"},
    )
    customer["invoice_settings"]["default_payment_method"] = method["id"]
    state.emit("payment_method.attached", method)
    state.emit("customer.updated", customer)
    return method


def card_pays(state: State, id: str) -> bool:
    method = state.get("customer", id)["invoice_settings"]["default_payment_method"]
    return bool(method) and state.get("payment_method", method)["card"]["last4"] == PAYS


def make_tax_id(state: State, customer: str, given: dict[str, Any]) -> Thing:
    only(given, "type", "value")
    state.get("customer", customer)
    value = str(given["value"])
    if given["type"] == "us_ein" and not (len(value) == 10 and value[2] == "-" and value.replace("-", "").isdigit()):
        raise Refused(400, f"Invalid value for us_ein: {value}", code="tax_id_invalid", param="value")
    made = state.make(
        "tax_id",
        "txi",
        type=given["type"],
        value=value,
        customer=customer,
        country="US",
        verification={"status": "unavailable", "verified_address": None, "verified_name": None},
    )
    state.emit("customer.tax_id.created", made)
    return made


def adjust_balance(state: State, customer: str, given: dict[str, Any]) -> Thing:
    """A negative amount is a credit, which the next invoices are paid from first."""
    only(given, "amount", "currency", "description", "metadata")
    of = state.get("customer", customer)
    of["balance"] += int(given["amount"])
    made = state.make(
        "customer_balance_transaction",
        "cbtxn",
        amount=int(given["amount"]),
        currency=given["currency"],
        customer=customer,
        description=given.get("description"),
        ending_balance=of["balance"],
        metadata=given.get("metadata", {}),
        type="adjustment",
        invoice=None,
        credit_note=None,
        checkout_session=None,
        customer_account=None,
    )
    state.emit("customer.updated", of)
    return made


def list_tax_ids(state: State, customer: str, given: dict[str, Any]) -> Thing:
    only(given, "limit", "starting_after")
    mine = [one for one in state.of("tax_id").values() if one["customer"] == customer]
    return listed(mine, f"/v1/customers/{customer}/tax_ids", given)


def remove_tax_id(state: State, customer: str, id: str) -> Thing:
    found = state.get("tax_id", id)
    if found["customer"] != customer:
        raise Refused(404, f"No such tax id: '{id}'", code="resource_missing")
    del state.of("tax_id")[id]
    state.emit("customer.tax_id.deleted", found)
    return {"id": id, "object": "tax_id", "deleted": True}
