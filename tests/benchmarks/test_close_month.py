"""Closing a month, once, when every practice has reported."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.errors import Conflict, DomainError
from loyalty.benchmarks.close_month import close_month, settles_at
from loyalty.benchmarks.models import MonthClose, Release
from loyalty.metrics.windows import Month
from tests.benchmarks.network import close, contribute, practices

pytestmark = pytest.mark.django_db

OCTOBER = Month(2026, 10)


def test_a_month_closes_two_days_after_its_end_when_every_nightly_job_has_run():
    assert settles_at(OCTOBER) == datetime(2026, 11, 3, tzinfo=UTC)
    with pytest.raises(DomainError, match=r"can be closed from November 3, 2026") as refused:
        close_month(month=OCTOBER, now=settles_at(OCTOBER) - timedelta(seconds=1))
    assert refused.value.code == "month_not_over"
    assert not MonthClose.objects.exists()
    close_month(month=OCTOBER, now=settles_at(OCTOBER))
    assert MonthClose.objects.get().month == OCTOBER.first


def test_a_month_closes_once():
    contribute(practices(12), "2026-10")
    close("2026-10")
    cells = Release.objects.count()
    with pytest.raises(Conflict, match="is closed"):
        close("2026-10")
    assert Release.objects.count() == cells


def test_it_says_what_was_published_and_what_was_hidden():
    contribute([*practices(12, region="North"), *practices(3, region="South")], "2026-10")
    closed = close("2026-10")
    # Everybody is published; the North leaves too few outside it, the South is too few.
    assert (closed.published, closed.hidden, closed.revised) == (1, 2, 0)


def test_the_command_closes_a_month():
    contribute(practices(12), "2026-08")
    out = StringIO()
    call_command("close_month", "2026-08", stdout=out)
    assert out.getvalue() == "2026-08 is closed: 1 cells published, 0 hidden, 0 of earlier months revised.\n"


@pytest.mark.parametrize(
    ("month", "words"),
    [("August", "write it like 2026-09"), ("2999-01", "can be closed from"), ("2026-08", "is closed")],
)
def test_the_command_says_what_is_wrong(month, words):
    close("2026-08")
    with pytest.raises(CommandError, match=words):
        call_command("close_month", month)
