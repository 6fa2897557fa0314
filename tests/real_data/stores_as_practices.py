"""Stores of the Complete Journey as practices, from their files to releases. Prints one line of figures as JSON.

Run as a module: `python -m tests.real_data.stores_as_practices FOLDER`.
"""

import csv
import gzip
import io
import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from core import audit  # noqa: E402
from core.tenancy import standby  # noqa: E402
from core.tenancy.scope import practice_scope  # noqa: E402
from loyalty.benchmarks.models import Contribution, DriftEstimate, DriftPrior, Release  # noqa: E402
from loyalty.drifting.refresh import refresh_drift  # noqa: E402
from loyalty.drifting.release_prior import release_prior  # noqa: E402
from loyalty.metrics.windows import Month  # noqa: E402
from loyalty.models import Visit  # noqa: E402
from tenants.actions.attest_agreement import attest_agreement  # noqa: E402
from tenants.actions.open_practice import open_practice  # noqa: E402
from tenants.models import Practice  # noqa: E402

# A store with fewer is no practice.
FEWEST_BASKETS = 100
LAST = Month(2017, 12)
MONTHS = 2
JUST_AFTER = datetime(2018, 1, 5, tzinfo=UTC)
Baskets = dict[str, tuple[str, str]]
Rows = Iterator[tuple[str, ...]]


def stores(folder: Path) -> dict[str, Baskets]:
    """Store → basket → (household, when)."""
    found: dict[str, Baskets] = defaultdict(dict)
    with gzip.open(folder / "transactions_sample.csv.gz", "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["store_id"]][row["basket_id"]] = (row["household_id"], row["transaction_timestamp"])
    return {store: baskets for store, baskets in found.items() if len(baskets) >= FEWEST_BASKETS}


def bring(store: str, baskets: Baskets, folder: Path) -> int:
    """Open the practice and import its patients and visits; returns how many visits it has."""
    now = timezone.now()
    standby.make()
    practice = open_practice(
        name=f"Store {store}", slug=f"store-{store}", time_zone="America/New_York", region="", size_band="", now=now
    )
    attest_agreement(practice=practice, attested="made-up network", aggregation=True, now=now)
    households = sorted({household for household, _ in baskets.values()})
    _import(practice, folder / "patients.csv", "patients", ("Record number", "First name", "Last name"),
            ((one, "Household", one) for one in households))  # fmt: skip
    visits = ((key, household, at, "completed") for key, (household, at) in sorted(baskets.items()))
    _import(practice, folder / "visits.csv", "visits", ("Visit ID", "Record number", "Start", "Status"), visits)
    with practice_scope(practice.ref):
        return Visit.objects.count()


def _import(
    practice: Practice, path: Path, kind: str, header: tuple[str, ...], rows: Iterator[tuple[str, ...]]
) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    mapping = ["--map", "Start=starts_at"] if kind == "visits" else []
    given = ("--practice", practice.slug, "--kind", kind, "--system", "tills", *mapping)
    call_command("import_csv", str(path), *given, verbosity=0, stdout=io.StringIO())


def main(folder: Path) -> dict[str, object]:
    took: dict[str, float] = {}

    def timed(what: str, begun: float) -> None:
        took[what] = round(time.monotonic() - begun, 1)
        print(what, took[what], "s", file=sys.stderr, flush=True)

    with audit.asking(audit.Asker.operator("real_data")), TemporaryDirectory() as files:
        call_command("migrate_public", verbosity=0, stdout=io.StringIO())
        begun = time.monotonic()
        given = stores(folder)
        visits = {store: bring(store, baskets, Path(files)) for store, baskets in sorted(given.items())}
        timed("import", begun)
        begun = time.monotonic()
        call_command("refresh_benchmarks", stdout=io.StringIO())
        timed("figures", begun)
        begun = time.monotonic()
        for practice in Practice.objects.all():
            with practice_scope(practice.ref):
                refresh_drift(now=JUST_AFTER)
        timed("drift", begun)
        begun = time.monotonic()
        for back in range(MONTHS - 1, -1, -1):
            call_command("close_month", str(LAST.shifted(-back)), stdout=io.StringIO())
        release_prior(month=LAST, now=timezone.now())
        timed("releases", begun)
    newest = Release.objects.filter(month=LAST.first, cohort_kind="all")
    return {
        "practices": len(visits),
        "baskets": sum(map(len, given.values())),
        "visits": sum(visits.values()),
        "contributors": Contribution.objects.filter(month=LAST.first, metric="active_patients").count(),
        "shown": sorted(newest.filter(rule="").values_list("metric", flat=True)),
        "hidden": {one.metric: one.rule for one in newest.exclude(rule="")},
        "estimates": DriftEstimate.objects.count(),
        "priors": DriftPrior.objects.count(),
        "seconds": took,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
