"""A link that is a key does not stand in a log line or an error report."""

import logging

import pytest
from django.test import RequestFactory
from structlog.stdlib import ProcessorFormatter

from infra.observability import scrub
from infra.veil import veiled

KEY = "s3cret-Key_0123456789"
LINKS = [
    f"/account/invitation/{KEY}/",
    f"/account/password/reset/key/{KEY}/",
    f"/kiosk/enrollment/{KEY}/",
    f"/f/{KEY}/",
]


@pytest.mark.parametrize("link", LINKS)
def test_the_line_about_a_page_that_is_not_found_hides_the_key(link):
    """As Django writes it for every answer from 400 on."""
    formatter = next(h.formatter for h in logging.getLogger().handlers if isinstance(h.formatter, ProcessorFormatter))
    about = {"request": RequestFactory().get(link), "status_code": 404}
    record = logging.getLogger("django.request").makeRecord(
        "django.request", logging.WARNING, "x.py", 1, "%s: %s", ("Not Found", link), None, extra=about
    )
    line = formatter.format(record)
    assert "404 GET" in line
    assert KEY not in line


@pytest.mark.parametrize("link", LINKS)
def test_a_report_hides_the_key_in_the_address(link):
    report = scrub({"request": {"url": f"http://aurora.perennial.localhost{link}"}}, None)
    assert KEY not in str(report)
    assert report["request"]["url"].startswith("http://aurora.perennial.localhost/")


def test_other_addresses_stay_as_they_are():
    assert veiled("/account/login/?next=/people/ /people/invitations/new/") == (
        "/account/login/?next=/people/ /people/invitations/new/"
    )
