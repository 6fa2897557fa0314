"""Times as people read them on a page."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from frontend.templatetags.times import LONG_GONE, weekday


def test_a_day_of_these_months_is_said_without_its_year():
    lately = timezone.now() - LONG_GONE + timedelta(days=2)
    assert str(lately.year) not in weekday(lately)
    assert weekday(timezone.now() + timedelta(days=400)).count(",") == 1


def test_a_day_long_gone_says_its_year():
    assert weekday(date(2023, 12, 6)) == "Wednesday, December 6, 2023"
    assert weekday(datetime(2023, 12, 6, 9, tzinfo=UTC)) == "Wednesday, December 6, 2023"
