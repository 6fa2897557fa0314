"""An import into Aurora, and a network of its own for imports that open practices."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.tenancy.scope import PracticeRef, control_plane
from loyalty.intake.import_fhir import Target, import_fhir
from loyalty.intake.progress import Progress, Unwatched
from loyalty.intake.summary import ImportSummary
from tenants.models import Practice
from tests import places
from tests.intake.exports import lines, write

ATTESTED = "Olivia Owens, 2026-11-01"

Import = Callable[..., ImportSummary]


@pytest.fixture
def import_into_aurora(in_aurora: PracticeRef, tmp_path: Path, now: datetime) -> Import:
    """import_into_aurora(patient(), encounter(), …) imports these resources; the test goes on inside Aurora."""

    def run(*resources: Any, attested: str = ATTESTED, aggregation: bool = True, at: datetime = now) -> ImportSummary:
        path = write(_folder(tmp_path), all_ndjson=lines(*resources))
        with control_plane():
            return import_fhir(
                path=path,
                target=Target("aurora"),
                attested=attested,
                aggregation=aggregation,
                report_path=tmp_path / "errors.csv",
                progress=Unwatched(),
                now=at,
            )

    return run


@pytest.fixture
def import_split(committed: None, tmp_path: Path, now: datetime) -> Iterator[Import]:
    """import_split(…) opens a practice for each organization; they end with the test."""
    before = set(Practice.objects.values_list("id", flat=True))

    def run(
        *resources: Any, path: Path | None = None, attested: str = ATTESTED, progress: Progress | None = None
    ) -> ImportSummary:
        return import_fhir(
            path=path or write(_folder(tmp_path), all_ndjson=lines(*resources)),
            target=Target(None, time_zone="America/New_York"),
            attested=attested,
            report_path=tmp_path / "errors.csv",
            progress=progress or Unwatched(),
            now=now,
        )

    yield run
    for practice in Practice.objects.exclude(id__in=before):
        places.drop_place(practice.ref)


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir(exist_ok=True)
    return folder
