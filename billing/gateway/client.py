"""What we ask of Stripe. Every write has an idempotency key; what fails is tried again by the library, later and later
each time, and then becomes one of billing.errors.
"""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import stripe
from django.conf import settings

from billing.errors import NotOn
from billing.facts import CustomerFacts, Preview
from billing.gateway.catalogue import METER, PREFIX, id_of, lookup_key, prices, set_up, texts_key
from billing.gateway.reading import facts
from billing.gateway.told import told
from billing.plans import Interval, Plan

TRIES, TIMEOUT_SECONDS = 3, 20


class Gateway:
    """One account at Stripe, in the mode that its key says."""

    def __init__(self, *, key: str, base: str = "") -> None:
        self._client = stripe.StripeClient(
            key,
            base_addresses={"api": base} if base else {},
            max_network_retries=TRIES,
            http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        )

    def set_up(self) -> list[str]:
        """Make what is sold where it is missing; returns what was made."""
        return set_up(self._client)

    # --- Customers --------------------------------------------------------------------------------------------

    def make_customer(self, *, practice_id: UUID, name: str, email: str) -> str:
        """The id. Asked twice for one practice, it is one customer."""
        with told():
            made = self._client.v1.customers.create(
                {"name": name, "email": email, "metadata": {"practice": str(practice_id)}},
                {"idempotency_key": f"{PREFIX}-customer-{practice_id}"},
            )
        return str(made.id)

    def credit(self, *, customer: str, minor: int, currency: str, says: str, once: str) -> str:
        """What the next invoices are paid from first. The id of it; asked twice with one key, it is one credit."""
        with told():
            made = self._client.v1.customers.balance_transactions.create(
                customer,
                {"amount": -minor, "currency": currency.lower(), "description": says},
                {"idempotency_key": once},
            )
        return str(made.id)

    def change_email(self, *, customer: str, email: str, once: str) -> None:
        with told():
            self._client.v1.customers.update(customer, {"email": email}, {"idempotency_key": once})

    def add_tax_id(self, *, customer: str, value: str, once: str) -> None:
        """An employer identification number. Raises DomainError for one that cannot be."""
        with told(field="value"):
            self._client.v1.customers.tax_ids.create(
                customer, {"type": "us_ein", "value": value}, {"idempotency_key": once}
            )

    def remove_tax_id(self, *, customer: str, tax_id: str) -> None:
        with told():
            self._client.v1.customers.tax_ids.delete(customer, tax_id)

    # --- Pages of Stripe --------------------------------------------------------------------------------------

    def checkout(
        self,
        *,
        customer: str,
        practice_id: UUID,
        plan: Plan,
        interval: Interval,
        quantity: int,
        trial_days: int,
        done: str,
        back: str,
        once: str,
    ) -> str:
        """Where to pay. trial_days: 0 for none; with some, no card is needed, and without one it ends with them."""
        with told():
            sold = prices(self._client)
            items: list[Any] = [{"price": id_of(sold, lookup_key(plan.key, interval)), "quantity": quantity}]
            items.append({"price": id_of(sold, texts_key(interval))})
            data: dict[str, Any] = {"metadata": {"practice": str(practice_id)}}
            if trial_days:
                ending = {"end_behavior": {"missing_payment_method": "cancel"}}
                data |= {"trial_period_days": trial_days, "trial_settings": ending}
            params: Any = {
                "mode": "subscription",
                "customer": customer,
                "client_reference_id": str(practice_id),
                "line_items": items,
                "payment_method_collection": "if_required" if trial_days else "always",
                "subscription_data": data,
                "success_url": done,
                "cancel_url": back,
            }
            session = self._client.v1.checkout.sessions.create(params, {"idempotency_key": once})
        return str(session.url)

    def portal(self, *, customer: str, back: str, once: str) -> str:
        """Where cards are kept and open invoices paid."""
        with told():
            session = self._client.v1.billing_portal.sessions.create(
                {"customer": customer, "return_url": back}, {"idempotency_key": once}
            )
        return str(session.url)

    # --- Subscriptions ----------------------------------------------------------------------------------------

    def preview(
        self, *, customer: str, subscription: str, item: str, plan: str, interval: str, quantity: int, at: int
    ) -> Preview:
        """What the change would cost at `at` (seconds since 1970). Nothing is changed."""
        with told():
            items = self._items(subscription, item=item, plan=plan, interval=interval, quantity=quantity)
            found = self._client.v1.invoices.create_preview(
                {
                    "customer": customer,
                    "subscription": subscription,
                    "subscription_details": {
                        "items": items,
                        "proration_behavior": "always_invoice",
                        "proration_date": at,
                    },
                }
            )
        lines = tuple((str(one.description or ""), int(one.amount)) for one in found.lines.data)
        return Preview(due=int(found.total), currency=str(found.currency).upper(), lines=lines, at=at)

    def change(
        self, *, subscription: str, item: str, plan: str, interval: str, quantity: int, at: int | None, once: str
    ) -> None:
        """Another plan, interval or number of locations; the difference is charged at once, as it was shown at `at`."""
        with told():
            params: Any = {
                "items": self._items(subscription, item=item, plan=plan, interval=interval, quantity=quantity),
                "proration_behavior": "always_invoice",
            } | ({} if at is None else {"proration_date": at})
            self._client.v1.subscriptions.update(subscription, params, {"idempotency_key": once})

    def _items(self, subscription: str, *, item: str, plan: str, interval: str, quantity: int) -> list[Any]:
        """What a change asks for: the plan's item, and the texts' where they are charged in another rhythm so far."""
        sold = prices(self._client)
        wanted = id_of(sold, texts_key(Interval(interval)))
        items: list[Any] = [{"id": item, "price": id_of(sold, lookup_key(plan, interval)), "quantity": quantity}]
        there = self._client.v1.subscriptions.retrieve(subscription)["items"].data
        texts = [one for one in there if one.id != item]
        if [one.price.id for one in texts] != [wanted]:
            items += [{"id": one.id, "deleted": True} for one in texts] + [{"price": wanted}]
        return items

    def end_with_period(self, *, subscription: str, ends: bool, once: str) -> None:
        with told():
            self._client.v1.subscriptions.update(
                subscription, {"cancel_at_period_end": ends}, {"idempotency_key": once}
            )

    def end_now(self, *, subscription: str) -> None:
        """What is owed for it is let go: Stripe leaves its open invoices open, to be paid. Safe to ask twice."""
        with told():
            try:
                self._client.v1.subscriptions.cancel(subscription)
            except stripe.InvalidRequestError as error:
                if error.code != "resource_missing":
                    raise
            owed = self._client.v1.invoices.list({"subscription": subscription, "status": "open", "limit": 100})
            for one in owed.auto_paging_iter():
                self._client.v1.invoices.void_invoice(str(one.id), {}, {"idempotency_key": f"{PREFIX}-let-go-{one.id}"})

    def pay(self, *, invoice: str, once: str) -> None:
        """Try the card again. Raises Declined."""
        with told():
            self._client.v1.invoices.pay(invoice, None, {"idempotency_key": once})

    def pdf_of(self, invoice: str) -> str:
        """Where its PDF is now."""
        with told():
            return str(self._client.v1.invoices.retrieve(invoice).invoice_pdf or "")

    def count_texts(self, *, customer: str, number: int, identifier: str, at: datetime) -> None:
        """Told twice with one identifier, they count once."""
        with told():
            try:
                self._client.v1.billing.meter_events.create(
                    {
                        "event_name": METER,
                        "identifier": identifier,
                        "timestamp": int(at.timestamp()),
                        "payload": {"stripe_customer_id": customer, "value": str(number)},
                    },
                    {"idempotency_key": f"{PREFIX}-texts-{identifier}"},
                )
            except stripe.InvalidRequestError as error:
                if "already exists" not in str(error.user_message or error):
                    raise

    def facts(self, customer: str) -> CustomerFacts:
        """Everything that we keep of one customer. Raises Unreachable, Conflict for one that Stripe does not know."""
        return facts(self._client, customer)


@cache
def _gateway(key: str, base: str) -> Gateway:
    return Gateway(key=key, base=base)


def gateway() -> Gateway:
    """Raises NotOn where no key is set."""
    if not settings.STRIPE_SECRET_KEY:
        raise NotOn
    return _gateway(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)
