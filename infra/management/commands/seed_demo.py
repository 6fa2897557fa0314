import os
import resource
import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from core.tenancy import standby
from core.tenancy.owner import has_owner
from infra.seeds.benchmarks import close, make_reports, months_to_close, refresh_figures, release_priors
from infra.seeds.buying import open_buying
from infra.seeds.members import MEMBERS
from infra.seeds.people import hashed_password
from infra.seeds.plan import Plan
from infra.seeds.plant import bring_people, plant
from infra.seeds.purchases import buy
from infra.seeds.record import Record, read_record, write_begun, write_finished
from infra.seeds.software import connect_software
from infra.seeds.subscriptions import subscribe_some
from infra.seeds.workers import Workers
from loyalty.holdouts.release import release_lifts
from tenants.models import Practice

SEED = 20_261
# The hour at which a story with a given day is told: some of the day's visits are over, others still to come.
TOLD_AT = 11
DAYS_IN_A_MONTH = 365.25 / 12
AURORA_ZONE = ZoneInfo(MEMBERS[0].time_zone)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day: write it like 2026-11-23.") from None


class Command(BaseCommand):
    help = (
        "Fill an empty network with invented practices, patients and three years of visits, notes and answers. All of"
        " it is made up, so no figure in it says anything about the world: whether a note was written was drawn apart"
        " from whether the patient came back. The same --seed and --today make the same rows."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, help=f"the number everything is drawn from (default {SEED})")
        parser.add_argument("--practices", type=int, help=f"how many, 2 to {len(MEMBERS)} (default {len(MEMBERS)})")
        parser.add_argument("--months", type=int, help="how long the story is, 2 to 60 (default 36)")
        parser.add_argument(
            "--today", type=_day, help=f"the day it is told on, at {TOLD_AT}:00 in Portland (default: this moment)"
        )
        parser.add_argument("--demo", action="store_true", help="seed although DEMO=1 is not set")
        parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), help="at once (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options)
        record = read_record()
        if record is None:
            plan = _plan(options)
            self._refuse_if_not_empty()
            write_begun(plan)
        elif record.finished_at is not None:
            self._already_there(record, options)
            return
        else:
            plan = self._go_on(record, options)
        try:
            self._seed(plan, processes=options["processes"])
        except KeyboardInterrupt:
            raise CommandError("Stopped half-way. Run `seed_demo` again to go on from here.") from None
        write_finished(now=timezone.now())

    # --- Before -----------------------------------------------------------------------------------------------

    def _check(self, options: dict[str, Any]) -> None:
        if not settings.DEMO and not options["demo"]:
            raise CommandError(
                "This would fill the network with invented practices. If you want that, set DEMO=1 or add --demo."
            )
        if not has_owner():
            raise CommandError("Seeding makes schemas, which needs DATABASE_OWNER_URL. Set it, or use `make run`.")
        for name, least, most in (("practices", 2, len(MEMBERS)), ("months", 2, 60), ("processes", 1, 16)):
            if options[name] is not None and not least <= options[name] <= most:
                raise CommandError(f"--{name} must be from {least} to {most}.")

    def _refuse_if_not_empty(self) -> None:
        if there := Practice.objects.count():
            raise CommandError(
                f"The network has {there} practices that this command did not make, so nothing was changed."
                f" {_start_over()}"
            )

    def _already_there(self, record: Record, options: dict[str, Any]) -> None:
        if _asks_for_another(record.plan, options):
            raise CommandError(f"Another demo network ({_words(record.plan)}) is here already. {_start_over()}")
        self.stdout.write(f"The demo network ({_words(record.plan)}) is here already. {_start_over()}")

    def _go_on(self, record: Record, options: dict[str, Any]) -> Plan:
        if _asks_for_another(record.plan, options):
            raise CommandError(
                f"An unfinished demo network ({_words(record.plan)}) is here. Run `seed_demo` without other numbers to"
                f" finish it. {_start_over()}"
            )
        self.stdout.write(f"An earlier run ({_words(record.plan)}) was stopped half-way; this one goes on with it.")
        return record.plan

    # --- Seeding ----------------------------------------------------------------------------------------------

    def _seed(self, plan: Plan, *, processes: int) -> None:
        with Workers(processes) as workers:
            self._timed(lambda: _plant_all(plan, workers))
            self._timed(lambda: _refresh_all(plan, workers))
        self._timed(lambda: _close_all(plan))
        self._timed(lambda: f"{subscribe_some(plan)} members subscribed in test billing")
        usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        self.stdout.write(
            f"Outside the database that took {sum(one.ru_utime + one.ru_stime for one in usage):.1f} s of processor and"
            f" at most {max(one.ru_maxrss for one in usage) // 1024} MB in one process."
        )

    def _timed(self, part: Callable[[], str]) -> None:
        """Each part says what it did, and is timed apart."""
        begun = time.monotonic()
        words = part()
        self.stdout.write(f"{words} in {time.monotonic() - begun:.1f} s.")


def _plant_all(plan: Plan, workers: Workers) -> str:
    bring_people(plan, password=hashed_password())
    there = set(Practice.objects.values_list("slug", flat=True))
    missing = [member for member in plan.members if member.slug not in there]
    rows = 0
    with _bar("Seeding", total=len(plan.members), initial=len(there)) as bar:
        for member, written in workers.each(missing, plant, plan, before=standby.make):
            rows += written
            bar.set_postfix_str(member.slug, refresh=False)
            bar.update()
    connect_software(plan)
    open_buying(plan)
    buy(plan)
    return f"{len(missing)} practices with {rows:,} rows"


def _refresh_all(plan: Plan, workers: Workers) -> str:
    figures = 0
    with _bar("Computing figures", total=len(plan.members)) as bar:
        for _, made in workers.each(plan.members, refresh_figures, plan):
            figures += made
            bar.update()
    return f"{figures:,} figures of the practices"


def _close_all(plan: Plan) -> str:
    shown, months = 0, months_to_close(plan)
    with _bar("Closing months", total=len(months), unit="month") as bar:
        for month in months:
            shown += close(month)
            bar.update()
    release_lifts(now=plan.now)
    release_priors()
    return f"{len(months)} months closed, {shown:,} benchmarks shown, {make_reports(plan)} reports made"


def _bar(what: str, *, total: int, initial: int = 0, unit: str = "practice") -> tqdm:
    return tqdm(total=total, initial=initial, unit=unit, desc=what, mininterval=0)


def _plan(options: dict[str, Any]) -> Plan:
    day = options["today"]
    now = timezone.now() if day is None else datetime(day.year, day.month, day.day, TOLD_AT, tzinfo=AURORA_ZONE)
    return Plan(
        seed=SEED if options["seed"] is None else options["seed"],
        now=now,
        practices=options["practices"] or len(MEMBERS),
        days=round((options["months"] or 36) * DAYS_IN_A_MONTH),
    )


def _asks_for_another(plan: Plan, options: dict[str, Any]) -> bool:
    """Whether any number given differs from those of `plan`; what was not given asks for nothing."""
    asked = _plan(options)
    day = options["today"]
    return (
        (options["seed"] is not None and asked.seed != plan.seed)
        or (options["practices"] is not None and asked.practices != plan.practices)
        or (options["months"] is not None and asked.days != plan.days)
        or (day is not None and abs(asked.now - plan.now) >= timedelta(days=1))
    )


def _words(plan: Plan) -> str:
    day = plan.now.astimezone(AURORA_ZONE).date()
    return f"{plan.practices} practices, seed {plan.seed}, told on {day}"


def _start_over() -> str:
    return (
        f"To start over, stop the servers and move the data folder {settings.DATA} away; on a database of your own,"
        " use an empty one."
    )
