"""Stores of a real chain as the practices of a network: from their files to releases, on servers of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
TILLS = Path(settings.REAL_DATA_DIR) / "complete_journey"
# Of the process that imports, computes and releases, for 108 practices one after the other.
MEGABYTES = 300

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real_data,
    pytest.mark.skipif(not TILLS.is_dir(), reason=f"REAL_DATA_DIR has no complete_journey: looked at {TILLS}"),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict:
    words = [sys.executable, "-m", "infra.launch", "exec", "--ephemeral", "--"]
    done = subprocess.run(
        [*words, sys.executable, "-m", "tests.real_data.stores_as_practices", str(TILLS)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DEMO": "1", "DATA": str(tmp_path_factory.mktemp("network"))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict = json.loads(done.stdout.splitlines()[-1])
    # How long it took and how large it grew, for whoever asks for the output (-rP).
    print(told["seconds"], f"peak {told['peak_megabytes']} MB")
    return told


def test_every_basket_becomes_a_visit_of_its_store(told):
    assert (told["practices"], told["baskets"], told["visits"]) == (108, 46_329, 46_329)


def test_every_store_contributes_and_what_a_year_of_tills_can_tell_is_released(told):
    assert told["contributors"] == 108
    assert told["shown"] == [
        "active_patients", "first_return_rate_180", "new_patients", "retention", "return_rate_180", "return_rate_90",
        "visits",
    ]  # fmt: skip


def test_what_a_year_cannot_tell_is_hidden_by_a_named_rule(told):
    # Who came back within 365 days is known of the first days of the year only, and in few stores of eleven people.
    assert told["hidden"] == {"return_rate_365": "few"}


def test_what_was_never_recorded_is_absent(told):
    assert {"nps", "note_coverage", "rebooking_rate"}.isdisjoint({*told["shown"], *told["hidden"]})


def test_without_stores_of_a_hundred_returning_patients_there_is_no_prior(told):
    assert (told["estimates"], told["priors"]) == (0, 0)


def test_its_memory_does_not_grow_with_the_number_of_practices(told):
    assert told["peak_megabytes"] <= MEGABYTES
