from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring everything up to date: the public schema, then every practice's (migrate_public, migrate_practices)."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate_public", verbosity=options["verbosity"])
        call_command("migrate_practices", verbosity=options["verbosity"])
