from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core.tenancy.standby import fill


class Command(BaseCommand):
    help = "Make schemas until enough stand ready for new practices."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wanted", type=int, default=settings.READY_SCHEMAS)

    def handle(self, *args: Any, **options: Any) -> None:
        made = fill(wanted=options["wanted"])
        self.stdout.write(f"{len(made)} schemas made; {options['wanted']} stand ready.")
