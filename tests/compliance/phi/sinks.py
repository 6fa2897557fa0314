"""Everything that leaves a practice's schema while it works, gathered to be searched."""

import base64
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import redis
import sentry_sdk
from django.conf import settings
from django.db import connections
from django.http import HttpResponseBase
from sentry_sdk.transport import Transport

from core.tenancy.scope import PracticeRef
from infra import observability
from tenants.models import Session
from tenants.sessions.store import SessionStore
from tests.compliance.phi.canaries import NEEDLES, TELLING

TABLES_OF = {
    "audit": ("audit_entry",),
    "outbox": ("outbox_event",),
    "webhooks": ("webhooks_webhookendpoint", "webhooks_webhookdelivery"),
}


class Reports(Transport):
    """Takes what would be sent to Sentry: errors, transactions, sessions, breadcrumbs."""

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self.sent: list[str] = []

    def capture_envelope(self, envelope: Any) -> None:
        self.sent.append(envelope.serialize().decode(errors="replace"))


@dataclass
class Left:
    """What left, by the way it took. apart: schemas of other houses of canaries, where they belong."""

    lines: io.StringIO = field(default_factory=io.StringIO)
    reports: Reports = field(default_factory=Reports)
    answers: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)

    def answered(self, response: HttpResponseBase, *, to_stranger: bool) -> None:
        """Headers and cookies of every answer; its body where a stranger gets it or where something broke."""
        self.answers.append(f"{response.status_code} {dict(response.headers)} {response.cookies.output()}")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if to_stranger or response.status_code >= 500:
            self.answers.append(body.decode(errors="replace"))

    def with_a_canary(self, place: PracticeRef) -> list[str]:
        """Where one was found, with what stands around it."""
        ways: dict[str, list[str]] = {
            "logs": [self.lines.getvalue()],
            "error reports": self.reports.sent,
            "answers": self.answers,
            "printed": self.printed,
            "valkey": list(_in_valkey()),
            "tables": list(_in_tables_of_others([place.schema_name, *self.apart])),
            "sessions": [str(SessionStore().decode(one.session_data)) for one in Session.objects.all()],
            "trail and outbox": list(_in_own(place)),
        }
        return [f"{way}: {around}" for way, texts in ways.items() for text in texts for around in _found(text)]


def _found(text: str) -> Iterator[str]:
    low = text.lower()
    for needle in NEEDLES:
        at = low.find(needle)
        if at >= 0:
            yield text[max(at - 200, 0) : at + 80]


@contextmanager
def watched(left: Left, monkeypatch: Any) -> Iterator[None]:
    """Logs at their most talkative and error reports, as the product sets them up, led into `left`."""
    real = sentry_sdk.init
    monkeypatch.setattr(observability.sentry_sdk, "init", lambda **options: real(**options, transport=left.reports))
    observability.configure_logging({"level": "DEBUG"})
    for handler in logging.getLogger().handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(left.lines)
    observability.start_error_reports(dsn="http://key@127.0.0.1:1/1")
    # As with DEBUG: every statement is offered to the log.
    connections["default"].force_debug_cursor = True
    try:
        yield
    finally:
        connections["default"].force_debug_cursor = False
        real(dsn=None)
        observability.configure_logging(settings.LOGGING)


def _in_valkey() -> Iterator[str]:
    """Every key with its value: cache, queues, what workers hold. Celery's own wrapping is taken off."""
    with redis.Redis.from_url(settings.BROKER_URL) as server:
        for key in server.scan_iter():
            yield key.decode(errors="replace")
            match server.type(key):
                case b"string":
                    yield _plain(server.get(key))
                case b"list":
                    yield from map(_plain, server.lrange(key, 0, -1))
                case b"hash":
                    yield from map(_plain, server.hvals(key))
                case b"set":
                    yield from map(_plain, server.smembers(key))
                case b"zset":
                    yield from map(_plain, server.zrange(key, 0, -1))
                case other:
                    raise AssertionError(f"say how to read {other!r}")


def _plain(value: Any) -> str:
    text = bytes(value).decode(errors="replace")
    try:
        body = json.loads(text)["body"]
    except (ValueError, TypeError, KeyError):
        return text
    return text + base64.b64decode(body).decode(errors="replace")


def empty_valkey() -> None:
    with redis.Redis.from_url(settings.BROKER_URL) as server:
        server.flushdb()


def _in_tables_of_others(houses: list[str]) -> Iterator[str]:
    """Every table of the network and of every other practice than those in these schemas, as text."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname <> ALL (%s)",
            [houses],
        )
        for (table,) in cursor.fetchall():
            yield from _rows(cursor, table)


def _in_own(place: PracticeRef) -> Iterator[str]:
    """What the practice's own trail and outbox say, and what programs are told."""
    with connections["owner"].cursor() as cursor:
        for app in TELLING:
            for table in TABLES_OF[app]:
                yield from _rows(cursor, f'"{place.schema_name}".{table}')


def _rows(cursor: Any, table: str) -> Iterator[str]:
    cursor.execute(f"SELECT t::text FROM {table} t")
    for (row,) in cursor.fetchall():
        yield f"{table}: {row}"
