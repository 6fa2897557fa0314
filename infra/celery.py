"""The worker: `python -m infra.launch worker`. Jobs are declared in the packages; when they run, in infra.broker."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")

import django
from django.conf import settings

django.setup()

from infra import jobs  # noqa: F401  registers every job
from infra.broker import app
from infra.observability import start_error_reports

__all__ = ["app"]

start_error_reports(dsn=settings.SENTRY_DSN)
