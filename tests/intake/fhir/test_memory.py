"""Six times the rows, the same memory."""

import tracemalloc
from pathlib import Path

from loyalty.intake.fhir.export import read_export
from loyalty.intake.fhir.plan import Plan
from loyalty.intake.fhir.source import open_source
from loyalty.intake.fhir.spool import open_spool
from loyalty.intake.fhir.tally import Tally
from tests.intake.exports import READING, encounter, lines, organization, patient, write

MEGABYTE = 1024 * 1024


def peak_of(folder: Path, patients: int) -> int:
    """Bytes that Python held at most, from the first byte read to the last row planned."""
    folder.mkdir()
    rows = [row for i in range(patients) for row in (patient(f"p{i}"), encounter(f"e{i}", of=f"p{i}"))]
    write(folder, all_ndjson_gz=lines(organization(), *rows))
    del rows
    tally = Tally(print)
    tracemalloc.start()
    with open_spool() as spool:
        read_export(open_source(folder), spool=spool, reading=READING, tally=tally, progress=int)
        plan = Plan(spool, by_organization=True, reading=READING, tally=tally)
        planned = 0
        for practice in plan.practices():
            planned += sum(len(batch) for batch in plan.patients(practice, size=200))
            planned += sum(len(batch) for batch in plan.visits(practice, size=200))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert planned == 2 * patients
    return peak


def test_memory_does_not_grow_with_the_export(tmp_path):
    peak_of(tmp_path / "first", 50)  # what is loaded and compiled once does not count
    small = peak_of(tmp_path / "small", 500)
    large = peak_of(tmp_path / "large", 3_000)
    assert large < small + MEGABYTE
