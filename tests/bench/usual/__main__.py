"""Does the usual way's work on request (tests/bench/worker.py); most answer the seconds of wall clock they took."""

import json
import os
from collections.abc import Callable
from functools import wraps
from typing import Any
from wsgiref.util import setup_testing_defaults

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.usual.settings"

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402

from loyalty.models import ContactPoint, Patient, PatientIdentifier  # noqa: E402
from tests.bench.later import LATER  # noqa: E402
from tests.bench.readings import Readings  # noqa: E402
from tests.bench.usual.clients.models import Client, Domain  # noqa: E402
from tests.bench.worker import answer  # noqa: E402


def prepare() -> None:
    """The shared tables, in a schema of their own."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA usual")
    call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)


def make(schema: str) -> None:
    """A tenant with its schema and its host, as the documentation makes one."""
    client = Client(schema_name=schema, name=schema)
    client.save(verbosity=0)
    Domain.objects.create(domain=_host(schema), tenant=client, is_primary=True)


def migrate(schema: str) -> None:
    """One tenant's turn in `migrate_schemas --tenant`, by the standard executor."""
    call_command(
        "migrate_schemas", tenant=True, schema_name=schema, executor="standard", verbosity=0, interactive=False
    )


def migrate_later(schema: str) -> None:
    with override_settings(MIGRATION_MODULES=LATER):
        migrate(schema)


def take_over(schema: str, ours: str) -> str:
    """The patients of one of our practices as this tenant's own; a token for its list."""
    with connection.cursor() as cursor:
        for model in (Patient, ContactPoint, PatientIdentifier):
            table = model._meta.db_table
            columns = ", ".join(field.column for field in model._meta.concrete_fields if not field.generated)
            # This tenant has signed nothing, and what is copied was stamped already.
            cursor.execute(f'ALTER TABLE "{schema}"."{table}" DISABLE TRIGGER USER')
            cursor.execute(f'INSERT INTO "{schema}"."{table}" ({columns}) SELECT {columns} FROM "{ours}"."{table}"')
            cursor.execute(f'VACUUM ANALYZE "{schema}"."{table}"')
    return str(Token.objects.create(user=User.objects.create(username=schema)).key)


def list_patients(schema: str, token: str, rounds: int) -> list[float]:
    """Seconds of CPU of each request."""
    application = get_wsgi_application()
    readings = Readings()
    for _ in range(rounds):
        readings.take(lambda: _asked(application, schema, token))
    return readings.cpu


def listed(schema: str, token: str) -> Any:
    """One page."""
    return json.loads(_asked(get_wsgi_application(), schema, token))


def _host(schema: str) -> str:
    return f"{schema.replace('_', '-')}.example.com"


def _asked(application: WSGIHandler, schema: str, token: str) -> bytes:
    environ: dict[str, Any] = {
        "HTTP_HOST": _host(schema),
        "PATH_INFO": "/patients/",
        "HTTP_AUTHORIZATION": f"Token {token}",
        "HTTP_ACCEPT": "application/json",
    }
    setup_testing_defaults(environ)
    said: list[str] = []
    response = application(environ, lambda status, _headers, _exc=None: said.append(status))
    page = b"".join(response)
    response.close()
    connection.set_schema_to_public()
    if said != ["200 OK"]:
        raise RuntimeError(f"the usual way answered {said}: {page[:300]!r}")
    return page


def _timed(work: Callable[..., None]) -> Callable[..., float]:
    @wraps(work)
    def run(**words: str) -> float:
        readings = Readings()
        readings.take(lambda: work(**words))
        return readings.wall[0]

    return run


if __name__ == "__main__":
    timed = {work.__name__: _timed(work) for work in (prepare, make, migrate, migrate_later)}
    answer({**timed, "take_over": take_over, "list_patients": list_patients, "listed": listed})
