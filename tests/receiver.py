"""A receiver as a partner would write it: the standard library, and the package of Standard Webhooks to verify."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

LOOPBACK = "127.0.0.1"


@dataclass
class Receiver:
    """answers: the next statuses to answer with, then `usual`. heard: headers and body of every request.

    answer: what to do instead of that, with the handler itself.
    """

    usual: int = 204
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[BaseHTTPRequestHandler], None] | None = None
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/hooks"

    def told(self, secret: str) -> list[dict[str, Any]]:
        """What was told, each as the package verified it with `secret`. Raises what the package raises."""
        return [verified(secret, headers, body) for headers, body in self.heard]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.heard]

    @property
    def records(self) -> list[str]:
        return [json.loads(body)["data"]["id"] for _, body in self.heard]

    def start(self, wrap: Callable[[Any], Any] | None = None) -> "ThreadingHTTPServer":
        """wrap: what makes its socket one of TLS."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                if receiver.answer is not None:
                    receiver.answer(self)
                    return
                self.send_response(receiver.answers.pop(0) if receiver.answers else receiver.usual)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                """Nobody reads it."""

        server = ThreadingHTTPServer((LOOPBACK, self.port), Handler)
        server.daemon_threads = True
        # A connection that was cut is no failure of the test.
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if wrap is not None:
            server.socket = wrap(server.socket)
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server


@contextmanager
def listening(wrap: Callable[[Any], Any] | None = None) -> Iterator[Receiver]:
    """One that hears until the block ends."""
    one = Receiver()
    server = one.start(wrap)
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()


def verified(secret: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    told: dict[str, Any] = Webhook(secret).verify(body, headers)
    return told


def said_at(headers: dict[str, str]) -> datetime:
    return datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
