from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
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
        with _without_practices():
            call_command(django_migrate.Command(), database=OWNER, verbosity=options["verbosity"], interactive=False)
        with connections[OWNER].cursor() as cursor:
            tables = gate.apply(cursor)
        self.stdout.write(f"Public schema is up to date; {tables} tables are behind the gate.")


@contextmanager
def _without_practices() -> Iterator[None]:
    """Django would draw the models of the practices' schemas for every operation, to write nothing of them here."""
    usual = settings.MIGRATION_MODULES
    theirs = (app.label for app in apps.get_app_configs() if app.name in settings.TENANT_APPS)
    settings.MIGRATION_MODULES = {**usual, **dict.fromkeys(theirs)}
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = usual
