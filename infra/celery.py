"""The worker: `python -m infra.launch worker`. Jobs are declared in the packages; when they run is written here."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")

import django
from celery import Celery
from celery.schedules import crontab
from django.conf import settings

django.setup()

from infra import jobs  # noqa: F401  registers every job
from infra.observability import start_error_reports

start_error_reports(dsn=settings.SENTRY_DSN)

app = Celery("perennial")
app.conf.update(
    broker_url=settings.BROKER_URL,
    # Jobs write their results into the database; nobody reads them from the broker.
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_serializer="json",
    accept_content=["json"],
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 3600},
    worker_hijack_root_logger=False,
    timezone="UTC",
    beat_schedule={
        "contributions-nightly": {"task": "benchmarks.refresh_all", "schedule": crontab(hour=7, minute=10)},
        # Three in the morning in Los Angeles, six in New York: before anybody opens the day.
        "occasions-daily": {"task": "occasions.plan_all", "schedule": crontab(hour=11, minute=0)},
        "ready-schemas": {"task": "tenancy.fill_ready_schemas", "schedule": crontab(minute="*/10")},
    },
)
app.set_default()
