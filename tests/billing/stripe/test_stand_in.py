"""The stand-in of Stripe behaves as Stripe in what we lean on, and its objects are those of Stripe's own library."""

import re
from uuid import uuid4

import pytest
import requests
import stripe as library

from billing.errors import Unreachable
from billing.gateway import gateway
from billing.models import Invoice
from core.errors import Conflict, DomainError
from infra.fakes.stripe.server import Server
from infra.fakes.stripe.state import API_VERSION, State
from tests.fake_stripe import KEY

TYPES = {
    "customer": library.Customer,
    "subscription": library.Subscription,
    "subscription_item": library.SubscriptionItem,
    "invoice": library.Invoice,
    "price": library.Price,
    "product": library.Product,
    "payment_method": library.PaymentMethod,
    "tax_id": library.TaxId,
    "customer_balance_transaction": library.CustomerBalanceTransaction,
    "billing.meter": library.billing.Meter,
    "billing.meter_event": library.billing.MeterEvent,
    "checkout.session": library.checkout.Session,
    "billing_portal.session": library.billing_portal.Session,
    "event": library.Event,
}
# What billing.gateway reads: of these none may be missing.
READ = {
    "customer": {"id", "email", "invoice_settings"},
    "subscription": {"id", "status", "items", "trial_end", "cancel_at_period_end", "cancel_at", "created", "ended_at"},
    "subscription_item": {"id", "price", "current_period_start", "current_period_end"},
    "invoice": {
        "id", "number", "status", "amount_due", "amount_paid", "currency", "created", "attempt_count",
        "next_payment_attempt", "parent", "lines", "total", "invoice_pdf",
    },
    "payment_method": {"card"},
    "tax_id": {"id", "type", "value", "verification"},
    "price": {"id", "lookup_key"},
    "checkout.session": {"url"},
    "billing_portal.session": {"url"},
    "event": {"id", "type", "created", "livemode", "data"},
}  # fmt: skip
MADE_UP = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def lived(paid, aurora):
    """A stand-in in which one of everything was made."""
    customer = paid.only("customer")["id"]
    gateway().add_tax_id(customer=customer, value="12-3456789", once="tax-1")
    gateway().credit(customer=customer, minor=5, currency="USD", says="A credit", once="credit-1")
    gateway().portal(customer=customer, back="http://x.example/", once="portal-1")
    gateway().count_texts(customer=customer, number=1, identifier="one", at=Invoice.objects.get().invoiced_at)
    return paid


class TestDrift:
    """Each object against the annotations of the library's own class."""

    @pytest.mark.parametrize("kind", sorted(TYPES))
    def test_every_field_is_one_of_the_librarys_and_what_we_read_is_there(self, lived, kind):
        things = lived.state.events if kind == "event" else lived.state.of(kind).values()
        assert things
        known = library_fields(TYPES[kind])
        for thing in things:
            ours = set(thing) - {"told"}
            assert ours <= set(known), ours - set(known)
            assert READ.get(kind, set()) <= ours
            for name in ours:
                assert fits(thing[name], known[name]), (name, thing[name], known[name])

    def test_statuses_are_among_those_that_the_library_names(self, lived):
        for kind in ("subscription", "invoice", "checkout.session"):
            named = literals(library_fields(TYPES[kind])["status"])
            assert named
            assert {one["status"] for one in lived.state.of(kind).values()} <= named

    def test_the_version_of_the_api_is_the_librarys(self):
        assert library.api_version == API_VERSION

    def test_an_unknown_field_or_a_wrong_type_would_be_found(self):
        known = library_fields(library.Invoice)
        assert "amount_dew" not in known
        assert not fits("12", known["amount_due"])
        assert not fits(None, known["amount_due"])
        assert fits(None, known["next_payment_attempt"])


def library_fields(kind):
    """Name and annotation of each field, its bases' included."""
    found = {}
    for one in reversed(kind.__mro__):
        for name, shape in getattr(one, "__annotations__", {}).items():
            found[name] = shape.__name__ if isinstance(shape, type) else str(shape)
    return found


def literals(shape):
    """The texts that an annotation names."""
    return set(shape.replace('"', "'").split("'")[1::2])


def fits(value, shape):
    """Whether a plain value can be what an annotation says: None only where optional, numbers where it says int."""
    if value is None:
        return "Optional" in shape or "None" in shape
    bare = shape.replace("typing.", "").removeprefix("Optional[").removesuffix("]")
    for name, kind in (("int", int), ("bool", bool), ("str", str)):
        if bare == name:
            return type(value) is kind
    return isinstance(value, dict | list | str) or "Literal" in shape


class TestIdempotency:
    def ask(self, stripe, key, **form):
        headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": key}
        return requests.post(f"{stripe.server.address}/v1/customers", data=form, headers=headers, timeout=20)

    def test_the_same_key_gets_the_same_answer_and_makes_nothing(self, stripe):
        first, second = self.ask(stripe, "a", email="a@example.com"), self.ask(stripe, "a", email="a@example.com")
        assert first.json() == second.json()
        assert second.headers["Idempotent-Replayed"] == "true"
        assert len(stripe.state.of("customer")) == 1

    def test_a_key_with_other_parameters_is_refused(self, stripe):
        self.ask(stripe, "a", email="a@example.com")
        refused = self.ask(stripe, "a", email="b@example.com")
        assert (refused.status_code, refused.json()["error"]["type"]) == (400, "idempotency_error")

    def test_every_write_of_the_gateway_brings_one(self, lived):
        writes = {path for path in lived.state.asked if path.startswith("POST")}
        assert writes
        # A preview writes nothing.
        assert set(lived.state.keyless) <= {"/v1/invoices/create_preview"}
        # Where we give none the library makes one up, which is good for its own retries alone.
        assert not [key for key in lived.state.answers if MADE_UP.fullmatch(key)]


class TestRetries:
    def test_what_fails_twice_is_tried_again_with_the_same_key(self, stripe, checkout):
        stripe.server.fails = 2
        assert checkout().startswith(stripe.server.address)
        assert len(stripe.state.of("customer")) == 1

    def test_what_goes_on_failing_is_told(self, stripe, checkout):
        stripe.server.fails = 50
        with pytest.raises(Unreachable):
            checkout()

    def test_where_nobody_answers_it_is_told(self, stripe, checkout):
        stripe.close()
        with pytest.raises(Unreachable, match="try again"):
            checkout()


def test_it_refuses_what_it_does_not_know(stripe):
    headers = {"Authorization": f"Bearer {KEY}"}
    asked = requests.post(f"{stripe.server.address}/v1/customers", data={"shoe": "9"}, headers=headers, timeout=20)
    assert asked.json()["error"]["code"] == "parameter_unknown"
    assert requests.get(f"{stripe.server.address}/v1/charges", headers=headers, timeout=20).status_code == 404


@pytest.mark.parametrize("key", ["", "Bearer sk_live_x", "Bearer nothing"])
def test_it_takes_keys_of_tests_only(stripe, key):
    asked = requests.get(f"{stripe.server.address}/v1/prices", headers={"Authorization": key}, timeout=20)
    assert asked.status_code == 401


def test_it_keeps_what_it_knows_in_its_file(tmp_path):
    first = State(tmp_path / "stripe.json")
    first.make("customer", "cus", email="a@example.com")
    first.ahead = 5
    first.save()
    again = State(tmp_path / "stripe.json")
    assert (again.things, again.ahead) == (first.things, 5)


def test_its_events_are_taken_in_order_and_wait_where_nobody_takes_them(tmp_path):
    server = Server(State(), webhook="http://127.0.0.1:1/", secret="whsec_x")  # nobody listens there
    server.state.emit("customer.created", {"id": "cus_1"})
    assert (server.deliver(), server.state.sent) == (0, [])
    server.server_close()


def test_an_invoice_is_a_pdf_that_can_be_opened(paid):
    pdf = requests.get(f"{paid.server.address}{paid.only('invoice')['invoice_pdf']}", timeout=20)
    assert (pdf.headers["Content-Type"], pdf.content[:5], pdf.content[-6:]) == ("application/pdf", b"%PDF-", b"%%EOF\n")
    assert b"$149.00" in pdf.content


def test_a_tax_number_that_cannot_be_is_told_at_its_field(paid):
    with pytest.raises(DomainError, match="12-3456789") as refused:
        gateway().add_tax_id(customer=paid.only("customer")["id"], value="12", once=str(uuid4()))
    assert refused.value.field == "value"


def test_what_is_not_on_sale_is_told(stripe, checkout):
    stripe.state.of("price").clear()
    with pytest.raises(Conflict, match="set_up_stripe"):
        checkout()


def test_setting_up_twice_makes_nothing_new(stripe):
    assert gateway().set_up() == []
    assert len(stripe.state.of("price")) == 6
