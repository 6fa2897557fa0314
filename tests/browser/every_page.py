"""Every page that there is, taken from the table of addresses: a new one is looked at without anybody's doing."""

from collections.abc import Iterator
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
}
# A page or a file, nothing to show, a button's address that is pressed and never opened; 0 is a way elsewhere.
LEADS_ON = {200, 204, 405, 0}
# From within the page: only the browser knows where names below localhost lead.
_ASK = """async (paths) => {
  const said = [];
  for (const path of paths) {
    const answer = await fetch(path, {redirect: "manual"});
    said.push([answer.status, answer.headers.get("content-type") ?? ""]);
    await answer.body?.cancel();
  }
  return said;
}"""


def pages_of(host: str, page: Page, ids: dict[str, Any]) -> list[str]:
    """Paths at `host` ("practice", "network") that answer whoever `page` is signed in as with a page.

    Raises AssertionError for an address that answers with an error: then `ids` lead nowhere.
    """
    asked = list(_paths(host, ids))
    answers: list[list[Any]] = page.evaluate(_ASK, [path for _, path in asked])
    lost = [
        f"{address} answered {status}"
        for (address, _), (status, _type) in zip(asked, answers, strict=True)
        if address.arguments and status not in LEADS_ON
    ]
    assert lost == []
    return [
        path
        for (_, path), (status, kind) in zip(asked, answers, strict=True)
        if status == 200 and kind.startswith("text/html")
    ]


def _paths(host: str, ids: dict[str, Any]) -> Iterator[tuple[Address, str]]:
    for address in ALL:
        if address.host == host and address.name not in ELSEWHERE:
            known = {**{name: uuid4() for name in address.arguments}, **ids, **ids.get(host, {})}
            yield address, path_of(address, known)
