"""A real export, split into a network, measured and benchmarked by the commands of the README on servers of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
EXPORT = Path(settings.REAL_DATA_DIR) / "fhir_r4"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real_data,
    pytest.mark.skipif(not EXPORT.is_dir(), reason=f"REAL_DATA_DIR has no fhir_r4: looked at {EXPORT}"),
]

STEPS = """
set -e
"$PYTHON" manage.py migrate_public -v 0 >&2
"$PYTHON" manage.py import_fhir "$EXPORT" --split-by-organization -v 0
"$PYTHON" manage.py refresh_benchmarks >&2
"$PYTHON" -m tests.real_data.publish_years
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> str:
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": sys.executable, "EXPORT": str(EXPORT), "DEMO": "1"}
    environment["DATA"] = str(tmp_path_factory.mktemp("network"))
    done = subprocess.run(
        [sys.executable, "-m", "infra.launch", "exec", "--ephemeral", "--", "bash", "-c", STEPS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def published(said) -> dict:
    return json.loads(said.splitlines()[-1])


def test_every_row_of_the_export_is_accounted_for(said):
    assert "Practices: 99, 99 of them opened now." in said
    assert "Patients: 615 read = 615 used." in said
    assert "Patient records: 991 = 991 imported" in said
    assert "Visits: 18,098 = 18,098 imported" in said


def test_the_first_year_with_enough_practices_is_published(published):
    assert set(published["2015-01"].values()) == {"published"}
    assert {"retention", "return_rate_180", "active_patients"} <= published["2015-01"].keys()


def test_a_year_later_others_stand_aside_for_who_left_and_most_figures_are_published(published):
    """Practices come and go by ones and twos in this export. Where too few are left to stand aside, a figure waits."""
    assert published["contributors"] == 20
    held = {metric for metric, rule in published["2016-12"].items() if rule == "held"}
    assert held == {"return_rate_180", "retention"}
    assert {rule for metric, rule in published["2016-12"].items() if metric not in held} == {"published"}


def test_the_year_to_december_2005_is_hidden_by_a_named_rule(published):
    assert published["2005-12"]["active_patients"] == "few"


def test_what_was_never_recorded_is_absent(published):
    assert {"nps", "note_coverage", "note_hours", "feedback_response_rate"}.isdisjoint(published["2016-12"])
