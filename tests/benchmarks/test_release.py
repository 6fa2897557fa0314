"""From contributions to releases: who counts, what is hidden and why, and what never changes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from core.tenancy.scope import practice_scope
from loyalty.benchmarks.decide import CORRECTED, NO_LONGER_HIDDEN
from loyalty.benchmarks.models import Basis, Contribution, MonthClose, Release
from loyalty.benchmarks.quantiles import smoothed
from loyalty.metrics.definitions import DEFINITIONS
from tenants.models import Practice
from tests.benchmarks.network import METRIC, REPORTED, close, contribute, practices, release

pytestmark = pytest.mark.django_db

QUANTILES = ("p10", "p25", "p50", "p75", "p90")
LATER = REPORTED + timedelta(days=20)


def figures(cell):
    return [getattr(cell, column) for column in QUANTILES]


def test_ten_contributors_are_published_smoothed_and_counted_roughly():
    members = practices(13)
    contribute(members, "2026-10", step=3.0)
    close("2026-10")
    cell = release("2026-10")
    assert figures(cell) == list(smoothed([40 + 3.0 * n for n in range(13)], DEFINITIONS[METRIC]))
    assert (cell.rule, cell.contributors_floor, cell.version) == ("", 10, 1)
    assert set(cell.basis.contributors) == {str(member.id) for member in members}


def test_nine_contributors_are_hidden_with_the_rule_that_says_so():
    contribute(practices(9), "2026-10")
    close("2026-10")
    cell = release("2026-10")
    assert (cell.rule, cell.contributors_floor, figures(cell)) == ("few", None, [None] * 5)
    assert not Basis.objects.filter(release=cell).exists()


def test_a_metric_has_a_cell_once_anybody_has_contributed_to_it():
    members = practices(3)
    contribute(members, "2026-09", metric="nps")
    contribute(members, "2026-10")
    close("2026-10")
    cells = Release.objects.filter(cohort_kind="all")
    assert {cell.metric: cell.rule for cell in cells} == {"nps": "few", METRIC: "few"}


@pytest.mark.parametrize(
    "barred", [{"agreed": False}, {"status": "suspended"}, {"status": "left"}], ids=["no clause", "suspended", "left"]
)
def test_who_did_not_agree_or_is_not_active_does_not_count(barred):
    contribute([*practices(9), *practices(1, **barred)], "2026-10")
    close("2026-10")
    assert release("2026-10").rule == "few"


def test_figures_of_an_older_definition_do_not_count():
    members = practices(10)
    contribute(members[:9], "2026-10")
    contribute(members[9:], "2026-10", version=2)
    close("2026-10")
    assert release("2026-10").rule == "few"


def test_a_region_is_published_if_ten_practices_are_outside_it():
    contribute([*practices(10, region="North"), *practices(10, region="South")], "2026-10")
    close("2026-10")
    assert [release("2026-10", kind="region", cohort=name).rule for name in ("North", "South")] == ["", ""]


def test_a_region_is_hidden_if_fewer_are_outside_it():
    contribute([*practices(12, region="North"), *practices(9, region="South")], "2026-10")
    close("2026-10")
    assert release("2026-10").rule == ""
    assert release("2026-10", kind="region", cohort="North").rule == "rest"
    assert release("2026-10", kind="region", cohort="South").rule == "few"


def test_sizes_are_cohorts_of_their_own():
    contribute([*practices(11, size_band="small"), *practices(14, size_band="large", region="North")], "2026-10")
    close("2026-10")
    cells = {(cell.cohort_kind, cell.cohort): cell.rule for cell in Release.objects.filter(metric=METRIC)}
    assert cells == {("all", ""): "", ("size", "small"): "", ("size", "large"): "", ("region", "North"): ""}


def test_a_region_and_a_size_that_leave_one_practice_between_them_are_not_both_published():
    # All of the South is large, and one more large practice is in the West: it would be large minus South,
    # and West minus small.
    south = practices(11, region="South", size_band="large")
    west = [*practices(10, region="West", size_band="small"), *practices(1, region="West", size_band="large")]
    contribute([*south, *west, *practices(10, size_band="small")], "2026-10")
    close("2026-10")
    rules = {cell.cohort: cell.rule for cell in Release.objects.filter(metric=METRIC)}
    assert rules == {"": "", "South": "", "West": "", "small": "rest", "large": "rest"}


def test_two_regions_that_leave_one_practice_between_them_are_not_both_published():
    contribute([*practices(12, region="North"), *practices(12, region="South"), *practices(1)], "2026-10")
    close("2026-10")
    rules = {cell.cohort: cell.rule for cell in Release.objects.filter(metric=METRIC)}
    assert rules == {"": "", "North": "", "South": "rest"}


def test_an_erased_practice_still_counts_as_one_that_was_there():
    # Without its id the old set would look like the new one, and the difference of the two releases would be it.
    members = practices(12)
    contribute(members, "2026-09")
    close("2026-09")
    contribute(members, "2026-10")
    Practice.objects.filter(id=members[0].id).delete()
    close("2026-10")
    assert not Contribution.objects.filter(practice_id=members[0].id).exists()
    assert release("2026-10").rule == "held"
    assert release("2026-09").rule == ""


def test_a_region_whose_practices_changed_is_held_though_everybody_is_not():
    north, south = practices(12, region="North"), practices(12, region="South")
    contribute([*north, *south], "2026-09")
    close("2026-09")
    Practice.objects.filter(id=north[0].id).update(region="South")
    contribute([*north, *south], "2026-10", step=0.5)
    close("2026-10")
    assert release("2026-10").rule == ""
    assert release("2026-10", kind="region", cohort="North").rule == "held"
    # South would have one more; it is published with those it had.
    assert len(release("2026-10", kind="region", cohort="South").basis.contributors) == 12


def test_four_corrections_wait_and_a_fifth_brings_the_revision():
    members = practices(15)
    contribute(members, "2026-09")
    close("2026-09")
    contribute(members[:4], "2026-09", value=93, at=LATER)
    close("2026-10")
    assert release("2026-09").version == 1
    contribute(members[4:5], "2026-09", value=97, at=LATER)
    close("2026-11")
    revised = release("2026-09")
    assert (revised.version, revised.why) == (2, CORRECTED)
    values = [93.0, 94.0, 95.0, 96.0, 97.0, *(40.0 + n for n in range(5, 15))]
    assert figures(revised) == list(smoothed(values, DEFINITIONS[METRIC]))


def test_of_corrections_in_a_region_and_outside_it_either_five_or_none_bring_a_revision():
    north, others = practices(15, region="North"), practices(15)
    contribute([*north, *others], "2026-09", step=2.0)
    close("2026-09")
    assert release("2026-09", kind="region", cohort="North").rule == ""
    contribute([*north[:4], *others[:5]], "2026-09", value=20, step=2.0, at=LATER)
    close("2026-10")
    assert release("2026-09").version == 1
    contribute(north[4:5], "2026-09", value=30, at=LATER)
    close("2026-11")
    assert release("2026-09").version == release("2026-09", kind="region", cohort="North").version == 2


def test_a_group_is_hidden_in_which_all_but_two_are_alike():
    members = practices(12)
    contribute(members, "2026-09", value=50, step=0.5)
    contribute(members[:1], "2026-09", value=5)
    contribute(members[1:2], "2026-09", value=95)
    close("2026-09")
    assert release("2026-09").rule == "alike"


def test_corrections_that_change_no_published_figure_make_no_revision():
    members = practices(15)
    contribute(members, "2026-09", value=40.2)
    close("2026-09")
    contribute(members, "2026-09", value=40.21, at=LATER)
    close("2026-10")
    assert release("2026-09").version == 1


def test_corrections_join_the_next_three_closes_and_no_later_one():
    members = practices(15)
    contribute(members, "2026-08")
    close("2026-08")
    for month in ("2026-09", "2026-10", "2026-11"):
        close(month)
    contribute(members, "2026-08", value=70, at=LATER)
    close("2026-12")
    assert release("2026-08").version == 1


def test_a_hidden_cell_may_be_published_by_a_revision():
    members = practices(12)
    contribute(members[:9], "2026-09")
    close("2026-09")
    contribute(members, "2026-09")
    close("2026-10")
    assert (release("2026-09").version, release("2026-09").rule, release("2026-09").why) == (2, "", NO_LONGER_HIDDEN)


def test_a_revision_without_one_of_the_contributors_is_not_made():
    members = practices(15)
    contribute(members, "2026-09")
    close("2026-09")
    contribute(members, "2026-09", value=60, at=LATER)
    Practice.objects.filter(id=members[0].id).update(status="left", left_on="2026-11-01")
    close("2026-10")
    assert release("2026-09").version == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE benchmarks_release SET p50 = 99",
        "DELETE FROM benchmarks_release",
        "UPDATE benchmarks_basis SET contributors = '{}'",
        "DELETE FROM benchmarks_basis",
    ],
)
def test_what_was_released_is_never_changed(statement):
    contribute(practices(12), "2026-10")
    close("2026-10")
    with (
        pytest.raises(DatabaseError, match="publish a new version"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert (release("2026-10").p50, len(release("2026-10").basis.contributors)) == (46, 12)


def test_no_practice_can_read_whom_a_release_rests_on(in_aurora):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Basis.objects.count()


def test_a_practice_reads_releases_only_while_it_contributes(aurora):
    contribute(practices(12), "2026-10")
    close("2026-10")
    me = Practice.objects.filter(id=aurora.id)

    def readable():
        with practice_scope(aurora):
            return Release.objects.filter(metric=METRIC, cohort_kind="all").count()

    assert readable() == 0
    me.update(aggregation_agreed_at=REPORTED)
    assert readable() == 0
    contribute(me, "2026-10")
    assert readable() == 1
    me.update(aggregation_agreed_at=None)
    assert readable() == 0
    assert MonthClose.objects.count() == 1
