"""HTTP on the loopback: the calls of Stripe's API, its pages, and a few of our own to move the clock."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from infra.fakes.stripe import catalogue, customers, events, invoices, pages, sessions, subscriptions
from infra.fakes.stripe.form import parsed
from infra.fakes.stripe.refused import Refused
from infra.fakes.stripe.state import State, Thing, listed

Call = Callable[..., Thing]
ROUTES: list[tuple[str, str, Call]] = [
    ("POST", "/v1/products", lambda s, p: catalogue.make_product(s, p)),
    ("POST", "/v1/prices", lambda s, p: catalogue.make_price(s, p)),
    ("GET", "/v1/prices", lambda s, p: catalogue.list_prices(s, p)),
    ("POST", "/v1/billing/meters", lambda s, p: catalogue.make_meter(s, p)),
    ("GET", "/v1/billing/meters", lambda s, p: catalogue.list_meters(s, p)),
    ("POST", "/v1/billing/meter_events", lambda s, p: catalogue.count(s, p)),
    ("POST", "/v1/customers", lambda s, p: customers.make(s, p)),
    ("GET", "/v1/customers/(\\w+)", lambda s, _p, id: s.get("customer", id)),
    ("POST", "/v1/customers/(\\w+)", lambda s, p, id: customers.change(s, id, p)),
    ("POST", "/v1/customers/(\\w+)/tax_ids", lambda s, p, id: customers.make_tax_id(s, id, p)),
    ("GET", "/v1/customers/(\\w+)/tax_ids", lambda s, p, id: customers.list_tax_ids(s, id, p)),
    ("POST", "/v1/customers/(\\w+)/balance_transactions", lambda s, p, id: customers.adjust_balance(s, id, p)),
    ("DELETE", "/v1/customers/(\\w+)/tax_ids/(\\w+)", lambda s, _p, id, tax: customers.remove_tax_id(s, id, tax)),
    ("GET", "/v1/payment_methods/(\\w+)", lambda s, _p, id: s.get("payment_method", id)),
    ("POST", "/v1/checkout/sessions", lambda s, p: sessions.make_checkout(s, p)),
    ("GET", "/v1/checkout/sessions/(\\w+)", lambda s, _p, id: s.get("checkout.session", id)),
    ("POST", "/v1/billing_portal/sessions", lambda s, p: sessions.make_portal(s, p)),
    ("GET", "/v1/subscriptions", lambda s, p: subscriptions.find(s, p)),
    ("GET", "/v1/subscriptions/(\\w+)", lambda s, _p, id: s.get("subscription", id)),
    ("POST", "/v1/subscriptions/(\\w+)", lambda s, p, id: subscriptions.change(s, id, p)),
    ("DELETE", "/v1/subscriptions/(\\w+)", lambda s, _p, id: subscriptions.cancel(s, s.get("subscription", id))),
    ("GET", "/v1/invoices", lambda s, p: invoices.find(s, p)),
    ("POST", "/v1/invoices/create_preview", lambda s, p: subscriptions.preview(s, p)),
    ("GET", "/v1/invoices/(\\w+)", lambda s, _p, id: s.get("invoice", id)),
    ("POST", "/v1/invoices/(\\w+)/pay", lambda s, p, id: pay(s, id, p)),
    ("POST", "/v1/invoices/(\\w+)/void", lambda s, p, id: invoices.void(s, id, p)),
    ("GET", "/v1/events", lambda s, _p: listed(s.events, "/v1/events", _p)),
]
_KEY = re.compile(r"Bearer (sk|rk)_test_\w+")


def pay(state: State, id: str, given: dict[str, Any]) -> Thing:
    paid = invoices.pay(state, id, given)
    subscriptions.paid(state, paid)
    return paid


class Server(ThreadingHTTPServer):
    """state: what it knows. webhook, secret: where events are brought, and how they are signed; "" for nowhere.

    fails: how many of the next calls of the API fail with a 500, for whoever tries how that is borne.
    """

    daemon_threads = True

    def __init__(self, state: State, *, port: int = 0, webhook: str = "", secret: str = "") -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.state, self.webhook, self.secret, self.fails = state, webhook, secret, 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def deliver(self) -> int:
        """Bring what waits, in order, until one is not taken; returns how many were."""
        taken = 0
        if not self.webhook:
            return 0
        for event in events.waiting(self.state):
            if events.bring(event, to=self.webhook, secret=self.secret, at=self.state.now - self.state.ahead) != 200:
                break
            with self.state.lock:
                self.state.sent.append(event["id"])
                self.state.save()
            taken += 1
        return taken

    def begin(self) -> "Server":
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    # One packet for an answer: in two, each waits for the other side.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is written down."""

    def _answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        address = urlsplit(self.path)
        if address.path.startswith("/v1/"):
            status, answer, more = self._api(method, address.path, address.query, body)
            self._send(status, json.dumps(answer).encode(), "application/json", more)
        elif address.path.startswith("/pages/"):
            self._page(method, address.path, dict(parse_qsl(body, keep_blank_values=True)))
        elif address.path == "/clock" and method == "POST":
            with self.server.state.lock:
                self.server.state.ahead += int(parsed(body).get("seconds") or 0)
                subscriptions.tick(self.server.state)
                self.server.state.save()
            self._send(200, json.dumps({"now": self.server.state.now}).encode(), "application/json")
        else:
            self._send(404, b"Nothing is here.", "text/plain")

    def _api(self, method: str, path: str, query: str, body: str) -> tuple[int, Any, dict[str, str]]:
        state = self.server.state
        if not _KEY.fullmatch(self.headers.get("Authorization", "")):
            return 401, {"error": {"type": "invalid_request_error", "message": "Send a key of a test account."}}, {}
        with state.lock:
            state.asked[f"{method} {path}"] = state.asked.get(f"{method} {path}", 0) + 1
            if self.server.fails:
                self.server.fails -= 1
                return 500, {"error": {"type": "api_error", "message": "Asked to fail."}}, {}
            key = self.headers.get("Idempotency-Key", "") if method == "POST" else ""
            if method == "POST" and not key:
                state.keyless.append(path)
            print_ = sha256(f"{path}\n{body}".encode()).hexdigest()
            if kept := state.answers.get(key):
                if kept[0] != print_:
                    told = (
                        "Keys for idempotent requests can only be used with the parameters they were first used with."
                    )
                    return 400, {"error": {"type": "idempotency_error", "message": told}}, {}
                return kept[1], kept[2], {"Idempotent-Replayed": "true"}
            subscriptions.tick(state)
            try:
                status, answer = 200, self._call(method, path, parsed(query or body))
            except Refused as refused:
                status, answer = refused.status, refused.body
            except (KeyError, TypeError, ValueError, IndexError) as error:
                status, answer = (
                    400,
                    {"error": {"type": "invalid_request_error", "message": f"Missing or wrong: {error}"}},
                )
            answer = json.loads(json.dumps(self._absolute(answer)))
            if key:
                state.answers[key] = (print_, status, answer)
            state.save()
        return status, answer, {}

    def _call(self, method: str, path: str, given: dict[str, Any]) -> Thing:
        for verb, shape, call in ROUTES:
            found = re.fullmatch(shape, path)
            if verb == method and found:
                return call(self.server.state, given, *found.groups())
        raise Refused(404, f"Unrecognized request URL ({method}: {path}).")

    def _absolute(self, thing: Any) -> Any:
        """Its own pages by their whole address."""
        if isinstance(thing, list):
            return [self._absolute(one) for one in thing]
        if isinstance(thing, dict):
            return {key: self._absolute(value) for key, value in thing.items() if key != "told"}
        is_page = isinstance(thing, str) and thing.startswith("/pages/")
        return f"{self.server.address}{thing}" if is_page else thing

    def _page(self, method: str, path: str, pressed: dict[str, str]) -> None:
        state = self.server.state
        _, _, kind, id = path.split("/", 3)
        to, told = "", {"said": "", "wrong": ""}
        with state.lock:
            try:
                if kind == "checkout":
                    session = state.get("checkout.session", id)
                    if method == "POST":
                        try:
                            to = sessions.complete(state, id, pressed.get("card", ""))["success_url"]
                        except Refused as refused:
                            told["wrong"] = str(refused)
                    shown = pages.checkout(state, session, wrong=told["wrong"])
                elif kind == "portal":
                    session = state.get("billing_portal.session", id)
                    if method == "POST":
                        try:
                            told["said"] = sessions.press(state, id, pressed)
                        except Refused as refused:
                            told["wrong"] = str(refused)
                    shown = pages.portal(state, session, said=told["said"], wrong=told["wrong"])
                else:
                    found = state.get("invoice", id.removesuffix(".pdf"))
                    is_pdf = id.endswith(".pdf")
                    shown = pages.pdf(found) if is_pdf else pages.invoice(found)
                    self._send(200, shown, "application/pdf" if is_pdf else "text/html; charset=utf-8")
                    return
            except Refused as refused:
                self._send(
                    refused.status, pages.page("Nothing is here", "", wrong=str(refused)), "text/html; charset=utf-8"
                )
                return
            state.save()
        if to:
            self._send(303, b"", "text/html", {"Location": to.replace("{CHECKOUT_SESSION_ID}", id)})
        else:
            self._send(200, shown, "text/html; charset=utf-8")

    def _send(self, status: int, body: bytes, type: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": type, "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
