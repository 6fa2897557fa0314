"""One request to one address: to the very address that was checked, for the name that TLS must prove, and once.

No proxy, no redirect, no cookie, and nothing is read but the status and its headers: what a receiver says stays there.
"""

import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import certifi
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError
from urllib3.exceptions import SSLError as TlsError

from tenants.webhooks.addresses import NotReachable, Resolve, open_addresses, resolved
from tenants.webhooks.target import Target

# Seconds: to be connected with one address, between two signs of life, and for everything together.
CONNECT, SILENCE, ALTOGETHER = 5.0, 10.0, 15.0
_MOST_ADDRESSES = 2
_SECONDS = re.compile(r"[0-9]{1,6}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """status: what was answered; None where nothing was, and then `problem` is a code. asked: how long to wait."""

    status: int | None
    problem: str = ""
    took_ms: int = 0
    asked: timedelta = timedelta(0)

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == 410


def post(target: Target, *, headers: Mapping[str, str], body: bytes, resolve: Resolve = resolved) -> Answer:
    """Tell `target`. Never raises for what the other side does, or where it is."""
    begun = time.monotonic()
    try:
        addresses = open_addresses(target.host, target.port, loopback=target.here, resolve=resolve)
    except NotReachable as error:
        return Answer(None, error.code, _since(begun))
    answer = Answer(None, "unreachable")
    for address in addresses[:_MOST_ADDRESSES]:
        answer = post_to(address, target, headers=headers, body=body)
        # Only where no connection came about is it sure that nothing was told yet.
        if answer.problem != "unreachable":
            break
    return Answer(answer.status, answer.problem, _since(begun), answer.asked)


def post_to(address: str, target: Target, *, headers: Mapping[str, str], body: bytes) -> Answer:
    """As `post`, to this network address and no other."""
    connection = _connection(address, target)
    over = threading.Event()

    def cut() -> None:
        over.set()
        sock = connection.sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    # A receiver that sends one letter every nine seconds is never silent for long, and never done.
    watch = threading.Timer(ALTOGETHER, cut)
    watch.daemon = True
    watch.start()
    try:
        connection.connect()
        connection.timeout = SILENCE
        if connection.sock is not None:
            connection.sock.settimeout(SILENCE)
        sent = {**headers, "Host": target.named, "Accept-Encoding": "identity", "Connection": "close"}
        connection.request("POST", target.path, body=body, headers=sent, preload_content=False)
        response = connection.getresponse()
        if over.is_set():
            # Headers that were cut off look like headers that ended.
            return Answer(None, "timeout")
        return Answer(response.status, asked=_asked(response.headers.get("Retry-After", "")))
    except (HTTPError, OSError, ValueError) as error:
        return Answer(None, "timeout" if over.is_set() else _code(error))
    except Exception as error:  # noqa: BLE001  http.client's own: an answer that is none
        return Answer(None, "timeout" if over.is_set() else _code(error))
    finally:
        watch.cancel()
        connection.close()


def _connection(address: str, target: Target) -> HTTPConnection:
    if not target.secure:
        return HTTPConnection(address, target.port, timeout=CONNECT)
    return HTTPSConnection(
        address,
        target.port,
        timeout=CONNECT,
        ssl_context=_trusted(settings.WEBHOOK_CA_FILE or certifi.where()),
        server_hostname=target.host,
    )


@cache
def _trusted(file: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _code(error: BaseException) -> str:
    match error:
        case TlsError() | ssl.SSLError():
            return "tls"
        case ConnectTimeoutError() | NewConnectionError():
            return "unreachable"
        case ReadTimeoutError() | TimeoutError():
            return "timeout"
    return "no_answer"


def _asked(retry_after: str) -> timedelta:
    """Seconds alone: a date would be of the receiver's clock."""
    return timedelta(seconds=int(retry_after)) if _SECONDS.match(retry_after) else timedelta(0)


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)
