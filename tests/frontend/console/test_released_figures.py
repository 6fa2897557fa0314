"""Released figures of the network."""

import csv
from datetime import date

import pytest
from django.utils import timezone

from core.models import NetworkEntry
from loyalty.benchmarks.models import Association, Release
from loyalty.holdouts.models import LiftRelease

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


def release(month=OCTOBER, metric="nps", kind="all", cohort="", rule="", version=1, p50=63.0, floor=60, why=""):
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
        why=why,
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
    listed = [(one.month, one.shown, one.hidden) for one in nora.get("/releases/").context["released"]]
    assert listed == [(OCTOBER, 1, 1), (SEPTEMBER, 1, 0)]


def test_an_earlier_month_can_be_chosen_and_one_that_is_not_released_is_not_found(cells, nora):
    release(month=SEPTEMBER, p50=40)
    release(p50=63)
    assert cells("?month=2026-09") == {("nps", "All practices"): "40"}
    for wrong in ("2026-08", "2026", "x"):
        assert nora.get(f"/benchmarks/?month={wrong}").status_code == 404


def test_the_course_is_of_the_group_that_was_chosen(nora):
    for month in (SEPTEMBER, OCTOBER):
        release(month=month, p50=60)
        release(month=month, kind="region", cohort="West", p50=50)
    page = nora.get("/benchmarks/?metric=nps&of=region:West")
    assert [values[2] for _, values in page.context["course"].rows] == ["50", "50"]
    assert nora.get("/benchmarks/?of=region:Atlantis").status_code == 404


def test_who_does_the_steps_is_told_from_released_quantiles_alone(nora):
    release(metric="note_coverage", p50=57)  # the lower quarter is at 49
    release(metric="preview_coverage", p50=90)  # P10 is at 70
    release(metric="occasion_coverage", p50=20)  # P90 is at 36
    release(metric="feedback_response_rate", rule="few")
    release(metric="note_coverage", p50=30, month=date(2025, 10, 1))
    steps = nora.get("/benchmarks/").context["steps"]
    assert [step.words or step.hush.title for step in steps] == [
        "At least nine tenths",
        "Half to three quarters",
        "Fewer than a tenth",
        "Fewer than 10: hidden",
        "Not recorded yet",
    ]
    assert steps[1].before == "fewer than a tenth"
    assert steps[1].practices == "60+"


def test_the_export_holds_what_the_page_shows_and_the_rule_of_what_it_hides(nora):
    release(month=SEPTEMBER)
    release(p50=63)
    release(p50=64, version=2)
    release(kind="size", cohort="large", rule="few")
    answer = nora.get("/benchmarks/export/")
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="benchmarks-2026-10.csv"'
    assert [(row["group"], row["median"], row["version"], row["hidden_by"]) for row in rows] == [
        ("All practices", "64", "2", ""),
        ("9 or more providers", "", "1", "Fewer than 10"),
    ]
    assert {row[key] for row in rows[1:] for key in ("practices_at_least", "p10", "p25", "p75", "p90")} == {""}
    assert nora.get("/benchmarks/export/?month=2026-08").status_code == 404
    assert NetworkEntry.objects.get(verb="releases.exported").detail == {"month": "2026-10"}


def test_how_habits_go_with_return_is_marked_as_no_proof(nora, words):
    release()
    made = {"month": OCTOBER, "released_at": timezone.now(), "contributors": []}
    Association.objects.create(habit="note_coverage", contributors_floor=60, r=0.4, low=0.15, high=0.6, **made)
    Association.objects.create(habit="preview_coverage", contributors_floor=60, r=-0.1, low=-0.35, high=0.15, **made)
    Association.objects.create(habit="occasion_coverage", rule="few", **made)
    page = words(nora.get("/benchmarks/"))
    assert "Goes together, not proof" in page
    assert "Told what to expect No clear pattern \u2212.10, 95% \u2212.35 to .15; 60+ practices" in page
    assert "Thanked by hand within 48 hours More of it, more return .40, 95% .15 to .60; 60+ practices" in page
    assert "Fewer than 10: hidden" in page
    assert "No evidence yet" in page


def test_what_hold_outs_found_over_the_network_stands_beside_it_as_the_only_proof(nora, words):
    release()
    LiftRelease.objects.create(
        kind="note",
        quarter=date(2026, 7, 1),
        effect=4.2,
        low=1.1,
        high=7.3,
        contributors_floor=10,
        released_at=timezone.now(),
    )
    page = words(nora.get("/benchmarks/"))
    assert "More came back +4.2 points, 95% +1.1 to +7.3; 10+ practices, quarter from July 2026" in page
    assert "No evidence yet It shows once hold-outs of it" in page
