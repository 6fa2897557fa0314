"""`make bench`, or `python -m infra.launch exec --ephemeral -- python -m tests.bench`: measure, compare, judge."""

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.conf import settings  # noqa: E402

from tests.bench.contributions import Contributions  # noqa: E402
from tests.bench.entering import Entering  # noqa: E402
from tests.bench.making import Making  # noqa: E402
from tests.bench.measure import Bench, Measure  # noqa: E402
from tests.bench.migrating import Migrating  # noqa: E402
from tests.bench.network import FEW, Network  # noqa: E402
from tests.bench.table import Row, exit_code, text  # noqa: E402
from tests.bench.usual.worker import Usual  # noqa: E402

# In this order: migrating last, because it changes every schema and back.
MEASURES: tuple[type[Measure], ...] = (Making, Entering, Contributions, Migrating)


def main(words: list[str]) -> int:
    options = _parser().parse_args(words)
    measures = [kind() for kind in MEASURES if options.only in (None, kind.name)]
    network = Network(now=datetime.now(UTC), wanted=options.practices)
    with Usual() as usual:
        rows = _measured(measures, Bench(network=network, usual=usual))
    print(text(rows))
    _write(options.json, rows, practices=options.practices)
    print(f"\nWritten to {options.json}")
    return exit_code(rows)


def _measured(measures: list[Measure], bench: Bench) -> list[Row]:
    _say(f"{FEW} practices open …")
    bench.network.prepare()
    for measure in measures:
        measure.with_few(bench)
    _say(f"{bench.network.wanted} practices open …")
    bench.network.grow(bench.network.wanted)
    rows: list[Row] = []
    for measure in measures:
        _say(f"measuring {measure.name} …")
        rows += measure.with_all(bench)
    return rows


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


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
    parser.add_argument(
        "--practices", type=_many, default=300, metavar="N", help="in the network (default %(default)s)"
    )
    parser.add_argument("--only", choices=[kind.name for kind in MEASURES], help="measure this alone")
    parser.add_argument("--json", type=Path, default=settings.ROOT / "var" / "bench.json", metavar="PATH")
    return parser


def _many(given: str) -> int:
    count = int(given)
    if count < FEW:
        raise argparse.ArgumentTypeError(f"a network to measure has at least {FEW} practices")
    return count


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
