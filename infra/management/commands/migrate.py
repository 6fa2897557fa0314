from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.migrations.autodetector import MigrationAutodetector


class Command(BaseCommand):
    help = "Bring everything up to date: the public schema, then every practice's (migrate_public, migrate_practices)."
    requires_system_checks = []
    # Django compares this with that of makemigrations.
    autodetector = MigrationAutodetector

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate_public", verbosity=options["verbosity"])
        call_command("migrate_practices", verbosity=options["verbosity"])
