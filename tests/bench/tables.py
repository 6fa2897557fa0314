"""Importing a CSV file of patients: against a raw COPY of the same rows into the same tables, with their keys, indexes
and checks; and whether memory stays flat."""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from core.ids import uuid7
from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Patient, PatientIdentifier
from tests.bench.copying import copy
from tests.bench.importing import MEGABYTE, Ran, RowsMissing
from tests.bench.measure import Bench, Measure
from tests.bench.network import as_owner
from tests.bench.people import ENDS, GIVEN, STARTS
from tests.bench.table import Budget, Of, Row

SMALL, LARGE = 10_000, 100_000
HEADER = ("Client ID", "First Name", "Last Name", "DOB", "Mobile", "Email", "Street", "City", "State", "Zip")
# At most four times as long.
FOUR_TIMES = Budget(of=Of.RATIO, limit=0.25)
FLAT = Budget(of=Of.RATIO, limit=0.8)


class Tables(Measure):
    name = "tables"

    def rows(self, bench: Bench) -> list[Row]:
        with tempfile.TemporaryDirectory() as folder:
            small, large = (write(Path(folder) / f"clients-{count}.csv", count) for count in (SMALL, LARGE))
            usual = copied(bench, large)
            bare = copied_bare(large)
            few, many = (run(bench, path, rows=count) for path, count in ((small, SMALL), (large, LARGE)))
        return [
            Row(
                work=f"import {LARGE:,} patients from CSV, checked first",
                unit="s",
                usual=usual,
                ours=many.seconds,
                budget=FOUR_TIMES,
                note=f"usual: COPY of the same rows; of the bare text, without a key: {bare:.1f} s",
            ),
            Row(
                work=f"  … memory, {LARGE // SMALL} times as many rows",
                unit="MB",
                usual=few.megabytes,
                ours=many.megabytes,
                budget=FLAT,
                note=f"usual: {SMALL:,} rows; ours: {LARGE:,}",
            ),
        ]


def write(path: Path, count: int) -> Path:
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(people(count))
    return path


def people(count: int) -> Iterator[tuple[str, ...]]:
    random = Random(6)
    for number in range(count):
        given, family = random.choice(GIVEN), random.choice(STARTS) + random.choice(ENDS)
        born = f"{random.randint(1, 12):02d}/{random.randint(1, 28):02d}/{random.randint(1945, 2004)}"
        phone = f"({random.randint(201, 989)}) {random.randint(201, 989)}-{number % 10_000:04d}"
        email = f"{given}.{family}{number}@example.com".lower()
        yield f"{number:06d}", given, family, born, phone, email, f"{number % 900 + 1} Oak St", "Dayton", "OH", "45402"


def copied(bench: Bench, path: Path) -> float:
    """Seconds of a COPY of every row into the tables it belongs in, of a practice of its own."""
    schema = bench.network.open_apart("copied").schema_name
    now = datetime.now(UTC)
    with path.open(newline="") as file:
        rows = [(uuid7(), row) for row in csv.DictReader(file)]
    began = time.perf_counter()
    copy(schema, Patient, (_patient(id, row) for id, row in rows), now=now)
    copy(schema, ContactPoint, (point for id, row in rows for point in _points(id, row)), now=now)
    ids = ({"patient_id": id, "system": "file:bench", "value": row["Client ID"]} for id, row in rows)
    copy(schema, PatientIdentifier, ids, now=now)
    return time.perf_counter() - began


def copied_bare(path: Path) -> float:
    """Seconds of a COPY of the file's text into a table without types, keys and checks, for whoever wonders."""
    began = time.perf_counter()
    with as_owner() as cursor:
        cursor.execute("CREATE TEMP TABLE bare (" + ", ".join(f"c{n} text" for n in range(len(HEADER))) + ")")
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as out, path.open("rb") as file:
            while block := file.read(1 << 16):
                out.write(block)
        cursor.execute("DROP TABLE bare")
    return time.perf_counter() - began


def run(bench: Bench, path: Path, *, rows: int) -> Ran:
    """`manage.py import_csv` of the file into a practice of its own. Raises CalledProcessError, RowsMissing."""
    practice = bench.network.open_apart(f"table-{rows}")
    command = [sys.executable, str(settings.ROOT / "manage.py"), "import_csv", str(path), "-v", "0"]
    command += ["--practice", practice.slug, "--system", "Bench"]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    with practice_scope(practice):
        landed = Patient.objects.count()
    if landed != rows:
        raise RowsMissing(f"{rows} rows were written, {landed} landed")
    return Ran(rows=rows, seconds=seconds, megabytes=usage.ru_maxrss / MEGABYTE)


def _patient(id: Any, row: dict[str, str]) -> dict[str, Any]:
    month, day, year = map(int, row["DOB"].split("/"))
    return {
        "id": id,
        "given_name": row["First Name"],
        "family_name": row["Last Name"],
        "birth_year": year,
        "birth_month": month,
        "birth_day": day,
        "address": row["Street"],
        "city": row["City"],
        "state": row["State"],
        "postal_code": row["Zip"],
    }


def _points(id: Any, row: dict[str, str]) -> Iterator[dict[str, Any]]:
    digits = "".join(c for c in row["Mobile"] if c.isdigit())
    yield {"patient_id": id, "kind": "phone", "value": row["Mobile"], "search": digits, "label": "mobile"}
    yield {"patient_id": id, "kind": "email", "value": row["Email"], "search": row["Email"]}
