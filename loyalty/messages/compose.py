"""What the law and the patient's discretion add to the words: who writes, from where, and how to stop it."""

from dataclasses import dataclass, field

from core.messages.addresses import AddressKind
from core.tenancy.scope import PracticeRef
from loyalty.messages.feedback_link import with_link
from loyalty.messages.opt_out_link import path_for
from loyalty.messages.place import postal_address
from loyalty.models import Channel, Location, Message
from tenants.hosts import url_of

STOP_LINE = "Reply STOP to opt out."
PLAIN_SUBJECT = "A message for you"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """subject, headers and from_name are empty for a text."""

    text: str
    subject: str = ""
    from_name: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def composed(
    message: Message,
    *,
    address: str,
    place: Location | None,
    plain: bool,
    practice: PracticeRef,
    feedback_link: str = "",
) -> Outgoing:
    """`plain`: an email whose sender and subject say nothing about us; who we are stands inside.

    feedback_link: what the message's mark becomes; it is never kept.
    """
    body = with_link(message.body, feedback_link)
    if message.channel == Channel.TEXT:
        return Outgoing(text=f"{practice.name}: {body} {STOP_LINE}")
    link = url_of(practice.slug, path_for(practice, kind=AddressKind.EMAIL, address=address))
    foot = f"-- \n{practice.name}, {postal_address(place)}\nStop all email from us: {link}\n"
    return Outgoing(
        text=f"{body}\n\n{foot}",
        subject=PLAIN_SUBJECT if plain else message.subject,
        from_name="" if plain else practice.name,
        # RFC 8058: the mail program stops it by itself, with one POST and no cookies.
        headers={"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
