from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from loyalty.benchmarks.close_month import close_month
from loyalty.metrics.windows import Month


class Command(BaseCommand):
    help = "Close a month: release its benchmarks to the members, and revise the three months before it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="as YYYY-MM, e.g. 2026-10")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            closed = close_month(month=Month.parse(options["month"]), now=timezone.now())
        except (DomainError, ValueError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{closed.month} is closed: {closed.published} cells published, {closed.hidden} hidden, "
            f"{closed.revised} of earlier months revised."
        )
