"""The web application. Run by `python -m infra.launch web`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from infra.observability import start_error_reports

start_error_reports(dsn=settings.SENTRY_DSN)
application = get_wsgi_application()
