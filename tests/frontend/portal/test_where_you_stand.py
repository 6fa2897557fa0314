"""A practice's figures beside what the network released."""

import csv
import io
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from core.audit.models import Entry
from core.tenancy.scope import current_practice
from loyalty.benchmarks.models import Contribution, MonthClose, Release
from loyalty.models import Figure
from loyalty.reports.make import make_report
from tenants.models import Practice
from tests.queries import asked

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def closed(db, now):
    MonthClose.objects.create(month=OCTOBER, closed_at=now)


@pytest.fixture
def own(inside):
    def keep(value=66.0, metric="nps", n=212, month=OCTOBER):
        with inside():
            Figure.objects.create(
                metric=metric,
                definition_version=1,
                month=month,
                numerator=value * n / 100,
                denominator=n,
                n=n,
                patients=n,
                value=value,
                low=value - 6,
                high=value + 6,
                computed_at=timezone.now(),
            )

    return keep


@pytest.fixture
def contributing(aurora, now):
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now)
    Contribution.objects.create(
        practice_id=aurora.id,
        metric="nps",
        definition_version=1,
        month=OCTOBER,
        numerator=100,
        denominator=212,
        n=212,
        value=66,
        computed_at=now,
    )


def release(now: datetime, metric="nps", rule="", **more):
    figures = {"p10": 40, "p25": 52, "p50": 59, "p75": 64, "p90": 75, "contributors_floor": 60}
    Release.objects.create(
        metric=metric,
        definition_version=1,
        cohort_kind="all",
        month=OCTOBER,
        rule=rule,
        released_at=now,
        **({} if rule else figures),
        **more,
    )


@pytest.fixture
def row(olivia):
    def find(key="nps", query=""):
        groups = olivia.get(f"/benchmarks/{query}").context["groups"]
        return next(row for group in groups for row in group.rows if row.key == key)

    return find


def test_before_a_month_is_closed_the_page_says_when_figures_come(olivia, words):
    assert "No month is closed yet" in words(olivia.get("/benchmarks/"))


def test_a_figure_stands_with_its_interval_its_n_and_its_band(row, closed, own, contributing, now):
    own()
    release(now)
    nps = row()
    assert (nps.you, nps.interval, nps.n, nps.uncertain) == ("66", "60 to 72", "212", False)
    assert (nps.strip.word, nps.strip.spread.median) == ("Top quarter", "59")
    assert nps.hush is None


def test_few_answers_are_called_uncertain(row, closed, own, olivia, words):
    own(n=12)
    assert row().uncertain
    assert "n = 12, uncertain" in words(olivia.get("/benchmarks/"))


def test_a_hidden_figure_is_calm_and_names_its_rule(row, closed, own, contributing, olivia, now, words):
    own()
    release(now, rule="few")
    assert (row().strip, row().hush.title) == (None, "Fewer than 10: hidden")
    page = words(olivia.get("/benchmarks/"))
    assert "Fewer than 10 practices in this group report it." in page
    assert "Your own figure is never hidden from you." in page


def test_an_absent_figure_is_not_zero(row, closed, contributing, now):
    release(now)
    assert (row().you, row().absent.why) == ("", "No feedback answers were recorded.")
    assert row().strip.you_x is None


def test_without_an_agreement_the_page_says_what_is_missing(olivia, closed, own, now, words):
    own()
    release(now)
    page = words(olivia.get("/benchmarks/"))
    assert "Needs your agreement" in page
    assert "Your own figures stand below." in page
    assert "66 60 to 72" in page


def test_the_table_says_what_the_charts_show(olivia, closed, own, contributing, now, words):
    own()
    release(now)
    page = words(olivia.get("/benchmarks/?view=table"))
    assert "Net promoter score 66 60 to 72 212 Top quarter 40 52 59 64 75" in page
    assert '<svg class="strip"' not in olivia.get("/benchmarks/?view=table").content.decode()


def test_the_funnel_says_whether_it_may_be_luck(olivia, closed, own, contributing, now, words):
    own(60)
    release(now)
    assert "You are inside." in words(olivia.get("/benchmarks/"))


def test_today_fetches_the_few_that_everybody_looks_at_first(olivia, closed, own, contributing, now, words):
    own()
    release(now)
    page = olivia.get("/").content.decode()
    assert 'hx-get="/benchmarks/" hx-trigger="load"' in page
    part = olivia.get("/benchmarks/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Net promoter score Network median 59" in words(part)
    assert "All measures, 60+ practices" in words(part)


def test_groups_are_those_of_the_practice(olivia, closed):
    cohorts = olivia.get("/benchmarks/").context["cohorts"]
    assert [c.text for c in cohorts] == ["All practices", "1 to 3 providers", "West"]
    assert olivia.get(f"/benchmarks/{cohorts[1].href}").context["cohorts"][1].here
    assert olivia.get("/benchmarks/?by=size&of=large").status_code == 404
    assert olivia.get("/benchmarks/?by=nonsense").status_code == 404


def test_the_front_desk_is_not_offered_what_it_may_not_open(sign_in):
    page = sign_in("Frank", at="aurora").get("/").content.decode()
    assert "/benchmarks/" not in page


def test_the_page_asks_little_of_the_database(olivia, closed, own, contributing, now):
    own()
    release(now)
    olivia.get("/benchmarks/")
    with CaptureQueriesContext(connection) as captured:
        olivia.get("/benchmarks/")
    # What every page asks (who, where, what to call them, the trail) stands apart from what this one does.
    figures = [one for one in asked(captured.captured_queries) if "loyalty_" in one or "benchmarks_" in one]
    assert len(figures) <= 6, figures


def test_the_figures_are_taken_away_as_a_table(olivia, closed, own, contributing, inside, now):
    own(n=12)
    release(now)
    release(now, metric="note_coverage", rule="few")
    answer = olivia.get("/benchmarks/figures.csv")
    rows = {row["measure_key"]: row for row in csv.DictReader(answer.content.decode("utf-8-sig").splitlines())}
    assert answer.headers["Content-Disposition"] == 'attachment; filename="where-you-stand-2026-10.csv"'
    nps, notes = rows["nps"], rows["note_coverage"]
    assert [nps[k] for k in ("you", "low_95", "high_95", "n", "uncertain", "band", "median", "practices_at_least")] == [
        "66", "60", "72", "12", "yes", "P75 to P90", "59", "60",
    ]  # fmt: skip
    assert (notes["you"], notes["median"]) == ("", "")
    assert notes["not_shown_because"] == "Fewer than 10 practices in this group report it."
    with inside():
        assert Entry.objects.get(verb="benchmarks.exported").detail == {"as": "csv", "month": "2026-10"}


def test_the_page_is_taken_away_as_a_tagged_pdf(olivia, closed, own, contributing, now):
    own()
    release(now)
    document = PdfReader(io.BytesIO(olivia.get("/benchmarks/figures.pdf").content))
    text = " ".join(" ".join(page.extract_text().split()) for page in document.pages)
    for words in ("Where you stand", "60+ practices", "66", "60 to 72, n = 212", "Top quarter", "Median 59"):
        assert words in text
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    said = " ".join(_alternatives(document))
    assert "Net promoter score: you are at 66, top quarter of 60+ practices. Median 59" in said


def _alternatives(document):
    """What the pictures of a PDF say to whoever listens."""
    numbers = {*document.xref[0], *document.xref_objStm}
    found = [document.get_object(number) for number in numbers]
    return [str(one["/Alt"]) for one in found if isinstance(one, dict) and "/Alt" in one]


def test_what_others_can_learn_is_told_with_what_left_and_what_is_shown(olivia, closed, contributing, now, words):
    release(now)
    page = words(olivia.get("/benchmarks/others/"))
    sent = "Net promoter score You sent 66 212 counted, 212 patients"
    assert f"{sent} Members see All practices: 60+ practices, median 59" in page
    for told in ("Never see you", "The network’s people", "Past releases stand"):
        assert told in page
    sent = list(csv.DictReader(olivia.get("/benchmarks/others/sent.csv").content.decode("utf-8-sig").splitlines()))
    assert [(row["measure_key"], row["month"], row["value"]) for row in sent] == [("nps", "2026-10", "66")]


def test_who_sent_nothing_reads_what_must_come_first(olivia, words):
    page = words(olivia.get("/benchmarks/others/"))
    assert "Nothing has left your practice" in page
    assert "Without the data-aggregation clause nothing is sent" in page


def test_monthly_reports_are_kept_to_read_and_the_mail_is_off_until_asked_for(olivia, closed, own, inside, now, words):
    assert "No report yet" in words(olivia.get("/benchmarks/reports/"))
    own()
    with inside():
        report = make_report(practice=current_practice(), now=now)
    page = words(olivia.get("/benchmarks/reports/"))
    assert "October 2026 Made on Nov 23, 2026, and kept as it was" in page
    assert "You are not mailed." in page
    page = words(olivia.post("/benchmarks/reports/mail/", {"wanted": "yes"}, follow=True))
    assert "A mail tells you when the next report is ready." in page
    assert "Stop the mail" in page
    page = words(olivia.post("/benchmarks/reports/mail/", {"wanted": "no"}, follow=True))
    assert "You are not mailed." in page
    document = PdfReader(io.BytesIO(olivia.get(f"/benchmarks/reports/{report.id}/").content))
    text = " ".join(document.pages[0].extract_text().split())
    assert len(document.pages) == 1
    for said in ("October at Aurora Aesthetics", "60 to 72, n = 212", "What to try next", "Call before the visit"):
        assert said in text


def test_leaving_says_what_stays(olivia, words):
    page = words(olivia.get("/settings/leaving/"))
    assert "You stop contributing at once, and what you contributed is removed. Past releases stand" in page
