"""One email, sent by Django's mail backend: a folder by default, a provider (anymail) where the settings name one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from core.messages.answers import of_silence, of_status
from core.messages.result import Accepted, Refused, Result, Unclear

# What a provider says of the one address, although it took the request.
_NOT_TAKEN = {"invalid", "rejected", "failed"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail. kind: its media type, such as "text/csv"."""

    name: str
    content: bytes
    kind: str


def send_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    from_name: str = "",
    headers: Mapping[str, str] | None = None,
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
) -> Result:
    """Send to one address. `from_name` stands before the network's address; without it the address stands alone.

    reply_to: where an answer goes, "" for the network's address.

    Raises ImproperlyConfigured where the provider is not set up.
    """
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=formataddr((from_name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[to],
        headers=dict(headers or {}),
        reply_to=[reply_to] if reply_to else None,
    )
    if html:
        message.attach_alternative(html, "text/html")
    for one in attachments:
        message.attach(one.name, one.content, one.kind)
    try:
        message.send()
    except (AnymailRecipientsRefused, AnymailInvalidAddress):
        return Refused("address_refused")
    except AnymailAPIError as error:
        return (
            of_silence(error)
            if error.status_code is None
            else of_status(error.status_code, f"mail_{error.status_code}")
        )
    status = getattr(message, "anymail_status", None)
    if status is not None and not status.status:
        return Unclear("not_said")
    if status is not None and status.status & _NOT_TAKEN:
        return Refused("address_refused")
    return Accepted(provider_id=str(getattr(status, "message_id", None) or ""))
