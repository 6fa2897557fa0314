"""Released figures of the network."""

from datetime import date

import pytest
from django.utils import timezone

from loyalty.benchmarks.models import Release

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


def release(month=OCTOBER, metric="nps", kind="all", cohort="", rule="", version=1, p50=63.0, floor=60):
    figures = {
        "p10": p50 - 20,
        "p25": p50 - 8,
        "p50": p50,
        "p75": p50 + 8,
        "p90": p50 + 16,
        "contributors_floor": floor,
    }
    return Release.objects.create(
        metric=metric,
        definition_version=1,
        cohort_kind=kind,
        cohort=cohort,
        month=month,
        version=version,
        rule=rule,
        released_at=timezone.now(),
        **({} if rule else figures),
    )


@pytest.fixture
def cells(nora):
    def read(query=""):
        rows = nora.get(f"/benchmarks/{query}").context["rows"]
        return {
            (row.key, cell.cohort): (cell.spread.median if cell.spread else cell.hush and cell.hush.title)
            for row in rows
            for cell in row.cells
        }

    return read


def test_before_the_first_release_the_page_teaches(nora):
    page = nora.get("/benchmarks/").content.decode()
    assert "Nothing is released yet" in page
    assert "once 10 of them report it" in page


def test_the_newest_month_and_its_newest_version_are_shown(cells):
    release(month=SEPTEMBER, p50=40)
    release(p50=63)
    release(p50=64, version=2)
    assert cells() == {("nps", "All practices"): "64"}


def test_a_hidden_cell_names_the_rule_that_hid_it(cells, nora):
    release()
    release(kind="size", cohort="large", rule="few")
    assert cells()[("nps", "9 or more providers")] == "Fewer than 10: hidden"
    assert "Fewer than 10 practices in this group report it." in nora.get("/benchmarks/").content.decode()


def test_groups_are_by_size_or_by_region(cells):
    release()
    release(kind="size", cohort="small", p50=66, floor=25)
    release(kind="region", cohort="West", p50=60, floor=20)
    assert set(cells()) == {("nps", "All practices"), ("nps", "1 to 3 providers")}
    assert set(cells("?by=region")) == {("nps", "All practices"), ("nps", "West")}


def test_all_cells_of_a_metric_share_the_axis_of_all_practices(nora):
    release(p50=60)
    release(kind="size", cohort="small", p50=60, floor=25)
    row = nora.get("/benchmarks/").context["rows"][0]
    assert row.cells[0].spread.median_x == row.cells[1].spread.median_x


def test_a_held_month_is_a_gap_in_the_course(nora):
    for month, rule in ((8, ""), (9, "held"), (10, "")):
        release(month=date(2026, month, 1), rule=rule)
    course = nora.get("/benchmarks/?metric=nps").context["course"]
    assert len(course.parts) == 2
    assert course.rows[1] == ("Sep 2026", ())


def test_a_metric_that_does_not_exist_is_not_found(nora):
    release()
    assert nora.get("/benchmarks/?metric=nonsense").status_code == 404


def test_every_release_is_listed_with_what_it_shows_and_hides(nora):
    release(month=SEPTEMBER)
    release()
    release(kind="size", cohort="small", rule="rest")
    listed = [(month, shown, hidden) for month, shown, hidden, _ in nora.get("/benchmarks/").context["releases"]]
    assert listed == [(OCTOBER, 1, 1), (SEPTEMBER, 1, 0)]
