from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from billing.reconcile import reconcile
from core import audit


class Command(BaseCommand):
    help = "Compare every account with Stripe, list what differs, and heal it. It runs by itself every night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="only list what differs, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.STRIPE_SECRET_KEY:
            raise CommandError("Paid plans are off: set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET.")
        with audit.asking(audit.Asker.operator("reconcile_stripe")):
            report = reconcile(heal=not options["list"], now=timezone.now())
        for line in report.found:
            self.stdout.write(line)
        what = "healed" if report.healed else "listed"
        self.stdout.write(
            f"{report.accounts} accounts, {len(report.found)} differences {what}, {report.failed} unread."
        )
