"""One text message: into a folder by default, to Twilio where the settings name it."""

import json
import logging
import os
import sys
from pathlib import Path

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from core.ids import uuid7
from core.messages.answers import of_silence, of_status
from core.messages.result import Accepted, Result, Unclear

TIMEOUT = 15.0
FILE_NAME = "texts.jsonl"

# Twilio's own client writes each request into its log; a request holds the number and the words.
_SILENT = logging.getLogger("core.messages.twilio")
_SILENT.setLevel(logging.CRITICAL)


def send_text(*, to: str, sender: str, body: str, status_url: str = "") -> Result:
    """Send to one E.164 number, from `sender`. `status_url`: where the provider tells what became of it.

    Raises ImproperlyConfigured for a provider that there is not.
    """
    match settings.TEXT_PROVIDER:
        case "twilio":
            return _by_twilio(to=to, sender=sender, body=body, status_url=status_url)
        case "console":
            sys.stdout.write(_line(to=to, sender=sender, body=body))
        case "file":
            _append(Path(settings.TEXT_FOLDER), _line(to=to, sender=sender, body=body))
        case other:
            raise ImproperlyConfigured(f"TEXT_PROVIDER is file, console or twilio, not {other!r}.")
    return Accepted(provider_id=f"here-{uuid7()}")


def needs_a_number() -> bool:
    """Whether texts go out by a provider, which sends only from a number of ours."""
    return bool(settings.TEXT_PROVIDER == "twilio")


def _by_twilio(*, to: str, sender: str, body: str, status_url: str) -> Result:
    http = TwilioHttpClient(timeout=TIMEOUT, logger=_SILENT, pool_connections=False)
    client = Client(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, http_client=http)
    told = {"status_callback": status_url} if status_url else {}
    try:
        message = client.messages.create(to=to, from_=sender, body=body, **told)
    except TwilioRestException as error:
        return of_status(error.status, f"twilio_{error.code or error.status}")
    except requests.RequestException as error:
        return of_silence(error)
    except TwilioException:
        # An answer that its own client cannot read.
        return Unclear("answer_unreadable")
    return Accepted(provider_id=str(message.sid))


def _line(**fields: str) -> str:
    return json.dumps({"at": timezone.now().isoformat(timespec="seconds"), **fields}, ensure_ascii=False) + "\n"


def _append(folder: Path, line: str) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / FILE_NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(line)
