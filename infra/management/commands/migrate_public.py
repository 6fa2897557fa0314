from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.management.commands import migrate as django_migrate
from django.db import connections

from core.tenancy import gate
from core.tenancy.owner import OWNER, owner_connection


class Command(BaseCommand):
    help = "Bring the public schema up to date, and write its grants and row-level security."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        owner_connection()
        # Django's own command: django-tenants replaces `migrate` by one that walks all schemas.
        call_command(django_migrate.Command(), database=OWNER, verbosity=options["verbosity"], interactive=False)
        with connections[OWNER].cursor() as cursor:
            tables = gate.apply(cursor)
        self.stdout.write(f"Public schema is up to date; {tables} tables are behind the gate.")
