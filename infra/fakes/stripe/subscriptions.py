"""Subscriptions through their life: trial, active, past due, changed, cancelled; driven by the clock."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from infra.fakes.stripe import invoices
from infra.fakes.stripe.catalogue import cost, metered
from infra.fakes.stripe.form import is_yes, only
from infra.fakes.stripe.invoices import DAY, Line
from infra.fakes.stripe.refused import Refused
from infra.fakes.stripe.state import State, Thing, listed

OPEN = ("trialing", "active", "past_due")


def start(
    state: State, customer: str, items: list[dict[str, Any]], *, trial_days: int, settings: dict[str, Any]
) -> Thing:
    """A new one. Without a trial its first invoice is charged at once: raises Refused where that fails."""
    _check_rhythm(state, [one["price"] for one in items])
    now = state.now
    trial_end = now + trial_days * DAY if trial_days else None
    made = state.make(
        "subscription",
        "sub",
        customer=customer,
        status="trialing" if trial_end else "active",
        start_date=now,
        trial_start=now if trial_end else None,
        trial_end=trial_end,
        cancel_at_period_end=False,
        cancel_at=None,
        canceled_at=None,
        ended_at=None,
        collection_method="charge_automatically",
        currency="usd",
        discounts=[],
        billing_cycle_anchor=trial_end or now,
        latest_invoice=None,
        default_payment_method=None,
        metadata=settings.get("metadata", {}),
        trial_settings=settings.get("trial_settings"),
        description=None,
    )
    made["items"] = {"object": "list", "url": "/v1/subscription_items", "has_more": False, "data": []}
    for one in items:
        _add(state, made, one, period=(now, trial_end or _later(now, _interval(state, items))))
    lines: list[Line] = [("Trial", 1, 0)] if trial_end else _lines(state, made, metered_in=None)
    first = invoices.make(state, made, lines, reason="subscription_create", period=_period(made))
    if not invoices.charge(state, first):
        del state.of("subscription")[made["id"]], state.of("invoice")[first["id"]]
        raise Refused(402, "Your card was declined.", kind="card_error", code="card_declined")
    state.emit("customer.subscription.created", made)
    return made


def change(state: State, id: str, given: dict[str, Any]) -> Thing:
    """Other prices or quantities, charged at once for the rest of the period; an end with the period, or none."""
    only(given, "items", "proration_behavior", "proration_date", "cancel_at_period_end", "metadata", "payment_behavior")
    subscription = state.get("subscription", id)
    if subscription["status"] not in OPEN:
        raise Refused(400, "This subscription has ended.", code="resource_missing")
    if "cancel_at_period_end" in given:
        ends = is_yes(given["cancel_at_period_end"])
        subscription["cancel_at_period_end"] = ends
        subscription["cancel_at"] = _period(subscription)[1] if ends else None
        subscription["canceled_at"] = state.now if ends else None
    if "items" in given:
        lines, period = changed(state, subscription, given)
        _take_items(state, subscription, given["items"], period)
        if subscription["status"] != "trialing" and sum(cents for *_, cents in lines):
            invoice = invoices.make(state, subscription, lines, reason="subscription_update", period=period)
            if not invoices.charge(state, invoice):
                subscription["status"] = "past_due"
    state.emit("customer.subscription.updated", subscription)
    return subscription


def changed(state: State, subscription: Thing, given: dict[str, Any]) -> tuple[list[Line], tuple[int, int]]:
    """What a change would cost now, and the period that follows it. Nothing is written."""
    at = int(given.get("proration_date") or state.now)
    start, end = _period(subscription)
    old = [one for one in subscription["items"]["data"] if one["price"]["recurring"]["usage_type"] == "licensed"]
    new = [(state.get("price", one["price"]), int(one["quantity"])) for one in given["items"] if one.get("quantity")]
    is_other = bool(new) and new[0][0]["recurring"]["interval"] != old[0]["price"]["recurring"]["interval"]
    period = (at, _later(at, new[0][0]["recurring"]["interval"])) if is_other else (start, end)
    if subscription["status"] == "trialing":
        return [], (start, end)
    left = min(max(0, end - at), end - start)
    lines: list[Line] = []
    for one in old:
        unused = round(Fraction(cost(one["price"], one["quantity"]) * left, end - start))
        lines.append(("Unused time", one["quantity"], -unused))
    lines += _counted(state, subscription, given["items"], until=at)
    for price, quantity in new:
        whole = cost(price, quantity)
        lines.append(("Remaining time", quantity, whole if is_other else round(Fraction(whole * left, end - start))))
    return lines, period


def preview(state: State, given: dict[str, Any]) -> Thing:
    """The invoice that a change would make."""
    only(given, "customer", "subscription", "subscription_details")
    subscription = state.get("subscription", given["subscription"])
    lines, period = changed(state, subscription, given["subscription_details"])
    return {
        "id": f"upcoming_in_{subscription['id']}",
        "object": "invoice",
        "livemode": False,
        "created": state.now,
        **invoices.drawn(state, subscription, lines, reason="subscription_update", period=period),
        "status": "draft",
    }


def cancel(state: State, subscription: Thing) -> Thing:
    """It ends now. What is owed for it stays open, as at Stripe, and is not tried again by itself."""
    if subscription["status"] not in OPEN:
        raise Refused(404, "This subscription has ended.", code="resource_missing")
    subscription.update(status="canceled", ended_at=state.now, canceled_at=subscription["canceled_at"] or state.now)
    for one in list(state.of("invoice").values()):
        if one["status"] == "open" and one["parent"]["subscription_details"]["subscription"] == subscription["id"]:
            one.update(auto_advance=False, next_payment_attempt=None)
            state.emit("invoice.updated", one)
    state.emit("customer.subscription.deleted", subscription)
    return subscription


def paid(state: State, invoice: Thing) -> None:
    """An invoice was paid late: its subscription goes on."""
    subscription = state.get("subscription", invoice["parent"]["subscription_details"]["subscription"])
    if subscription["status"] == "past_due":
        subscription["status"] = "active"
        state.emit("customer.subscription.updated", subscription)


def find(state: State, given: dict[str, Any]) -> Thing:
    only(given, "customer", "status", "limit", "starting_after")
    wanted = given.get("status")
    found = [
        one
        for one in state.of("subscription").values()
        if given.get("customer") in (None, one["customer"])
        and (wanted == "all" or (one["status"] == wanted if wanted else one["status"] != "canceled"))
    ]
    return listed(found, "/v1/subscriptions", given)


def tick(state: State) -> None:
    """Do whatever is due by the clock."""
    for subscription in list(state.of("subscription").values()):
        while subscription["status"] in OPEN and _step(state, subscription):
            pass
    for invoice in list(state.of("invoice").values()):
        due = invoice["next_payment_attempt"]
        if invoice["status"] == "open" and due is not None and due <= state.now and invoices.charge(state, invoice):
            paid(state, invoice)


def _step(state: State, subscription: Thing) -> bool:
    start, end = _period(subscription)
    if subscription["status"] == "trialing" and state.now >= end - 3 * DAY and not subscription.get("told"):
        subscription["told"] = True
        told = {key: value for key, value in subscription.items() if key != "told"}
        state.emit("customer.subscription.trial_will_end", told)
    if state.now < end:
        return False
    has_card = state.get("customer", subscription["customer"])["invoice_settings"]["default_payment_method"]
    ends_without = ((subscription["trial_settings"] or {}).get("end_behavior") or {}).get("missing_payment_method")
    if subscription["cancel_at_period_end"] or (
        subscription["status"] == "trialing" and not has_card and ends_without == "cancel"
    ):
        cancel(state, subscription)
        return False
    was_trial = subscription["status"] == "trialing"
    period = (end, _later(end, subscription["items"]["data"][0]["price"]["recurring"]["interval"]))
    lines = _lines(state, subscription, metered_in=None if was_trial else (start, end))
    for one in subscription["items"]["data"]:
        one["current_period_start"], one["current_period_end"] = period
    invoice = invoices.make(state, subscription, lines, reason="subscription_cycle", period=period)
    subscription["status"] = "active" if invoices.charge(state, invoice) else "past_due"
    state.emit("customer.subscription.updated", subscription)
    return True


def _lines(state: State, subscription: Thing, *, metered_in: tuple[int, int] | None) -> list[Line]:
    """What the period ahead costs, and what was counted in the one that is over."""
    lines: list[Line] = []
    for one in subscription["items"]["data"]:
        price = one["price"]
        if price["recurring"]["usage_type"] == "licensed":
            lines.append((f"{one['quantity']} × {price['nickname']}", one["quantity"], cost(price, one["quantity"])))
        elif metered_in is not None:
            counted = metered(state, subscription["customer"], *metered_in)
            lines.append((price["nickname"], counted, cost(price, counted)))
    return lines


def _counted(state: State, subscription: Thing, given: list[dict[str, Any]], *, until: int) -> list[Line]:
    """What was counted by items that a change removes: charged with it, as nothing counts it later."""
    gone = {one["id"] for one in given if is_yes(one.get("deleted", "false"))}
    start, _ = _period(subscription)
    counted = metered(state, subscription["customer"], start, until)
    return [
        (one["price"]["nickname"], counted, cost(one["price"], counted))
        for one in subscription["items"]["data"]
        if one["id"] in gone
    ]


def _take_items(state: State, subscription: Thing, given: list[dict[str, Any]], period: tuple[int, int]) -> None:
    """Raises Refused for an item that is not there, and for prices that are not all charged in one rhythm."""
    known = {one["id"]: one for one in subscription["items"]["data"]}
    if any("id" in one and one["id"] not in known for one in given):
        raise Refused(400, "There is no such item in this subscription.", param="items")
    gone = {one["id"] for one in given if is_yes(one.get("deleted", "false"))}
    prices = {id: item["price"]["id"] for id, item in known.items() if id not in gone}
    prices |= {one.get("id", str(place)): one["price"] for place, one in enumerate(given) if "price" in one}
    _check_rhythm(state, list(prices.values()))
    for one in given:
        if one.get("id") in gone:
            subscription["items"]["data"].remove(known[one["id"]])
        elif "id" in one:
            known[one["id"]].update(price=state.get("price", one["price"]), quantity=int(one["quantity"]))
        else:
            _add(state, subscription, one, period=period)
    for item in subscription["items"]["data"]:
        item["current_period_start"], item["current_period_end"] = period


def _check_rhythm(state: State, prices: list[str]) -> None:
    if len({state.get("price", one)["recurring"]["interval"] for one in prices}) > 1:
        raise Refused(400, "All prices of a subscription must have the same interval.", param="items")


def _add(state: State, subscription: Thing, one: dict[str, Any], *, period: tuple[int, int]) -> None:
    price = state.get("price", one["price"])
    item = state.make(
        "subscription_item",
        "si",
        price=price,
        subscription=subscription["id"],
        metadata={},
        discounts=[],
        current_period_start=period[0],
        current_period_end=period[1],
    )
    del item["livemode"]
    if price["recurring"]["usage_type"] == "licensed":
        item["quantity"] = int(one.get("quantity") or 1)
    subscription["items"]["data"].append(item)


def _interval(state: State, items: list[dict[str, Any]]) -> str:
    return str(state.get("price", items[0]["price"])["recurring"]["interval"])


def _period(subscription: Thing) -> tuple[int, int]:
    first = subscription["items"]["data"][0]
    return first["current_period_start"], first["current_period_end"]


def _later(at: int, interval: str) -> int:
    """A month or a year later, at the same hour; on the 28th at the latest."""
    moment = datetime.fromtimestamp(at, UTC)
    months = moment.year * 12 + moment.month - 1 + (12 if interval == "year" else 1)
    return int(moment.replace(year=months // 12, month=months % 12 + 1, day=min(moment.day, 28)).timestamp())
