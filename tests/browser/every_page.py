"""Every page that there is, taken from the table of addresses: a new one is looked at without anybody's doing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from tests.permissions.records import path_of
from tests.permissions.walk import ALL, Address

# What ends the session, or needs a state of its own; each is walked by a test that makes that state.
ELSEWHERE = {
    "account_logout",
    "account_enter",
    "account_go",
    "account_invitation",
    "account_lock",
    "account_reset_password_from_key",
    "mfa_authenticate",
    "stop",
    # For Twilio, not for people.
    "message-status",
}
# What names no record of a practice: a link that somebody was sent, a factor of one's own.
NO_RECORD: dict[str, Any] = {"uidb36": "1", "key": "a-b", "token": "unknown", "code": "unknown", "passkey": 1}
# A page or a file, nothing to show, a button's address that is pressed and never opened; 0 is a way elsewhere.
LEADS_ON = {200, 204, 405, 0}
# From within the page: only the browser knows where names below localhost lead.
# Part of a page, fetched by one that stands open, is not a page.
_ASK = r"""async (paths) => {
  const said = [];
  for (const path of paths) {
    const answer = await fetch(path, {redirect: "manual"});
    const words = answer.headers.get("content-type")?.startsWith("text/html") ? await answer.text() : "";
    said.push([answer.status, /^\s*<!doctype html/i.test(words)]);
    if (!answer.bodyUsed) await answer.body?.cancel();
  }
  return said;
}"""


@dataclass(frozen=True)
class Pages:
    """paths: of all pages, by the name of their address. lost: addresses that answered with an error."""

    paths: dict[str, str]
    lost: list[str]


def pages_of(host: str, page: Page, ids: dict[str, Any]) -> Pages:
    """Of `host` ("practice", "network"), for whoever `page` is signed in as."""
    asked = list(_paths(host, ids))
    # From a page of its own: a browser notes every answer that is an error, and here they are looked for.
    aside = page.context.new_page()
    aside.goto(page.url)
    answers: list[list[Any]] = aside.evaluate(_ASK, [path for _, path in asked])
    aside.close()
    both = list(zip(asked, answers, strict=True))
    return Pages(
        paths={address.name: path for (address, path), (status, is_page) in both if status == 200 and is_page},
        lost=[
            f"{address} answered {status}"
            for (address, _), (status, _) in both
            if address.arguments and status not in LEADS_ON and not NO_RECORD.keys() & set(address.arguments)
        ],
    )


def _paths(host: str, ids: dict[str, Any]) -> Iterator[tuple[Address, str]]:
    for address in ALL:
        if address.host == host and address.name not in ELSEWHERE:
            known = {**{name: uuid4() for name in address.arguments}, **NO_RECORD, **ids, **ids.get(host, {})}
            yield address, path_of(address, known)
