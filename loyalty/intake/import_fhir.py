"""Import a FHIR R4 export: into one practice, or into a practice for each of its organizations."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction

from core.errors import DomainError, NotFound
from core.tenancy.scope import practice_scope
from loyalty.intake.agreement import check_attested, require_agreement
from loyalty.intake.error_report import ErrorReport
from loyalty.intake.fhir.export import read_export
from loyalty.intake.fhir.plan import Plan, PlannedPractice
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.source import open_source
from loyalty.intake.fhir.spool import open_spool
from loyalty.intake.fhir.tally import Tally
from loyalty.intake.loading.locations import main_location
from loyalty.intake.loading.practice import load_practice
from loyalty.intake.practice_of_organization import practice_of_organization
from loyalty.intake.progress import Progress
from loyalty.intake.summary import ImportSummary
from tenants.models import Practice


@dataclass(frozen=True, slots=True)
class Target:
    """slug: the practice that takes everything; None: one practice for each organization, in `time_zone`."""

    slug: str | None
    time_zone: str = ""


def import_fhir(
    *,
    path: Path,
    target: Target,
    attested: str,
    aggregation: bool = True,
    report_path: Path,
    progress: Progress,
    now: datetime,
) -> ImportSummary:
    """Import the file or folder at `path`. Good rows land, the others stand in the report, none is lost.

    Each practice is one transaction. After a crash or an error run it again: what is there is found by its external
    ids and is not written twice. History makes no touchpoint.

    attested: who signed the business associate agreement and when, where it is not on record; with `aggregation`, its
    data-aggregation clause, too.

    Raises SourceError (nothing readable), NotFound (no such practice), Conflict (another import runs), DomainError
    (agreement missing, time zone unknown, report unwritable).
    """
    source = open_source(path)
    zone = _zone(target, attested=attested)
    reading = Reading(zone=zone, today=now.astimezone(zone).date())
    with ErrorReport(report_path) as report, open_spool() as spool:
        summary = ImportSummary(Tally(report.add), passed_over=source.passed_over)
        progress.reading(source.size)
        read_export(source, spool=spool, reading=reading, tally=summary.tally, progress=progress.advance)
        plan = Plan(spool, by_organization=target.slug is None, reading=reading, tally=summary.tally)
        practices = plan.practices()
        progress.loading(sum(planned.patients + planned.visits for planned in practices))
        importing = _Importing(plan, target, attested, aggregation, now, progress, summary)
        for planned in practices:
            importing.take(planned)
        summary.report_lines = report.lines
        summary.report = report.path if report.lines else None
    return summary


def _zone(target: Target, *, attested: str) -> ZoneInfo:
    """The time zone of the visits; asks for the agreement before anything is read."""
    if target.slug is None:
        check_attested(attested, of="the practices to be opened")
        if target.time_zone not in available_timezones():
            message = f"“{target.time_zone}” is not a time zone. Use a name such as America/Chicago."
            raise DomainError("time_zone_unknown", message)
        return ZoneInfo(target.time_zone)
    practice = _practice(target.slug)
    if practice.business_associate_agreed_at is None:
        check_attested(attested, of=practice.name)
    with practice_scope(practice.ref):
        return ZoneInfo(main_location().time_zone)


def _practice(slug: str) -> Practice:
    practice = Practice.objects.filter(slug=slug).first()
    if practice is None:
        raise NotFound("practice_missing", f"There is no practice “{slug}”. Open it first, or check the name.")
    return practice


@dataclass(slots=True)
class _Importing:
    plan: Plan
    target: Target
    attested: str
    aggregation: bool
    now: datetime
    progress: Progress
    summary: ImportSummary

    def take(self, planned: PlannedPractice) -> None:
        """Opens the practice if need be and loads it: all of it in one transaction."""
        with transaction.atomic():
            practice, opened = self._practice_of(planned)
            require_agreement(practice, attested=self.attested, aggregation=self.aggregation, now=self.now)
            with practice_scope(practice.ref):
                loaded = load_practice(
                    self.plan, planned, now=self.now, report=self.summary.tally.report, advance=self.progress.advance
                )
        self.summary.loaded += loaded
        self.summary.practices += 1
        self.summary.practices_opened += opened
        self.summary.same_day += planned.same_day

    def _practice_of(self, planned: PlannedPractice) -> tuple[Practice, bool]:
        if planned.organization is None:
            return _practice(self.target.slug or ""), False
        return practice_of_organization(
            planned.organization, providers=planned.practitioners, time_zone=self.target.time_zone, now=self.now
        )
