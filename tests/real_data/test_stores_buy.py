"""Till lines of a real chain as purchases of 108 members: from files to statements, on servers of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
TILLS = Path(settings.REAL_DATA_DIR) / "complete_journey"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real_data,
    pytest.mark.skipif(not TILLS.is_dir(), reason=f"REAL_DATA_DIR has no complete_journey: looked at {TILLS}"),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict:
    words = [sys.executable, "-m", "infra.launch", "exec", "--ephemeral", "--"]
    done = subprocess.run(
        [*words, sys.executable, "-m", "tests.real_data.stores_buy", str(TILLS)],
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


def test_every_line_is_kept_or_told(told):
    assert told["practices"] == 108
    assert told["added"] == told["lines"] == told["rows"] - told["refused"]
    # One line says 4.440892e-16: what a machine left of zero, and no amount that anybody was asked for.
    assert told["refused"] == 1


def test_every_quarter_of_every_store_earns_what_the_plain_sum_says(told):
    assert (told["wrong"], told["periods"] > 400) == (0, True)


def test_every_cent_is_explained_by_lines_and_paid_out(told):
    assert told["explained"] == told["paid_out"] == told["earned"] > 0
    assert told["statements"] == 108
