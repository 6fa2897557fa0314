"""`make bench`, or `python -m infra.launch exec --ephemeral -- python -m tests.bench`: measure, compare, judge."""

import argparse
import json
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.conf import settings  # noqa: E402

from core import audit  # noqa: E402
from tests.bench.audited import Audited  # noqa: E402
from tests.bench.cards import Cards  # noqa: E402
from tests.bench.contributions import Contributions  # noqa: E402
from tests.bench.crowd import Crowd  # noqa: E402
from tests.bench.drifting import Drifting  # noqa: E402
from tests.bench.entering import Entering  # noqa: E402
from tests.bench.few import FEW  # noqa: E402
from tests.bench.growth import Growth  # noqa: E402
from tests.bench.importing import Importing  # noqa: E402
from tests.bench.listing import Listing  # noqa: E402
from tests.bench.making import Making  # noqa: E402
from tests.bench.measure import Bench, Measure  # noqa: E402
from tests.bench.migrating import Migrating  # noqa: E402
from tests.bench.network import Network  # noqa: E402
from tests.bench.rebates import Rebates  # noqa: E402
from tests.bench.releases import Releases  # noqa: E402
from tests.bench.same import NotTheSame  # noqa: E402
from tests.bench.searching import Searching  # noqa: E402
from tests.bench.table import Row, exit_code, text  # noqa: E402
from tests.bench.tables import Tables  # noqa: E402
from tests.bench.today import Today  # noqa: E402
from tests.bench.upserting import Upserting  # noqa: E402
from tests.bench.usual.tenants import Usual  # noqa: E402

# In this order: practices are migrated while they are empty, as those of the usual way are.
MEASURES: tuple[type[Measure], ...] = (
    Making,
    Migrating,
    Entering,
    Today,
    Audited,
    Listing,
    Crowd,
    Searching,
    Cards,
    Contributions,
    Drifting,
    Growth,
    Importing,
    Rebates,
    Releases,
    Tables,
    Upserting,
)


def main(words: list[str]) -> int:
    options = _parser().parse_args(words)
    began = time.monotonic()
    network = Network(now=datetime.now(UTC))
    network.prepare()
    rows: list[Row] = []
    with Usual() as usual:
        bench = Bench(network=network, usual=usual, wanted=options.practices)
        for measure in (kind() for kind in MEASURES if not options.only or kind.name in options.only):
            print(f"{time.monotonic() - began:4.0f} s  measuring {measure.name} …", file=sys.stderr, flush=True)
            rows += measure.rows(bench)
    print(text(rows))
    _write(options.json, rows, practices=options.practices)
    print(f"\n{time.monotonic() - began:.0f} s. Written to {options.json}")
    return exit_code(rows)


def _write(path: Path, rows: list[Row], *, practices: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "practices": practices,
        "rows": [row.as_json() for row in rows],
    }
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--practices", type=_many, default=300, metavar="N", help="(default %(default)s)")
    parser.add_argument("--only", nargs="+", choices=[kind.name for kind in MEASURES], help="measure these alone")
    parser.add_argument("--json", type=Path, default=settings.ROOT / "var" / "bench.json", metavar="PATH")
    return parser


def _many(given: str) -> int:
    if not given.isdecimal() or int(given) <= FEW:
        raise argparse.ArgumentTypeError(f"give more practices than {FEW}, which growth is compared with")
    return int(given)


if __name__ == "__main__":
    with audit.asking(audit.Asker.operator("bench")):
        try:
            sys.exit(main(sys.argv[1:]))
        except NotTheSame as difference:
            # Said here, because what is not caught is written without its words.
            sys.exit(f"There is nothing to compare: {difference}")
