from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from core.tenancy.compiler import CannotCompile
from core.tenancy.migrate import BATCH, migrate_practices, schemas


class Command(BaseCommand):
    help = "Bring every practice's schema up to date. Compiled once, in batches; run it again after any interruption."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="schemas in one transaction (default %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch must be 1 or more.")
        with tqdm(total=len(schemas()), unit="practice", desc="Migrating", disable=None) as bar:
            try:
                outcome = migrate_practices(batch=options["batch"], progress=bar.update)
            except CannotCompile as error:
                raise CommandError(str(error)) from None
        self.stdout.write(f"{outcome.migrated} schemas migrated, {outcome.skipped} were up to date.")
        if outcome.failed:
            for schema_name, words in outcome.failed.items():
                self.stderr.write(f"  {schema_name}: {words}")
            raise CommandError(
                f"{len(outcome.failed)} schemas were not migrated and are unchanged. Mend the cause and run this again."
            )
