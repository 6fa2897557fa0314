"""The groups a practice is compared with."""

import pytest

from loyalty.benchmarks.cohorts import EVERYBODY, Cohort, cohorts_of
from loyalty.benchmarks.models import CohortKind
from tenants.models import SizeBand


def test_a_practice_is_compared_with_everybody_its_size_and_its_region():
    assert cohorts_of(size_band="medium", region="Pacific Northwest") == (
        EVERYBODY,
        Cohort(CohortKind.SIZE, "medium"),
        Cohort(CohortKind.REGION, "Pacific Northwest"),
    )


def test_without_a_size_or_region_it_is_compared_with_everybody():
    assert cohorts_of(size_band="", region="") == (EVERYBODY,)


def test_size_and_region_nest_in_everybody():
    assert Cohort(CohortKind.SIZE, "small").superset == EVERYBODY
    assert Cohort(CohortKind.REGION, "Mountain").superset == EVERYBODY
    assert EVERYBODY.superset is None


@pytest.mark.parametrize(
    ("cohort", "name"),
    [
        (EVERYBODY, "All practices"),
        (Cohort(CohortKind.SIZE, SizeBand.MEDIUM), "4 to 8 providers"),
        (Cohort(CohortKind.REGION, "Mountain"), "Mountain"),
    ],
)
def test_cohorts_have_names(cohort, name):
    assert cohort.name == name


@pytest.mark.parametrize(
    ("kind", "value"),
    [(CohortKind.ALL, "small"), (CohortKind.SIZE, ""), (CohortKind.REGION, ""), (CohortKind.SIZE, "huge")],
)
def test_a_cohort_that_does_not_exist_is_refused(kind, value):
    with pytest.raises(ValueError, match=r"cannot have the value|is not a size band"):
        Cohort(kind, value)
