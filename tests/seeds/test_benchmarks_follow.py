"""Sixty practices are enough for benchmarks. That four are not is tested where four are."""

from collections.abc import Callable

import pytest

from tests.seeds.conftest import Network


@pytest.mark.slow
def test_with_sixty_practices_everybody_sees_where_they_stand(empty_networks: Callable[[], Network]) -> None:
    network = empty_networks()
    code, said = network.run("seed_demo", "--demo", "--months", "15", "--today", "2026-11-23")
    assert code == 0, said
    with network.connect() as connection:
        cells = connection.execute(
            "SELECT metric, cohort, rule, p10, p25, p50, p90 FROM benchmarks_release WHERE month = '2026-10-01'"
            " AND metric IN ('nps', 'note_coverage', 'rebooking_rate')"
        ).fetchall()
    shown = {(metric, cohort): quantiles for metric, cohort, rule, *quantiles in cells if not rule}
    hidden = {cohort for _, cohort, rule, *_ in cells if rule}
    # Mountain has too few, so a region and a size are hidden with it: else the rest would give it away. And the regions
    # that show leave no size that does not cut them into pieces of a few (decision 0034).
    assert hidden == {"Mountain", "Southwest", "small", "medium", "large"}
    assert {cohort for _, cohort in shown} >= {"", "Pacific Northwest", "Great Lakes"}
    aurora = {
        metric: value
        for slug, metric, value in network.rows("SELECT metric, value FROM loyalty_figure WHERE month = '2026-10-01'")
        if slug == "aurora"
    }
    p10, _, p50, p90 = shown["nps", ""]
    assert 25 <= p10 <= 50
    assert 70 <= p90 <= 90
    assert p50 < aurora["nps"]
    assert shown["note_coverage", ""][2] < aurora["note_coverage"]
    assert aurora["rebooking_rate"] < shown["rebooking_rate", ""][1]
    notes = network.rows("SELECT value FROM loyalty_figure WHERE month = '2026-10-01' AND metric = 'note_coverage'")
    assert len(notes) < 58
    assert sum(value > 75 for _, value in notes) >= 4
