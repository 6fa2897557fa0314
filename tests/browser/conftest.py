"""A browser, and the web server as it runs for people, over the database of this test process."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import Location, Staff
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tests.cast import PASSWORD
from tests.places import owner_of

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_OPTIONS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # As root, Chromium refuses its sandbox; the pages are ours.
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The installed Chromium, or None."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return next((str(p) for n in NAMES for f in folders if (p := Path(f) / n).is_file()), None)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def port() -> int:
    return free_port()


@contextmanager
def serving(port: int, **more: str) -> Iterator[int]:
    """The web server of `make run` on that port, over this process's database; `more` goes into its environment."""
    environment = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1", **more}
    # A file, not a pipe: nobody reads along, and a full pipe would stop the server in the middle of a line.
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "infra.launch", "web"],
            cwd=ROOT,
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(port, server, said)
            yield port
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
                raise


@pytest.fixture(scope="session")
def web(port: int, django_db_setup: None) -> Iterator[int]:
    """The web server of the demo; yields the port."""
    with serving(port, DEMO="1"):
        yield port


@pytest.fixture(scope="session")
def strict_web(django_db_setup: None) -> Iterator[int]:
    """The same, and it asks everybody for a second factor."""
    with serving(free_port(), DEMO="0", SECOND_FACTOR="1") as port:
        yield port


def _wait_until_healthy(port: int, server: subprocess.Popen[bytes], said: IO[bytes] | None = None) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/health/", headers={"Host": "perennial.localhost"})
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the web server ended: {_all_of(said)}")
        try:
            with urllib.request.urlopen(request, timeout=5):  # noqa: S310  loopback, written above
                return
        except (urllib.error.URLError, TimeoutError):
            # Not a test's sleep: the server is a process of its own, and this is how it is asked whether it is up.
            server_is_starting = 0.1
            time.sleep(server_is_starting)
    raise RuntimeError("the web server did not become healthy within a minute")


def _all_of(said: IO[bytes] | None) -> str:
    """What a server wrote into a file; where it has the terminal, that was told already."""
    if said is None:
        return "see above"
    said.seek(0)
    return said.read().decode()


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Starts after, and ends before, whatever a test makes in the database: an event loop runs as long as it does."""
    program = chromium()
    if program is None:
        pytest.skip("NO CHROMIUM: browser tests did not run. Install chromium.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield running
        running.close()


@pytest.fixture
def aside() -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """aside(function) → its result, from a thread: while the browser runs, the database is out of this one's reach."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda function: thread.submit(copy_context().run, function).result()
        thread.submit(connections.close_all).result()


@pytest.fixture
def problems() -> list[str]:
    """What the console said and which policy was broken, on any page of this test."""
    return []


@pytest.fixture
def page(browser: Browser, problems: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
    one = context.new_page()
    one.set_default_timeout(15_000)

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            problems.append(f"{message.text} ({message.location.get('url', '')})")

    one.on("console", said)
    one.on("pageerror", lambda error: problems.append(str(error)))
    yield one
    context.close()


@pytest.fixture
def sign_in_page(page: Page, web: int) -> Callable[..., Page]:
    """sign_in_page(email, at=slug) → the page, signed in by its form."""

    def signed_in(email: str, *, at: str = "") -> Page:
        host = f"{at}.perennial.localhost" if at else "perennial.localhost"
        page.goto(f"http://{host}:{web}/account/login/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"http://{host}:{web}/**")
        return page

    return signed_in


@pytest.fixture
def open_with_notes(open_place: Callable[..., PracticeRef]) -> Callable[..., PracticeRef]:
    """open_with_notes(Ann=30, Bea=20): a practice in Los Angeles with a note to write to each, treated that many hours
    ago; the oldest comes first."""

    def opened(**hours_ago: int) -> PracticeRef:
        place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
        with practice_scope(place):
            location = Location.objects.get()
            provider = Staff.objects.create(display_name="Dr. Sato", role="provider")
            for name, hours in hours_ago.items():
                at = now - timedelta(hours=hours)
                patient = enrol(given_name=name, family_name="Lindgren", now=at)
                visit = walk_in(patient_id=patient.id, location_id=location.id, staff_id=provider.id, now=at)
                complete(visit_id=visit.id, now=at)
        return place

    return opened


@pytest.fixture
def owner(place: PracticeRef) -> Iterator[str]:
    """The email of who owns the `place` of the test."""
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()
