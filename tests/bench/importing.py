"""Importing a FHIR export: how fast, and whether memory stays flat: each as the command is run, in a process."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from core.tenancy.scope import practice_scope
from loyalty.models import Patient, Visit
from tests.bench.measure import Bench, Measure
from tests.bench.people import ENDS, GIVEN, STARTS
from tests.bench.table import Row

SMALL, LARGE = 1_000, 8_000
VISITS_EACH = 4
FIRST_DAY = datetime(2024, 1, 8, 15, tzinfo=UTC)


# Linux counts peak memory in kilobytes, macOS in bytes.
MEGABYTE = 1 << (20 if sys.platform == "darwin" else 10)


class RowsMissing(Exception):
    """The import left something out, so its time says nothing."""


@dataclass(frozen=True, slots=True)
class Ran:
    """rows: patients and visits. megabytes: of memory, at most."""

    rows: int
    seconds: float
    megabytes: float


class Importing(Measure):
    name = "importing"

    def rows(self, bench: Bench) -> list[Row]:
        small, large = (run(bench, patients=count) for count in (SMALL, LARGE))
        return [
            Row(
                work="import a FHIR export",
                unit="rows/s",
                # What starting the command costs is in both, and falls out.
                ours=(large.rows - small.rows) / (large.seconds - small.seconds),
                note=f"{large.rows:,} patients and visits in {large.seconds:.1f} s",
            ),
            Row(
                work=f"  … memory, {LARGE // SMALL} times as many rows",
                unit="MB",
                usual=small.megabytes,
                ours=large.megabytes,
                note=f"usual: {small.rows:,} rows; ours: {large.rows:,}",
            ),
        ]


def run(bench: Bench, *, patients: int) -> Ran:
    """`manage.py import_fhir` of so many patients into a practice of their own. Raises CalledProcessError."""
    practice = bench.network.open_apart(f"import-{patients}")
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export"
        export.mkdir()
        rows = write(export / "Patient.ndjson", _patients(patients))
        rows += write(export / "Encounter.ndjson", _encounters(patients))
        command = [sys.executable, str(settings.ROOT / "manage.py"), "import_fhir", str(export), "-v", "0"]
        command += ["--practice", practice.slug, "--attest-agreement", "the bench"]
        began = time.perf_counter()
        process = subprocess.Popen([*command, "--errors", str(Path(folder) / "errors.csv")], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    with practice_scope(practice):
        landed = Patient.objects.count() + Visit.objects.count()
    if landed != rows:
        raise RowsMissing(f"{rows} rows were written, {landed} landed")
    return Ran(rows=rows, seconds=seconds, megabytes=usage.ru_maxrss / MEGABYTE)


def write(path: Path, resources: Iterable[dict[str, Any]]) -> int:
    count = 0
    with path.open("w") as out:
        for resource in resources:
            out.write(json.dumps(resource) + "\n")
            count += 1
    return count


def _patients(count: int) -> Iterator[dict[str, Any]]:
    random = Random(4)
    for number in range(count):
        family = random.choice(STARTS) + random.choice(ENDS)
        yield {
            "resourceType": "Patient",
            "id": f"p{number}",
            "identifier": [{"system": "urn:example:records", "value": f"{number:06d}"}],
            "name": [{"use": "official", "family": family, "given": [random.choice(GIVEN)]}],
            "birthDate": f"{random.randint(1945, 2004)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}",
            "telecom": [{"system": "phone", "value": f"312-555-{number % 10_000:04d}", "use": "mobile"}],
        }


def _encounters(patients: int) -> Iterator[dict[str, Any]]:
    random = Random(5)
    for number in range(patients):
        start = FIRST_DAY + timedelta(days=random.randint(0, 90), minutes=15 * random.randint(0, 30))
        for visit in range(VISITS_EACH):
            yield {
                "resourceType": "Encounter",
                "id": f"e{number}-{visit}",
                "status": "finished",
                "type": [{"text": "Facial"}],
                "subject": {"reference": f"Patient/p{number}"},
                "period": {"start": start.isoformat(), "end": (start + timedelta(minutes=45)).isoformat()},
            }
            start += timedelta(days=random.randint(30, 150))
