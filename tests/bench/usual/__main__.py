"""Does the usual way's work on request, a line of JSON each: {"do": "make", …} → {"wall": seconds, "cpu": seconds}."""

import json
import os
import sys
from functools import partial

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.usual.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from tests.bench.later import LATER  # noqa: E402
from tests.bench.readings import Readings  # noqa: E402
from tests.bench.usual.clients.models import Client, Domain  # noqa: E402


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


WORKS = {work.__name__: work for work in (prepare, make, migrate, migrate_later)}


def answer_requests() -> None:
    """Until there are none. Whatever the work prints goes to standard error."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        readings = Readings()
        readings.take(partial(WORKS[request.pop("do")], **request))
        print(json.dumps({"wall": readings.wall[0], "cpu": readings.cpu[0]}), file=answers, flush=True)


if __name__ == "__main__":
    answer_requests()
