from typing import Any

from django.core.management.base import BaseCommand, CommandError

from billing.gateway import gateway
from core.errors import DomainError


class Command(BaseCommand):
    help = "Make at Stripe what is sold: a price for each plan and interval, and one for texts. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = gateway().set_up()
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"Made {', '.join(made)}." if made else "Everything is on sale already.")
