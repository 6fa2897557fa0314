"""What the stand-in remembers: its objects, its clock, its events; kept in one file, if it has one."""

import json
import secrets
import time
from pathlib import Path
from threading import RLock
from typing import Any

from infra.fakes.stripe.refused import missing

Thing = dict[str, Any]
API_VERSION = "2026-10-28.endive"


class State:
    """things: by kind and id. events: in the order in which they happened. answers: by idempotency key.

    sent: ids of events that were taken. asked: how often each method and path was asked.
    keyless: writes that brought no idempotency key.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.lock = RLock()
        self.file = file
        self.things: dict[str, dict[str, Thing]] = {}
        self.events: list[Thing] = []
        self.sent: list[str] = []
        self.answers: dict[str, Any] = {}
        self.asked: dict[str, int] = {}
        self.keyless: list[str] = []
        self.ahead = 0
        if file is not None and file.exists():
            kept = json.loads(file.read_text())
            self.things, self.events, self.ahead = kept["things"], kept["events"], kept["ahead"]
            self.answers, self.sent = kept["answers"], kept["sent"]

    def save(self) -> None:
        if self.file is None:
            return
        kept = {
            "things": self.things,
            "events": self.events,
            "ahead": self.ahead,
            "answers": self.answers,
            "sent": self.sent,
        }
        draft = self.file.with_suffix(".draft")
        draft.write_text(json.dumps(kept))
        draft.chmod(0o600)
        draft.replace(self.file)

    @property
    def now(self) -> int:
        """Seconds since 1970, by its own clock."""
        return int(time.time()) + self.ahead

    def make(self, kind: str, prefix: str, **fields: Any) -> Thing:
        thing = {
            "id": f"{prefix}_{secrets.token_hex(12)}",
            "object": kind,
            "livemode": False,
            "created": self.now,
            **fields,
        }
        self.of(kind)[thing["id"]] = thing
        return thing

    def of(self, kind: str) -> dict[str, Thing]:
        return self.things.setdefault(kind, {})

    def get(self, kind: str, id: str) -> Thing:
        """Raises Refused as Stripe does for what is not there."""
        found = self.of(kind).get(id)
        if found is None:
            raise missing(kind, id)
        return found

    def emit(self, type: str, thing: Thing) -> None:
        """Note that something happened to `thing`, as it is now."""
        made = {
            "id": f"evt_{secrets.token_hex(12)}",
            "object": "event",
            "api_version": API_VERSION,
            "created": self.now,
            "livemode": False,
            "pending_webhooks": 1,
            "request": None,
            "type": type,
            "data": {"object": json.loads(json.dumps(thing))},
        }
        self.events.append(made)


def listed(things: list[Thing], url: str, given: dict[str, Any] | None = None) -> Thing:
    """A page of the newest first, by Stripe's cursor."""
    given = given or {}
    newest = sorted(things, key=lambda one: (one.get("created", 0), one["id"]), reverse=True)
    if after := given.get("starting_after"):
        ids = [one["id"] for one in newest]
        newest = newest[ids.index(after) + 1 :] if after in ids else []
    limit = int(given.get("limit") or 10)
    return {"object": "list", "url": url, "data": newest[:limit], "has_more": len(newest) > limit}
