"""Invoices: made for a period, charged to the customer's card, tried again when that fails."""

from typing import Any

from infra.fakes.stripe.customers import card_pays
from infra.fakes.stripe.form import only
from infra.fakes.stripe.refused import Refused
from infra.fakes.stripe.state import State, Thing, listed

DAY = 86_400
# When a charge that failed is tried again, after the first time; then never.
RETRIES = (3 * DAY, 5 * DAY, 7 * DAY)
Line = tuple[str, int, int]


def make(state: State, subscription: Thing, lines: list[Line], *, reason: str, period: tuple[int, int]) -> Thing:
    """lines: words, quantity and cents of each. The number counts up by customer."""
    customer = state.get("customer", subscription["customer"])
    number = 1 + sum(one["customer"] == customer["id"] for one in state.of("invoice").values())
    made = state.make("invoice", "in", **drawn(state, subscription, lines, reason=reason, period=period))
    customer["balance"] = made["ending_balance"]
    made["number"] = f"{customer['id'][-6:].upper()}-{number:04}"
    made["hosted_invoice_url"] = f"/pages/invoices/{made['id']}"
    made["invoice_pdf"] = f"/pages/invoices/{made['id']}.pdf"
    subscription["latest_invoice"] = made["id"]
    state.emit("invoice.created", made)
    state.emit("invoice.finalized", made)
    return made


def drawn(
    state: State, subscription: Thing, lines: list[Line], *, reason: str, period: tuple[int, int]
) -> dict[str, Any]:
    """The fields of an invoice, also of one that is only looked at."""
    total = sum(cents for _, _, cents in lines)
    customer = state.get("customer", subscription["customer"])
    # A credit is used up first; what an invoice gives back is one for the next.
    balance = customer["balance"]
    due = max(0, total + balance)
    span = {"start": period[0], "end": period[1]}
    return {
        "customer": customer["id"],
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "currency": "usd",
        "status": "open",
        "billing_reason": reason,
        "collection_method": "charge_automatically",
        "amount_due": due,
        "amount_paid": 0,
        "amount_remaining": due,
        "starting_balance": balance,
        "ending_balance": min(0, total + balance),
        "total": total,
        "subtotal": total,
        "attempt_count": 0,
        "attempted": False,
        "next_payment_attempt": None,
        "auto_advance": True,
        "number": None,
        "period_start": period[0],
        "period_end": period[1],
        "metadata": {},
        "hosted_invoice_url": None,
        "invoice_pdf": None,
        "default_payment_method": None,
        "description": None,
        "parent": {
            "type": "subscription_details",
            "quote_details": None,
            "subscription_details": {"subscription": subscription["id"], "metadata": subscription["metadata"]},
        },
        "status_transitions": {
            "finalized_at": state.now,
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
        "lines": {
            "object": "list",
            "url": "/v1/invoices/lines",
            "has_more": False,
            "data": [
                {
                    "id": f"il_{number}",
                    "object": "line_item",
                    "amount": cents,
                    "subtotal": cents,
                    "currency": "usd",
                    "description": words,
                    "quantity": quantity,
                    "period": span,
                    "livemode": False,
                    "discounts": [],
                    "discountable": True,
                    "metadata": {},
                    "subscription": subscription["id"],
                }
                for number, (words, quantity, cents) in enumerate(lines)
            ],
        },
    }


def charge(state: State, invoice: Thing) -> bool:
    """Try the customer's card once; whether it was paid. A failed one is tried again later, a few times."""
    if invoice["amount_due"] == 0 or card_pays(state, invoice["customer"]):
        invoice.update(
            status="paid",
            amount_paid=invoice["amount_due"],
            amount_remaining=0,
            attempted=True,
            next_payment_attempt=None,
        )
        invoice["attempt_count"] += 1 if invoice["amount_due"] else 0
        invoice["status_transitions"]["paid_at"] = state.now
        state.emit("invoice.paid", invoice)
        return True
    tries = invoice["attempt_count"]
    invoice.update(
        attempted=True,
        attempt_count=tries + 1,
        next_payment_attempt=state.now + RETRIES[tries] if tries < len(RETRIES) else None,
    )
    state.emit("invoice.payment_failed", invoice)
    return False


def pay(state: State, id: str, given: dict[str, Any]) -> Thing:
    """Raises Refused where it is not open, or its card declined it."""
    only(given)
    invoice = state.get("invoice", id)
    if invoice["status"] != "open":
        raise Refused(400, f"Invoice is {invoice['status']}.", code="invoice_not_editable")
    if not charge(state, invoice):
        raise Refused(402, "Your card was declined.", kind="card_error", code="card_declined")
    return invoice


def void(state: State, id: str, given: dict[str, Any]) -> Thing:
    """Nobody pays it any more. Raises Refused where it is settled."""
    only(given)
    invoice = state.get("invoice", id)
    if invoice["status"] not in ("open", "uncollectible"):
        raise Refused(400, f"Invoice is {invoice['status']}.", code="invoice_not_editable")
    invoice.update(status="void", amount_remaining=0, next_payment_attempt=None, auto_advance=False)
    invoice["status_transitions"]["voided_at"] = state.now
    state.emit("invoice.voided", invoice)
    return invoice


def find(state: State, given: dict[str, Any]) -> Thing:
    only(given, "customer", "subscription", "limit", "starting_after", "status")
    found = [
        one
        for one in state.of("invoice").values()
        if given.get("customer") in (None, one["customer"])
        and given.get("status") in (None, one["status"])
        and given.get("subscription") in (None, one["parent"]["subscription_details"]["subscription"])
    ]
    return listed(found, "/v1/invoices", given)
