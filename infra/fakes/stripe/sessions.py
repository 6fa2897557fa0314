"""Checkout and the Portal: what a session of each is, and what a press on their pages does."""

from typing import Any

from infra.fakes.stripe import customers, invoices, subscriptions
from infra.fakes.stripe.form import is_yes, only
from infra.fakes.stripe.refused import Refused
from infra.fakes.stripe.state import State, Thing

DAY = 86_400


def make_checkout(state: State, given: dict[str, Any]) -> Thing:
    only(
        given,
        "mode",
        "customer",
        "line_items",
        "success_url",
        "cancel_url",
        "client_reference_id",
        "metadata",
        "payment_method_collection",
        "subscription_data",
        "tax_id_collection",
        "customer_update",
        "billing_address_collection",
        "automatic_tax",
    )
    if given["mode"] != "subscription":
        raise Refused(400, "This stand-in checks out subscriptions only.", param="mode")
    state.get("customer", given["customer"])
    for one in given["line_items"]:
        state.get("price", one["price"])
    made = state.make(
        "checkout.session",
        "cs_test",
        mode="subscription",
        customer=given["customer"],
        status="open",
        payment_status="unpaid",
        success_url=given["success_url"],
        cancel_url=given.get("cancel_url"),
        client_reference_id=given.get("client_reference_id"),
        metadata=given.get("metadata", {}),
        subscription=None,
        payment_method_collection=given.get("payment_method_collection", "always"),
        expires_at=state.now + DAY,
        custom_fields=[],
        payment_method_types=["card"],
        shipping_options=[],
        currency="usd",
    )
    made["url"] = f"/pages/checkout/{made['id']}"
    state.of("checkout.given")[made["id"]] = {
        "line_items": given["line_items"],
        "subscription_data": given.get("subscription_data", {}),
    }
    return made


def trial_days(state: State, session: Thing) -> int:
    return int(state.of("checkout.given")[session["id"]]["subscription_data"].get("trial_period_days") or 0)


def complete(state: State, id: str, card: str) -> Thing:
    """card: the end of a number; "" for none. Raises Refused for a card that is declined, or that is missing."""
    session = state.get("checkout.session", id)
    if session["status"] != "open":
        raise Refused(400, "This page was used already.")
    if session["expires_at"] <= state.now:
        session["status"] = "expired"
        raise Refused(400, "This page is too old. Go back and begin again.")
    given, days = state.of("checkout.given")[id], trial_days(state, session)
    if card:
        customers.put_card(state, session["customer"], card)
    elif not (days and session["payment_method_collection"] == "if_required"):
        raise Refused(402, "Choose a card.", kind="card_error", code="missing")
    made = subscriptions.start(
        state, session["customer"], given["line_items"], trial_days=days, settings=given["subscription_data"]
    )
    session.update(
        status="complete", payment_status="no_payment_required" if days else "paid", subscription=made["id"], url=None
    )
    state.emit("checkout.session.completed", session)
    return session


def make_portal(state: State, given: dict[str, Any]) -> Thing:
    only(given, "customer", "return_url", "flow_data", "configuration")
    state.get("customer", given["customer"])
    made = state.make(
        "billing_portal.session",
        "bps",
        customer=given["customer"],
        return_url=given.get("return_url"),
        configuration="bpc_test",
        locale=None,
        on_behalf_of=None,
    )
    made["url"] = f"/pages/portal/{made['id']}"
    return made


def press(state: State, id: str, pressed: dict[str, Any]) -> str:
    """One press in the Portal; returns what to say. Raises Refused."""
    session = state.get("billing_portal.session", id)
    if card := pressed.get("card"):
        customers.put_card(state, session["customer"], card)
        return "The card is kept."
    if invoice := pressed.get("pay"):
        found = state.get("invoice", invoice)
        if found["customer"] != session["customer"]:
            raise Refused(404, "No such invoice", code="resource_missing")
        invoices.pay(state, invoice, {})
        subscriptions.paid(state, found)
        return "The invoice is paid."
    if ends := pressed.get("ends"):
        for one in state.of("subscription").values():
            if one["customer"] == session["customer"] and one["status"] in subscriptions.OPEN:
                subscriptions.change(state, one["id"], {"cancel_at_period_end": is_yes(ends)})
        return "It ends with the period." if is_yes(ends) else "It goes on."
    raise Refused(400, "Nothing was chosen.")
