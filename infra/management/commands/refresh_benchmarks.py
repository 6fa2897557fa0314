from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from core.tenancy.scope import practice_scope
from loyalty.benchmarks.contribute import WHOLE_HISTORY_MONTHS, refresh
from tenants.refs import active_practices


class Command(BaseCommand):
    help = "Compute the figures of every practice over its whole history, and contribute its aggregates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="only these practices, by the first label of their address")

    def handle(self, *args: Any, **options: Any) -> None:
        practices = active_practices()
        if unknown := set(options["slugs"]) - {practice.slug for practice in practices}:
            raise CommandError(f"No active practice is called {', '.join(sorted(unknown))}. Check the spelling.")
        chosen = [practice for practice in practices if not options["slugs"] or practice.slug in options["slugs"]]
        figures = contributions = 0
        for practice in tqdm(chosen, unit="practice", desc="Computing", disable=None):
            with practice_scope(practice):
                done = refresh(practice=practice, now=timezone.now(), reach=WHOLE_HISTORY_MONTHS)
            figures += done.figures
            contributions += done.contributions
        self.stdout.write(f"{figures} figures of {len(chosen)} practices, {contributions} contributed to the network.")
