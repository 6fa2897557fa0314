"""A practice's own figures and the network's releases, as programs read them."""

from datetime import date

import pytest

from core.tenancy.scope import practice_scope
from loyalty.benchmarks.models import Contribution, MonthClose, Release
from loyalty.models import Figure
from tenants.models import Practice

AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (8, 9, 10))
QUANTILES = {"p10": 40, "p25": 52, "p50": 59, "p75": 64, "p90": 75, "contributors_floor": 60}


@pytest.fixture
def own(aurora, now):
    def keep(metric, value, month=OCTOBER, **more):
        fields = {"high": value + 6, "low": value - 6, "n": 212, **more}
        with practice_scope(aurora):
            Figure.objects.create(
                metric=metric,
                definition_version=1,
                month=month,
                numerator=140,
                denominator=212,
                patients=200,
                value=value,
                computed_at=now,
                **fields,
            )

    return keep


@pytest.fixture
def contributing(aurora, now):
    MonthClose.objects.create(month=OCTOBER, closed_at=now)
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now)
    Contribution.objects.create(
        practice_id=aurora.id,
        metric="nps",
        definition_version=1,
        month=OCTOBER,
        numerator=140,
        denominator=212,
        n=212,
        value=66,
        computed_at=now,
    )


@pytest.fixture
def release(now):
    def publish(metric="nps", month=OCTOBER, **more):
        figures = {} if more.get("rule") else QUANTILES
        fields = {"metric": metric, "definition_version": 1, "cohort_kind": "all", "month": month, **figures, **more}
        Release.objects.create(released_at=now, **fields)

    return publish


def months(answer):
    return [(row["metric"], row["month"]) for row in answer.json()["data"]]


def test_the_latest_month_stands_there_without_being_asked_for(api, own):
    own("nps", 66.0)
    own("perceived_value", 80.0, high=None, n=12)
    own("nps", 61.0, month=SEPTEMBER)
    answer = api.get("/api/v1/metrics/")
    assert months(answer) == [("nps", "2026-10"), ("perceived_value", "2026-10")]
    nps, worth = answer.json()["data"]
    assert (nps["value"], nps["low"], nps["high"], nps["n"], nps["is_uncertain"]) == (66.0, 60.0, 72.0, 212, False)
    assert (nps["unit"], nps["better"], nps["definition_version"], nps["version"]) == ("score", "higher", 1, 1)
    assert (worth["high"], worth["is_uncertain"]) == (None, True)


def test_one_metric_is_read_month_by_month(api, own):
    for month, value in ((AUGUST, 58.0), (SEPTEMBER, 61.0), (OCTOBER, 66.0)):
        own("nps", value, month=month)
    own("nps", 30.0, month=date(2024, 10, 1))
    assert months(api.get("/api/v1/metrics/?metric=nps")) == [
        ("nps", "2026-08"), ("nps", "2026-09"), ("nps", "2026-10"),
    ]  # fmt: skip
    assert months(api.get("/api/v1/metrics/?metric=nps&month=2024-10")) == [("nps", "2024-10")]
    assert months(api.get("/api/v1/metrics/?month=2019-01")) == []


def test_a_corrected_month_says_so(api, own):
    own("nps", 66.0, version=2, why="An import brought visits of October.")
    (row,) = api.get("/api/v1/metrics/").json()["data"]
    assert (row["version"], row["why"]) == (2, "An import brought visits of October.")


def test_before_the_first_month_there_is_nothing(api):
    assert api.get("/api/v1/metrics/").json() == {"data": []}
    assert api.get("/api/v1/metrics/?metric=nps").json() == {"data": []}


@pytest.mark.parametrize("asked", ["metric=happiness", "month=2026-13", "month=2026-10-01", "month=October", "size=5"])
def test_what_cannot_be_asked_for_is_named(api, asked):
    for path in ("metrics", "benchmarks"):
        answer = api.get(f"/api/v1/{path}/?{asked}")
        assert (answer.status_code, answer.json()["parameter"]) == (400, asked.partition("=")[0])


def test_releases_of_ones_own_groups_are_read_and_no_others(api, aurora, contributing, release):
    release()
    release(cohort_kind="region", cohort="Elsewhere")
    release(metric="perceived_value", rule="few")
    answer = api.get("/api/v1/benchmarks/").json()
    assert answer["barred"] is None
    nps, worth = answer["data"]
    assert [nps[name] for name in ("p10", "p25", "p50", "p75", "p90", "practices")] == [40, 52, 59, 64, 75, 60]
    assert (nps["cohort_kind"], nps["cohort"], nps["hidden"]) == ("all", "", None)
    assert (worth["metric"], worth["p50"], worth["practices"]) == ("perceived_value", None, None)
    assert worth["hidden"] == {"rule": "few", "sentence": "Fewer than 10 practices in this group report it."}


def test_of_a_corrected_release_the_newest_version_is_read(api, contributing, release):
    release()
    release(version=2, p50=60, why="Three practices corrected October.")
    (row,) = api.get("/api/v1/benchmarks/?cohort=all").json()["data"]
    assert (row["version"], row["p50"], row["why"]) == (2, 60, "Three practices corrected October.")


def test_one_released_metric_is_read_month_by_month(api, contributing, release):
    release(month=SEPTEMBER)
    release()
    assert months(api.get("/api/v1/benchmarks/?metric=nps")) == [("nps", "2026-09"), ("nps", "2026-10")]
    assert months(api.get("/api/v1/benchmarks/?metric=nps&month=2026-09")) == [("nps", "2026-09")]


def test_who_has_not_agreed_or_does_not_contribute_sees_none_and_reads_why(api, aurora, contributing, release):
    release()
    Contribution.objects.filter(practice_id=aurora.id).delete()
    answer = api.get("/api/v1/benchmarks/").json()
    assert (answer["data"], answer["barred"]["rule"]) == ([], "not-contributing")
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=None)
    answer = api.get("/api/v1/benchmarks/").json()
    assert (answer["data"], answer["barred"]["rule"]) == ([], "no-agreement")


def test_they_name_no_patient_and_no_other_practice(api, aurora, contributing, release, own):
    release()
    own("nps", 66.0)
    for path in ("metrics", "benchmarks"):
        text = api.get(f"/api/v1/{path}/").content.decode()
        assert "practice_id" not in text
        assert "patient_id" not in text
