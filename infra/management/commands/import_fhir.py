from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from core import audit
from core.errors import DomainError
from loyalty.intake.import_fhir import Target, import_fhir


class Bars:
    """A bar while the files are read, another while the rows are written."""

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self._bar: tqdm[Any] | None = None

    def reading(self, size: int) -> None:
        self._begin("Reading", size, unit="B", unit_scale=True)

    def loading(self, rows: int) -> None:
        self._begin("Writing", rows, unit=" rows")

    def advance(self, step: int) -> None:
        if self._bar is not None:
            self._bar.update(step)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()

    def _begin(self, words: str, total: int, **style: Any) -> None:
        self.close()
        self._bar = tqdm(total=total, desc=words, disable=True if self._hidden else None, **style)


class Command(BaseCommand):
    help = "Import a FHIR R4 export (NDJSON or bundles, plain or gzip) into one practice, or split by organization."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a folder with the export's files, or one file")
        target = parser.add_mutually_exclusive_group(required=True)
        target.add_argument("--practice", help="slug of the practice that takes everything")
        target.add_argument(
            "--split-by-organization", action="store_true", help="open or find one practice for each organization"
        )
        parser.add_argument("--time-zone", default="America/New_York", help="of the practices that are opened")
        parser.add_argument(
            "--attest-agreement",
            default="",
            metavar="WHO_WHEN",
            help="who signed the business associate agreement with its data-aggregation clause, and when, where it is"
            " not on record; kept in these words as an attestation",
        )
        parser.add_argument(
            "--without-aggregation",
            action="store_true",
            help="the attested agreement has no data-aggregation clause: the practice contributes nothing",
        )
        parser.add_argument("--errors", type=Path, help="file for the error report (CSV)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        attested = options["attest_agreement"]
        if not attested and settings.DEMO:
            # A demo network holds no real patients, so nobody has signed for any; the record says so.
            attested = f"demo network, {now:%Y-%m-%d}"
            self.stdout.write(f"No agreement was attested; recorded as “{attested}”. A real network asks for one.")
        bars = Bars(hidden=options["verbosity"] == 0)
        report = options["errors"] or settings.DATA / "imports" / f"fhir-errors-{now:%Y%m%d-%H%M%S}.csv"
        try:
            with audit.asking(audit.Asker.operator("import_fhir")):
                summary = import_fhir(
                    path=options["path"],
                    target=Target(slug=options["practice"], time_zone=options["time_zone"]),
                    attested=attested,
                    aggregation=not options["without_aggregation"],
                    report_path=report,
                    progress=bars,
                    now=now,
                )
        except DomainError as error:
            raise CommandError(str(error)) from None
        finally:
            bars.close()
        for line in summary.lines():
            self.stdout.write(line)
