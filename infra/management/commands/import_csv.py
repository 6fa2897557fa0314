"""A CSV or Excel file into one practice, as the wizard of the portal does it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from core import audit
from core.errors import DomainError
from core.sheets.names import normal
from core.tenancy.scope import practice_scope
from loyalty.intake.agreement import check_attested
from loyalty.intake.check_import import check_import
from loyalty.intake.choose_columns import Columns, choose_columns
from loyalty.intake.choose_reading import Reading, choose_reading
from loyalty.intake.discard_import import discard_import
from loyalty.intake.rows_to_mend import rows_to_mend
from loyalty.intake.run_import import run_import
from loyalty.intake.sheets import questions
from loyalty.intake.sheets.columns.fields import FIELDS
from loyalty.intake.sheets.reading.stored import PIECE
from loyalty.intake.start_import import start_import
from loyalty.intake.upload import upload
from loyalty.models import Import, ImportKind, ImportState
from tenants.models import Practice

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
# What the command ends with, for scripts.
LANDED, REFUSED, SOME_REFUSED = 0, 1, 3


class Command(BaseCommand):
    help = "Import patients or visits from a CSV or Excel file into one practice. Exits 3 where rows were refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--practice", required=True, help="slug of the practice")
        parser.add_argument("--kind", choices=ImportKind.values, help="by default the names of the columns tell")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="what it becomes; COLUMN= leaves it out",
        )
        parser.add_argument(
            "--system", default="", help="where the file comes from: its numbers are kept under that name"
        )
        parser.add_argument("--encoding", default="", help="e.g. cp1252, where the file leaves it open")
        parser.add_argument("--separator", choices=SEPARATORS, help="where the file leaves it open")
        parser.add_argument("--sheet", default="", help="of a workbook with several")
        parser.add_argument("--header-row", type=int, help="the row that names the columns; 0: none does")
        parser.add_argument("--date-order", choices=["mdy", "dmy"], default="", help="where the dates leave it open")
        parser.add_argument("--dry-run", action="store_true", help="check every row, and import nothing")
        parser.add_argument("--errors", type=Path, help="file for the rows that need mending (CSV)")

    def handle(self, *args: Any, **options: Any) -> None:
        practice = Practice.objects.filter(slug=options["practice"]).first()
        if practice is None:
            raise CommandError(f"There is no practice “{options['practice']}”. Check the name.")
        try:
            if practice.business_associate_agreed_at is None:
                check_attested("", of=practice.name)
            with practice_scope(practice.ref), audit.asking(audit.Asker.operator("import_csv")):
                refused = self._import(options)
        except DomainError as error:
            raise CommandError(_in_terms_of_options(error)) from None
        if refused:
            sys.exit(SOME_REFUSED)

    def _import(self, options: dict[str, Any]) -> int:
        path: Path = options["path"]
        if not path.is_file():
            raise CommandError(f"{path} is no file. Check the path.")
        of = upload(name=path.name, chunks=_chunks(path), kind=options["kind"] or "")
        done = False
        try:
            of = self._answer(of, options)
            columns = Columns(
                mapping=_mapping(of, options["map"]),
                known_as=options["system"] or of.known_as,
                date_order=options["date_order"],
            )
            choose_columns(import_id=of.id, columns=columns, background=False, now=timezone.now())
            with self._bar("Checking", options) as bar:
                check_import(import_id=of.id, clock=timezone.now, advance=bar.update)
            of.refresh_from_db()
            self._refuse_open(of)
            if options["dry_run"]:
                self._say(of, options, would=True)
                return of.refused
            start_import(import_id=of.id, background=False, now=timezone.now())
            done = True
        finally:
            if not done:
                self._errors(of, options)
                discard_import(import_id=of.id)
        return self._run(of, options)

    def _run(self, of: Import, options: dict[str, Any]) -> int:
        with self._bar("Importing", options, total=of.rows) as bar:
            ran = run_import(import_id=of.id, clock=timezone.now, advance=bar.update)
        of.refresh_from_db()
        if not ran:
            self.stdout.write("Another import into this practice is running. This one follows when it ends.")
            return 0
        self._errors(of, options)
        if of.state == ImportState.FAILED:
            raise CommandError(of.failure)
        self._say(of, options, would=False)
        return of.refused

    def _answer(self, of: Import, options: dict[str, Any]) -> Import:
        reading = Reading(
            encoding=options["encoding"],
            separator=SEPARATORS.get(options["separator"] or "", ""),
            sheet=options["sheet"],
            header_row=options["header_row"],
        )
        of = choose_reading(import_id=of.id, reading=reading)
        self._refuse_open(of)
        return of

    def _refuse_open(self, of: Import) -> None:
        if of.asks:
            raise CommandError(" ".join(_ASKED[one] for one in of.asks))
        if of.failure:
            raise CommandError(of.failure)

    def _errors(self, of: Import, options: dict[str, Any]) -> None:
        path: Path | None = options["errors"]
        if path is None or not of.issues.exists():
            return
        _, lines = rows_to_mend(import_id=of.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("w", newline="", encoding="utf-8") as out:
            out.writelines(lines)

    def _say(self, of: Import, options: dict[str, Any], *, would: bool) -> None:
        begin = "Would import" if would else "Imported"
        self.stdout.write(
            f"{begin} {of.kind}: {of.new:,} new, {of.changed:,} changed, {of.unchanged:,} unchanged,"
            f" {of.refused:,} refused, {of.remarked:,} without a part."
        )
        if of.refused or of.remarked:
            where = options["errors"] or "--errors FILE keeps them"
            self.stdout.write(f"Rows to mend: {where}.")

    def _bar(self, words: str, options: dict[str, Any], *, total: int | None = None) -> "tqdm[Any]":
        hidden = True if options["verbosity"] == 0 else None
        return tqdm(total=total, desc=words, unit=" rows", disable=hidden)


_ASKED = {
    questions.ENCODING: "The letters can be read in several ways: name one with --encoding, e.g. cp1252 or mac_roman.",
    questions.SEPARATOR: "It is not clear what separates the cells: say --separator.",
    questions.SHEET: "The workbook has several sheets: name one with --sheet.",
    questions.HEADER: "It is not clear which row names the columns: say --header-row, 0 for none.",
    questions.DATE_ORDER: "The dates do not tell whether the month or the day comes first: say --date-order.",
}


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(PIECE), b"")


def _mapping(of: Import, given: list[str]) -> list[str]:
    """What the names tell, changed by what was given. Raises CommandError."""
    mapping = list(of.mapping)
    fields = {field.key for field in FIELDS[of.kind]}
    for one in given:
        column, separator, key = one.rpartition("=")
        places = [n for n, name in enumerate(of.header) if name == column or normal(name) == normal(column)]
        if not separator or not places:
            known = ", ".join(of.header)
            raise CommandError(f"--map {one}: the file has no column “{column}”. It has: {known}.")
        if key and key not in fields:
            raise CommandError(f"--map {one}: “{key}” is no field. Fields: {', '.join(sorted(fields))}.")
        for place in places:
            mapping[place] = key
    return mapping


def _in_terms_of_options(error: DomainError) -> str:
    hint = {"known_as": " Use --system NAME.", "mapping": " Use --map COLUMN=FIELD."}.get(error.field or "", "")
    return error.message + hint
