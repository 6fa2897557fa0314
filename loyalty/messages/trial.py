"""A template is tried out: shown with a made-up patient, and sent to whoever asks, never to anybody else."""

from uuid import UUID

from core import audit
from core.errors import DomainError, NotFound
from core.messages.mail import send_mail
from core.messages.result import Accepted
from core.tenancy.scope import current_practice
from loyalty.messages.check_template import checked
from loyalty.messages.compose import STOP_LINE
from loyalty.messages.fields import filled, made_up
from loyalty.messages.words import Words
from loyalty.models import Channel, MessageTemplate


def sample(*, channel: str, subject: str, body: str) -> Words:
    """The words as the made-up patient would read them; of a text, all of it."""
    practice = current_practice().name
    values = made_up(practice=practice)
    text = filled(body, values)
    if channel == Channel.TEXT:
        return Words(subject="", body=f"{practice}: {text} {STOP_LINE}")
    return Words(subject=filled(subject, values), body=text)


def send_sample(*, template_id: UUID, to: str) -> None:
    """`to`: the address of the person who asks, as they sign in with. Of a text too: its words come by email.

    Raises NotFound, DomainError where it could not be sent.
    """
    template = MessageTemplate.objects.filter(id=template_id).first()
    if template is None:
        raise NotFound("template_not_found", "This template is not on file.")
    checked(
        name=template.name,
        kind=template.kind,
        channel=template.channel,
        subject=template.subject,
        body=template.body,
    )
    words = sample(channel=template.channel, subject=template.subject, body=template.body)
    audit.record("template.tested", subject=template, detail={"version": template.version})
    result = send_mail(to=to, subject=f"Test: {words.subject or template.name}", text=words.body)
    if not isinstance(result, Accepted):
        raise DomainError("test_not_sent", "The test could not be sent. Try again in a few minutes.")
