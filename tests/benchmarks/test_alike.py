"""Two who take themselves off a group: when they are left with others whom they know far better than a reader."""

import subprocess
import sys

import pytest

from loyalty.benchmarks.alike import leaves_others_alike, tolerance
from loyalty.metrics.definitions import DEFINITIONS

SHARE, SCORE, HOURS = DEFINITIONS["note_coverage"], DEFINITIONS["nps"], DEFINITIONS["note_hours"]
NEAR_FIFTY = [46, 48, 49, 50, 50, 51, 52, 53]


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ([10, *NEAR_FIFTY, 90], True),
        ([10, 12, *NEAR_FIFTY], True),
        ([*NEAR_FIFTY, 88, 90], True),
        # A third is not alike either.
        ([10, 20, *NEAR_FIFTY, 90], False),
        # The others are not near one another.
        ([10, 30, 34, 38, 42, 46, 50, 54, 58, 90], False),
        # All are near one another: everybody is told so.
        ([45, *NEAR_FIFTY, 55], False),
        ([50.0] * 12, False),
    ],
)
def test_a_group_is_hidden_if_all_but_two_are_alike(values, hidden):
    assert leaves_others_alike(values, SHARE) is hidden
    assert leaves_others_alike(list(reversed(values)), SHARE) is hidden


def test_amounts_are_alike_that_are_within_a_tenth_of_one_another():
    assert leaves_others_alike([100, *[500 + number for number in range(8)], 2000], HOURS)
    assert not leaves_others_alike([100, *[500 + 30 * number for number in range(8)], 2000], HOURS)


def test_near_is_a_tenth_of_the_range_or_of_the_amount():
    assert (tolerance(SHARE, 3), tolerance(SCORE, -50), tolerance(HOURS, 40)) == (10, 20, 4)


def test_pages_do_not_load_the_solver():
    loaded = "import sys, django; django.setup(); import infra.urls_practice, infra.urls_network; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, timeout=60)
    names = told.stdout.split()
    assert "loyalty.benchmarks.disclosure" in names
    assert [name for name in names if name.split(".")[0] == "scipy"] == []
