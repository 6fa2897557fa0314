"""Does the usual way's work on request (tests/bench/worker.py); each answers the seconds of wall clock it took."""

import os
from collections.abc import Callable
from functools import wraps

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.usual.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

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
    Domain.objects.create(domain=f"{schema}.example.com", tenant=client, is_primary=True)


def migrate(schema: str) -> None:
    """One tenant's turn in `migrate_schemas --tenant`, by the standard executor."""
    call_command(
        "migrate_schemas", tenant=True, schema_name=schema, executor="standard", verbosity=0, interactive=False
    )


def migrate_later(schema: str) -> None:
    with override_settings(MIGRATION_MODULES=LATER):
        migrate(schema)


def _timed(work: Callable[..., None]) -> Callable[..., float]:
    @wraps(work)
    def run(**words: str) -> float:
        readings = Readings()
        readings.take(lambda: work(**words))
        return readings.wall[0]

    return run


if __name__ == "__main__":
    answer({work.__name__: _timed(work) for work in (prepare, make, migrate, migrate_later)})
