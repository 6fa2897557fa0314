"""The link by which a patient answers at home: one for a visit, in the message that asks for it.

Nothing here tells whether anybody answered: whoever invites to public reviews may reach this, and must not know.
"""

from core.errors import Conflict
from loyalty.messages.fields import FEEDBACK_LINK, fields_in
from loyalty.models import WAITING, FeedbackLink, Message, MessageTemplate, TemplateKind

# What stands in a message's place of the link, in everything that is kept: the link itself is in what went out alone.
MARK = "[link]"
# Where the portal answers it (frontend/portal/urls.py). Short: it goes into texts.
PATH = "/f/{token}/"


def carries_link(template: MessageTemplate) -> bool:
    return template.kind == TemplateKind.FEEDBACK and FEEDBACK_LINK in fields_in(template.body)


def with_link(text: str, address: str) -> str:
    return text.replace(MARK, address).strip()


def reserve(message: Message) -> None:
    """This message carries the link of its visit; part of queueing it, with the patient locked.

    Raises Conflict where another one does or did.
    """
    known = FeedbackLink.objects.select_related("message").filter(visit=message.visit).first()
    if known is not None and not may_be_sent_anew(known):
        raise Conflict("feedback_link_sent", "A link about this visit went out already, or waits to.")
    FeedbackLink.objects.update_or_create(
        visit=message.visit, defaults={"patient_id": message.patient_id, "message": message}
    )


def may_be_sent_anew(link: FeedbackLink) -> bool:
    """Its message was refused or called off before it went out."""
    return link.sent_at is None and (link.message is None or link.message.state not in WAITING)
