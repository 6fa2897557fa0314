"""Stores of the Complete Journey as members of a buying group: their till lines as purchases, from files to statements.

Run as a module: `python -m tests.real_data.stores_buy FOLDER`. Prints one line of figures as JSON.
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
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db.models import Sum  # noqa: E402

from billing.purchasing.claims.prepare import prepare as prepare_claim  # noqa: E402
from billing.purchasing.claims.send_claim import send_claim  # noqa: E402
from billing.purchasing.models import (  # noqa: E402
    Accrual,
    ClaimedPurchase,
    Contract,
    ProgramTier,
    ProgramVersion,
    PurchaseLine,
    RebateProgram,
    Statement,
    Vendor,
)
from billing.purchasing.payments.record_payment import record_payment  # noqa: E402
from billing.purchasing.programs.periods import quarter_of  # noqa: E402
from billing.purchasing.rebates.accrue import accrue_since  # noqa: E402
from billing.purchasing.statements.approve import approve  # noqa: E402
from billing.purchasing.statements.prepare import prepare as prepare_statements  # noqa: E402
from billing.receiving.choose_columns import choose_columns  # noqa: E402
from billing.receiving.models import PurchaseFile  # noqa: E402
from billing.receiving.run import run  # noqa: E402
from billing.receiving.upload import upload  # noqa: E402
from core import audit  # noqa: E402
from core.tenancy import standby  # noqa: E402
from core.tenancy.scope import practice_scope  # noqa: E402
from tenants.actions.attest_agreement import attest_agreement  # noqa: E402
from tenants.actions.open_practice import open_practice  # noqa: E402
from tests.real_data.stores_as_practices import stores  # noqa: E402

NOW = datetime(2018, 3, 1, tzinfo=UTC)
COLUMNS = ("basket_id", "product_id", "quantity", "sales_value", "transaction_timestamp")
# From how much of a quarter on, in cents, and what it brings of everything.
TIERS = ((0, "0.01"), (30_000, "0.02"), (60_000, "0.03"))
Lines = dict[str, list[dict[str, str]]]


def till_lines(folder: Path) -> Lines:
    """Store → its lines, of stores with enough baskets."""
    kept = stores(folder).keys()
    found: Lines = defaultdict(list)
    with gzip.open(folder / "transactions_sample.csv.gz", "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["store_id"] in kept:
                found[row["store_id"]].append(row)
    return found


def expected(lines: Lines) -> dict[tuple[str, date], int]:
    """(store, first day of the quarter) → cents, worked out the plain way: sum, tier, rate, round."""
    spent: dict[tuple[str, date], int] = defaultdict(int)
    for store, rows in lines.items():
        for row in rows:
            day = date.fromisoformat(row["transaction_timestamp"][:10])
            spent[store, quarter_of(day).first] += int(Decimal(row["sales_value"]) * 100)
    found = {}
    for key, cents in spent.items():
        rate = [Decimal(rate) for at, rate in TIERS if cents >= at][-1]
        found[key] = int((cents * rate).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    return found


def sign() -> Contract:
    vendor = Vendor.objects.create(name="The wholesaler")
    contract = Contract.objects.create(
        vendor=vendor, number="W-2017", name="Everything", begins_on=date(2017, 1, 1), fee="none",
        signed_on=date(2017, 1, 1), signed_by="One", signed_for_vendor_by="Other",
    )  # fmt: skip
    program = RebateProgram.objects.create(contract=contract, name="Net spend")
    version = ProgramVersion.objects.create(
        program=program, number=1, from_day=date(2017, 1, 1), every="quarter", measured="volume", way="flat",
        covers="everything",
    )  # fmt: skip
    for place, (at, rate) in enumerate(TIERS):
        ProgramTier.objects.create(version=version, place=place, at=Decimal(at), rate=Decimal(rate))
    return contract


def bring(store: str, rows: list[dict[str, str]], vendor: Vendor) -> PurchaseFile:
    standby.make()
    practice = open_practice(
        name=f"Store {store}", slug=f"store-{store}", time_zone="America/New_York", region="", size_band="", now=NOW
    )
    attest_agreement(practice=practice, attested="made-up network", aggregation=False, now=NOW)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    with practice_scope(practice.ref):
        of = upload(name="till.csv", chunks=[text.getvalue().encode()], vendor_id=vendor.pk, by_person_id=None)
        choose_columns(file_id=of.pk, mapping=of.mapping, date_order="mdy")
        run(file_id=of.pk, now=NOW)
        of.refresh_from_db()
    return of


def main(folder: Path) -> dict[str, object]:
    took: dict[str, float] = {}

    def timed(what: str, begun: float) -> None:
        took[what] = round(time.monotonic() - begun, 1)
        print(what, took[what], "s", file=sys.stderr, flush=True)

    with audit.asking(audit.Asker.operator("real_data")):
        call_command("migrate_public", verbosity=0, stdout=io.StringIO())
        contract = sign()
        lines = till_lines(folder)
        begun = time.monotonic()
        files = [bring(store, rows, contract.vendor) for store, rows in sorted(lines.items())]
        timed("import", begun)
        begun = time.monotonic()
        accrue_since(date(2017, 1, 1), now=NOW)
        for month in (3, 6, 9, 12):
            last = quarter_of(date(2017, month, 1)).last
            total = prepare_claim(contract=contract, last=last, now=NOW).total.minor
            claim = send_claim(contract_id=contract.pk, last=last, total_seen=total, by_name="One", now=NOW)
            record_payment(
                claim_id=claim.pk, minor=total, day=NOW.date(), reference=f"W{month}", by_name="One", now=NOW
            )
        later = datetime(2018, 4, 5, tzinfo=UTC)
        first = quarter_of(date(2018, 1, 1))
        payout = sum(one.payout for one in prepare_statements(quarter=first, now=later))
        approve(quarter=first, payout_seen=payout, by_name="One", now=later)
        timed("rebates", begun)
    should = expected(lines)
    earned = {
        (one.practice.slug.removeprefix("store-"), one.first): one.cents
        for one in Accrual.objects.filter(base_minor__gt=0).select_related("practice")
    }
    return {
        "practices": len(files),
        "rows": sum(len(rows) for rows in lines.values()),
        "added": sum(of.added for of in files),
        "refused": sum(of.refused for of in files),
        "lines": PurchaseLine.objects.count(),
        "wrong": sum(earned.get(key, 0) != cents for key, cents in should.items()),
        "periods": len(should),
        # The last hour of the year is already the next one at some tills; its quarter is not over.
        "earned": sum(cents for (_, first), cents in should.items() if first.year == NOW.year - 1),
        "explained": ClaimedPurchase.objects.aggregate(sum=Sum("cents"))["sum"],
        "paid_out": Statement.objects.aggregate(sum=Sum("payout_minor"))["sum"],
        "statements": Statement.objects.count(),
        "seconds": took,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
