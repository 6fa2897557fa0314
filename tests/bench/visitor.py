"""Someone signed in, asking the application itself for pages: no server, no test client, the whole of our stack."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.utils import CaptureQueriesContext

from core.tenancy.backend.base import DatabaseWrapper
from core.tenancy.scope import PracticeRef
from tenants import hosts
from tests.places import client_of, owner_of
from tests.queries import asked


class Refused(Exception):
    """The page was not served, so its time says nothing."""


@cache
def _application() -> WSGIHandler:
    """Made at the first visit: by then the static files are where it looks for them."""
    return get_wsgi_application()


@dataclass(frozen=True, slots=True)
class Visitor:
    """accepts: how pages may be packed, "" for not at all. token: of a program, which has no cookie."""

    host: str
    cookie: str = ""
    accepts: str = ""
    token: str = ""

    def get(self, path: str, query: str = "") -> bytes:
        """The page; raises Refused for anything but 200. The connection goes back to the pool, as it does in use."""
        environ: dict[str, Any] = {
            "HTTP_HOST": self.host,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT_ENCODING": self.accepts,
        }
        if self.token:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
        setup_testing_defaults(environ)
        said: list[str] = []
        response = _application()(environ, lambda status, _headers, _exc=None: said.append(status))
        try:
            page = b"".join(response)
        finally:
            response.close()
        if said != ["200 OK"]:
            raise Refused(f"{self.host}{path} answered {said}")
        return page


def sign_in(practice: PracticeRef) -> Visitor:
    """A new owner of the practice, with a session there."""
    client = client_of(owner_of(practice), at=practice.slug)
    name = settings.SESSION_COOKIE_NAME
    return Visitor(host=hosts.host_of(practice.slug), cookie=f"{name}={client.cookies[name].value}")


@dataclass(slots=True)
class Counted:
    """queries: statements that the page asked. entries: changes of practice and role; commits: a round trip each."""

    queries: list[str]
    entries: int = 0
    commits: int = 0


@contextmanager
def counting() -> Iterator[Counted]:
    """What is sent to the database meanwhile. Entries do not pass Django's cursors: the backend counts them."""
    counted = Counted(queries=[])
    entry_command = DatabaseWrapper._entry_command

    def noted(wrapper: DatabaseWrapper) -> str:
        counted.entries += 1
        return entry_command(wrapper)

    DatabaseWrapper._entry_command = noted  # type: ignore[assignment]
    try:
        with CaptureQueriesContext(connections["default"]) as log:
            yield counted
    finally:
        DatabaseWrapper._entry_command = entry_command  # type: ignore[method-assign]
    counted.queries = asked(log.captured_queries)
    counted.commits = sum(query["sql"] == "COMMIT" for query in log.captured_queries)
