"""Products, prices and meters."""

from typing import Any

from infra.fakes.stripe.form import only
from infra.fakes.stripe.refused import Refused
from infra.fakes.stripe.state import State, Thing, listed


def make_product(state: State, given: dict[str, Any]) -> Thing:
    only(given, "name", "metadata", "description")
    return state.make(
        "product",
        "prod",
        active=True,
        name=given["name"],
        description=given.get("description"),
        images=[],
        marketing_features=[],
        metadata=given.get("metadata", {}),
        updated=state.now,
        type="service",
    )


def make_price(state: State, given: dict[str, Any]) -> Thing:
    only(
        given,
        "currency",
        "unit_amount",
        "recurring",
        "product",
        "lookup_key",
        "billing_scheme",
        "tiers",
        "tiers_mode",
        "metadata",
        "nickname",
        "transfer_lookup_key",
    )
    state.get("product", given["product"])
    key = given.get("lookup_key")
    if key and any(one["lookup_key"] == key for one in state.of("price").values()):
        raise Refused(400, f"A price already uses the lookup key {key}.", param="lookup_key")
    recurring = dict(given["recurring"])
    recurring = {
        "interval": recurring["interval"],
        "interval_count": 1,
        "usage_type": "licensed",
        "meter": None,
    } | recurring
    tiers = [
        {"up_to": None if one["up_to"] == "inf" else int(one["up_to"]), "unit_amount": int(one["unit_amount"])}
        for one in given.get("tiers", [])
    ]
    amount = given.get("unit_amount")
    return state.make(
        "price",
        "price",
        active=True,
        currency=given["currency"],
        product=given["product"],
        lookup_key=key,
        recurring=recurring,
        billing_scheme=given.get("billing_scheme", "per_unit"),
        tiers=tiers or None,
        tiers_mode=given.get("tiers_mode"),
        type="recurring",
        nickname=given.get("nickname"),
        metadata=given.get("metadata", {}),
        unit_amount=None if amount is None else int(amount),
    )


def list_prices(state: State, given: dict[str, Any]) -> Thing:
    only(given, "lookup_keys", "active", "limit", "starting_after", "type")
    keys = given.get("lookup_keys")
    found = [one for one in state.of("price").values() if not keys or one["lookup_key"] in keys]
    return listed(found, "/v1/prices", given)


def make_meter(state: State, given: dict[str, Any]) -> Thing:
    only(given, "display_name", "event_name", "default_aggregation", "customer_mapping", "value_settings")
    if any(one["event_name"] == given["event_name"] for one in state.of("billing.meter").values()):
        raise Refused(400, "A meter already counts this event.", param="event_name")
    return state.make(
        "billing.meter",
        "mtr",
        display_name=given["display_name"],
        event_name=given["event_name"],
        default_aggregation=given["default_aggregation"],
        status="active",
        updated=state.now,
        event_time_window=None,
        customer_mapping=given.get("customer_mapping", {"event_payload_key": "stripe_customer_id", "type": "by_id"}),
        status_transitions={"deactivated_at": None},
        value_settings=given.get("value_settings", {"event_payload_key": "value"}),
    )


def list_meters(state: State, given: dict[str, Any]) -> Thing:
    only(given, "limit", "starting_after", "status")
    return listed(list(state.of("billing.meter").values()), "/v1/billing/meters", given)


def count(state: State, given: dict[str, Any]) -> Thing:
    """A meter event. Its identifier counts once, as Stripe promises for at least a day."""
    only(given, "event_name", "payload", "identifier", "timestamp")
    if not any(one["event_name"] == given["event_name"] for one in state.of("billing.meter").values()):
        raise Refused(400, f"No meter counts {given['event_name']}.", param="event_name")
    payload = given["payload"]
    state.get("customer", payload["stripe_customer_id"])
    seen = state.of("billing.meter_event")
    if given["identifier"] in seen:
        raise Refused(
            400,
            f"An event already exists with identifier {given['identifier']}.",
            code="resource_already_exists",
            param="identifier",
        )
    made = {
        "object": "billing.meter_event",
        "event_name": given["event_name"],
        "identifier": given["identifier"],
        "payload": payload,
        "timestamp": int(given.get("timestamp") or state.now),
        "created": state.now,
        "livemode": False,
    }
    seen[given["identifier"]] = made
    return made


def metered(state: State, customer: str, start: int, end: int) -> int:
    """What was counted for a customer in [start, end)."""
    return sum(
        int(one["payload"]["value"])
        for one in state.of("billing.meter_event").values()
        if one["payload"]["stripe_customer_id"] == customer and start <= one["timestamp"] < end
    )


def cost(price: Thing, quantity: int) -> int:
    """In cents. Tiers are graduated: each part at the price of its own tier."""
    if not price["tiers"]:
        return int(price["unit_amount"]) * quantity
    total = before = 0
    for tier in price["tiers"]:
        upper = quantity if tier["up_to"] is None else min(quantity, tier["up_to"])
        total += max(0, upper - before) * tier["unit_amount"]
        before = max(before, upper)
    return total
