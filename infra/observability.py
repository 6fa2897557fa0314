"""Logs and error reports without patient data: structured lines, the practice by id, never a body or a name."""

import logging
import logging.config
from typing import Any

import sentry_sdk
import structlog
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration

from infra.veil import veil_event, veiled
from infra.wordless import WordlessFormatter, codes_only, error_without_words, log_what_nobody_caught

# Parts of an error report that could hold what a patient or a person typed.
_DROPPED_FROM_REQUEST = ("data", "cookies", "query_string", "env")
_KEPT_HEADERS = {"host", "content-type", "content-length", "user-agent", "accept"}


def configure_logging(options: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG. One JSON line an event on standard error, without words (infra.wordless)."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        veil_event,
    ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": WordlessFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        error_without_words,
                        codes_only,
                        structlog.processors.JSONRenderer(),
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": options["level"]},
            "loggers": {
                # Named, so that Django's own handlers go: one mails whole requests.
                "django": {"level": "INFO"},
                "django.server": {"level": "WARNING"},
                # Whatever LOG_LEVEL says: these lines are statements with their values.
                "django.db.backends": {"level": "INFO"},
                # At INFO it writes whole addresses, with the customers in them.
                "stripe": {"level": "WARNING"},
            },
        }
    )
    log_what_nobody_caught()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def start_error_reports(*, dsn: str, release: str | None = None) -> None:
    """Sentry, off without a DSN. Personal data stays here: see `scrub`."""
    if not dsn:
        return
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        integrations=[DjangoIntegration(), CeleryIntegration()],
        data_collection={
            "user_info": False,
            "cookies": {"mode": "off"},
            "http_headers": {"request": {"mode": "off"}},
            "http_bodies": [],
            "url_query_params": {"mode": "off"},
            "database_query_data": False,
            "queues": False,
            "stack_frame_variables": False,
        },
        before_send=scrub,
        before_breadcrumb=drop_breadcrumb,
        traces_sample_rate=0.0,
    )


def scrub(event: Any, _hint: Any) -> Any:
    """Remove everything of a report that could name a person: bodies, query strings, cookies, values in messages."""
    request = event.get("request")
    if request:
        for key in _DROPPED_FROM_REQUEST:
            request.pop(key, None)
        if "url" in request:
            request["url"] = veiled(request["url"])
        request["headers"] = {k: v for k, v in request.get("headers", {}).items() if k.lower() in _KEPT_HEADERS}
    event.pop("user", None)
    event.pop("extra", None)
    for exception in event.get("exception", {}).get("values", []):
        # An exception's text may quote a row ("Key (email)=(…) already exists"); its type and place are enough.
        exception["value"] = "[scrubbed]"
        for frame in exception.get("stacktrace", {}).get("frames", []):
            frame.pop("vars", None)
    if "logentry" in event:
        event["logentry"] = {"message": event["logentry"].get("message", "")}
    event.pop("breadcrumbs", None)
    return event


def drop_breadcrumb(_crumb: Any, _hint: Any) -> None:
    """Breadcrumbs carry SQL parameters and log lines: none is kept."""
    return None
