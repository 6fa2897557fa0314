"""Take pictures of every page into shots/ (not kept in the repository): `make shots`.

Fills throw-away servers with a small demo network first; sizes are desk, tablet and phone, each light, desk also dark.
Some pages only, of a practice alone: `make shots ARGS="--only notes/ patients/ --practices 2"`.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
django.setup()

from core import audit  # noqa: E402
from core.tenancy.scope import practice_scope  # noqa: E402
from infra.seeds.people import PASSWORD  # noqa: E402
from tenants.models import Practice  # noqa: E402
from tests.browser.conftest import CHROMIUM_OPTIONS, _wait_until_healthy, chromium  # noqa: E402
from tests.browser.demo_ids import (  # noqa: E402
    chosen_of_practice,
    first_of_practice,
    ids_of_network,
    made_beside,
    people_of,
)
from tests.browser.every_page import pages_of  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "shots"
PORT = 8790
PRACTICES = 14
LOOKS = {
    "desk": (1440, 1000, "light"),
    "dark": (1440, 1000, "dark"),
    "tablet": (820, 1180, "light"),
    "phone": (390, 844, "light"),
}
AURORA, NETWORK = f"http://aurora.perennial.localhost:{PORT}/", f"http://perennial.localhost:{PORT}/"


def manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True)


@contextmanager
def web() -> Iterator[None]:
    environment = {**os.environ, "PORT": str(PORT), "HOST": "127.0.0.1"}
    server = subprocess.Popen([sys.executable, "-m", "infra.launch", "web"], cwd=ROOT, env=environment)
    try:
        _wait_until_healthy(PORT, server)
        yield
    finally:
        server.terminate()
        server.wait(20)


# Before an address that is of the console.
CONSOLE = "network:"


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


def demo_ids() -> dict[str, Any]:
    """What addresses name, of the practice that pictures are taken of; what the demo has none of is made here."""
    aurora = Practice.objects.get(slug="aurora").ref
    network, people = ids_of_network(), people_of(aurora.id)
    with practice_scope(aurora), audit.asking(audit.Asker.operator("shots")):
        made = made_beside(chosen_of_practice(), by_person_id=people["person_id"], now=timezone.now())
        return {**first_of_practice(), **made, **people, "network": network}


def shoot(page: Page, address: str, path: str, name: str) -> None:
    page.goto(address + path)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
    print(f"  {name}.png")


def named(path: str) -> str:
    """The name of a picture: "notes", "benchmarks-table"; "today" for the first page."""
    return re.sub(r"\W+", "-", path.replace("?view=", "")).strip("-") or "today"


def take(browser: Browser, look: str, ids: dict[str, Any]) -> None:
    """Every page that the table of addresses knows, and the ones before signing in."""
    width, height, scheme = LOOKS[look]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    shoot(page, AURORA, "account/login/", f"sign-in-{look}")
    shoot(page, NETWORK, "join/", f"join-{look}")
    for host, address, email in (("practice", AURORA, "elena@example.com"), ("network", NETWORK, "nora@example.com")):
        context.clear_cookies()
        sign_in(page, address, email)
        pages = pages_of(host, page, ids)
        print(*(f"  no picture: {lost}" for lost in pages.lost), sep="\n")
        for name, path in pages.paths.items():
            shoot(page, address, path.lstrip("/"), f"{'console-' if host == 'network' else ''}{named(name)}-{look}")
    shoot(page, AURORA, "no-such-page/", f"not-found-{look}")
    context.close()


def take_only(browser: Browser, look: str, paths: list[str], email: str) -> None:
    """Pages by their addresses: of a practice's portal as one of its people, of the console as its admin."""
    width, height, scheme = LOOKS[look]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for address, whose in ((AURORA, email), (NETWORK, "nora@example.com")):
        mine = [path.removeprefix(CONSOLE) for path in paths if path.startswith(CONSOLE) == (address == NETWORK)]
        if not mine:
            continue
        context.clear_cookies()
        sign_in(page, address, whose)
        for path in mine:
            name = path.strip("/").replace("/", "-").replace("?", "-") or "today"
            shoot(page, address, path.lstrip("/"), f"{'console-' if address == NETWORK else ''}{name}-{look}")
    context.close()


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--only",
        nargs="*",
        metavar="PATH",
        help="these addresses, not every page; network:/claims/ is one of the console",
    )
    asked.add_argument("--practices", type=int, default=PRACTICES, help="how many practices the demo has")
    asked.add_argument("--look", nargs="*", choices=LOOKS, default=list(LOOKS))
    asked.add_argument("--as", dest="email", default="elena@example.com", help="who signs in")
    given = asked.parse_args()
    program = chromium()
    if program is None:
        print(
            "No Chromium was found: install it (on Debian `apt-get install chromium`) and try again.", file=sys.stderr
        )
        return 2
    FOLDER.mkdir(exist_ok=True)
    manage("migrate_public", "-v", "0")
    manage("collectstatic", "--noinput", "-v", "0")
    manage("seed_demo", "--demo", "--practices", str(given.practices))
    ids = demo_ids()
    with web(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        for look in given.look:
            if given.only is None:
                take(browser, look, ids)
            else:
                take_only(browser, look, given.only, given.email)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
