"""Where you stand: your own figures beside what was released, with a band and never a rank."""

from datetime import timedelta

import pytest

from core.errors import NotFound
from core.tenancy.scope import control_plane
from loyalty.benchmarks.exposure import everything_sent, exposure_of
from loyalty.benchmarks.position import Band
from loyalty.benchmarks.read import TREND_MONTHS, where_you_stand
from loyalty.metrics import figure
from loyalty.metrics.definitions import DEFINITIONS, RELEASED
from loyalty.metrics.intervals import ClusterSums
from loyalty.metrics.stored import as_row
from loyalty.metrics.windows import Month
from tenants.models import Practice
from tests.benchmarks.network import METRIC, REPORTED, close, contribute, practices, release

OCTOBER = Month(2026, 10)


def own_figure(share, month=OCTOBER, *, patients=100):
    """Keep a note coverage of `share` percent, each patient with one visit."""
    thanked = round(patients * share / 100)
    sums = ClusterSums.of([(1, 1)] * thanked + [(0, 1)] * (patients - thanked))
    as_row(figure.visit_share(DEFINITIONS[METRIC], sums), month, now=REPORTED).save(force_insert=True)


@pytest.fixture
def network(in_aurora):
    """Aurora contributes with fourteen others, and October is closed."""
    with control_plane():
        me = Practice.objects.filter(id=in_aurora.id)
        me.update(aggregation_agreed_at=REPORTED)
        contribute([*practices(14), *me], "2026-10", step=2.0)
        close("2026-10")


def standing(page, metric=METRIC):
    return next(row for row in page.standings if row.definition.key == metric)


def test_your_figure_stands_beside_the_released_quantiles_in_a_band(network, in_aurora):
    own_figure(66)
    page = where_you_stand(practice=in_aurora)
    row = standing(page)
    assert (page.month, page.cohort.name) == (OCTOBER, "All practices")
    assert (row.own.value, row.own.n) == (66, 100)
    assert list(row.released.quantiles) == [42, 47, 54, 61, 66]
    assert row.released.practices == 15
    assert row.band is Band.P75_TO_P90
    assert row.hidden is None


@pytest.mark.parametrize(("share", "usual"), [(54, True), (70, True), (99, False)])
def test_a_gap_within_the_funnel_may_be_luck(network, in_aurora, share, usual):
    own_figure(share)
    row = standing(where_you_stand(practice=in_aurora))
    assert row.funnel.center == 54
    assert row.is_usual is usual


def test_what_is_hidden_says_which_rule_hides_it(in_aurora):
    with control_plane():
        me = Practice.objects.filter(id=in_aurora.id)
        me.update(aggregation_agreed_at=REPORTED)
        contribute([*practices(8), *me], "2026-10")
        close("2026-10")
    row = standing(where_you_stand(practice=in_aurora))
    assert (row.own, row.released, row.band, row.funnel) == (None, None, None, None)
    assert row.hidden.key == "few"


def test_what_nobody_has_recorded_says_so(network, in_aurora):
    row = standing(where_you_stand(practice=in_aurora), "nps")
    assert (row.own, row.released, row.hidden.key) == (None, None, "not-recorded")


def test_every_compared_metric_has_a_row_and_no_other(network, in_aurora):
    page = where_you_stand(practice=in_aurora)
    assert [row.definition for row in page.standings] == list(RELEASED)


def test_without_the_clause_your_own_figures_are_shown_and_no_benchmark(network, in_aurora):
    with control_plane():
        Practice.objects.filter(id=in_aurora.id).update(aggregation_agreed_at=None)
    own_figure(66)
    row = standing(where_you_stand(practice=in_aurora))
    assert row.own.value == 66
    assert row.released is None
    assert row.hidden.key == "no-agreement"


def test_who_contributes_nothing_sees_no_benchmark(in_aurora):
    with control_plane():
        Practice.objects.filter(id=in_aurora.id).update(aggregation_agreed_at=REPORTED)
        contribute(practices(14), "2026-10")
        close("2026-10")
    row = standing(where_you_stand(practice=in_aurora))
    assert (row.released, row.hidden.key) == (None, "not-contributing")


def test_before_the_first_close_nothing_is_released(in_aurora):
    page = where_you_stand(practice=in_aurora)
    assert page.month is None
    assert {row.trend for row in page.standings} == {()}


def test_the_trend_has_24_months_with_gaps_where_nothing_is_known(network, in_aurora):
    own_figure(50, Month(2026, 8))
    own_figure(66)
    trend = standing(where_you_stand(practice=in_aurora)).trend
    assert len(trend) == TREND_MONTHS
    assert (trend[-1].month, trend[-1].own.value, trend[-1].median) == (OCTOBER, 66, 54)
    assert (trend[-3].month, trend[-3].own.value, trend[-3].median) == (Month(2026, 8), 50, None)
    assert {(point.own, point.median) for point in trend[:-3]} == {(None, None)}


def test_the_latest_version_is_shown(network, in_aurora):
    with control_plane():
        # Six of the others correct October; Aurora and its October figure stay, and November closes without any.
        others = Practice.objects.filter(name__startswith="Practice ").order_by("name")[:6]
        contribute(others, "2026-10", value=90, at=REPORTED + timedelta(days=9))
        contribute(Practice.objects.filter(name__startswith="Practice "), "2026-11")
        close("2026-11")
    trend = standing(where_you_stand(practice=in_aurora)).trend
    with control_plane():
        revised = release("2026-10")
    assert revised.version == 2
    assert (trend[-2].month, trend[-2].median) == (OCTOBER, revised.p50)


def test_your_size_and_region_can_be_chosen(network, in_aurora):
    page = where_you_stand(practice=in_aurora, cohort_kind="region", cohort="West")
    assert [cohort.name for cohort in page.cohorts] == ["All practices", "1 to 3 providers", "West"]
    assert standing(page).hidden.key == "few"


@pytest.mark.parametrize(("kind", "cohort"), [("region", "South"), ("size", "large"), ("all", "West"), ("shape", "")])
def test_groups_you_are_not_in_are_not_found(network, in_aurora, kind, cohort):
    with pytest.raises(NotFound, match="not in this group"):
        where_you_stand(practice=in_aurora, cohort_kind=kind, cohort=cohort)


def test_the_page_takes_few_queries(network, in_aurora, django_assert_max_num_queries):
    own_figure(66)
    with django_assert_max_num_queries(5):
        where_you_stand(practice=in_aurora)


def test_what_others_can_learn_names_everything_that_left_the_practice(network, in_aurora):
    found = exposure_of(practice=in_aurora)
    sent = found.sent
    assert (found.agreed, found.month, found.months) == (True, OCTOBER, 1)
    assert [(row.definition.key, row.value, row.denominator, row.patients) for row in sent] == [(METRIC, 68, 100, 90)]
    shown = {cell.cohort.name: cell.hidden.key if cell.hidden else cell.released.practices for cell in sent[0].shown}
    assert shown == {"All practices": 15, "1 to 3 providers": "few", "West": "few"}


def test_what_is_sent_and_not_released_yet_is_counted_but_the_released_month_is_shown(network, in_aurora):
    with control_plane():
        contribute(Practice.objects.filter(id=in_aurora.id), "2026-11")
    found = exposure_of(practice=in_aurora)
    assert (found.month, found.months) == (OCTOBER, 2)
    assert [row[2] for row in everything_sent(practice=in_aurora)] == ["2026-11", "2026-10"]


def test_who_never_contributed_has_nothing_that_others_could_learn(in_aurora):
    found = exposure_of(practice=in_aurora)
    assert (found.agreed, found.month, found.months, found.sent) == (False, None, 0, ())
