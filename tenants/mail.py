"""Mail to the people who sign in, and to vendors. Never to a patient, and never a word about one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string

from core.messages.mail import Attachment, send_mail
from core.messages.result import Result, TryAgain


def send(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    stop: str = "",
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
) -> Result:
    """Send one mail, as text and as HTML made of the same words.

    template: a name below `email/`. The template's first line is the subject; paragraphs stand between empty lines; one
    that is exactly `context["link"]` becomes a link in the HTML. stop: the link that ends such mail with one press.
    reply_to: where an answer goes, "" for the network's address.
    """
    shown = {"network_name": settings.NETWORK_NAME} | {key: _one_line(value) for key, value in context.items()}
    # Plain text: an apostrophe in a name stays one.
    words = Engine.get_default().get_template(f"email/{template}.txt").render(Context(shown, autoescape=False))
    subject, *paragraphs = (part.strip() for part in words.strip().split("\n\n"))
    foot = f"{settings.NETWORK_NAME}, {settings.NETWORK_ADDRESS}"
    letter = {"subject": subject, "paragraphs": paragraphs, "link": shown.get("link", ""), "foot": foot}
    return send_mail(
        to=to,
        subject=_one_line(subject),
        text="\n\n".join([*paragraphs, "--\n" + foot]) + "\n",
        html=render_to_string("email/letter.html", letter),
        from_name=settings.NETWORK_NAME,
        headers={"Auto-Submitted": "auto-generated"} | (_stopping(stop) if stop else {}),
        reply_to=reply_to,
        attachments=attachments,
    )


def send_each(addresses: Iterable[str], *, template: str, context: Mapping[str, Any]) -> int | None:
    """The same mail to each; how many were sent. None where the server takes not even the first: ask again later."""
    sent = 0
    for address in addresses:
        try:
            result = send(to=address, template=template, context=context)
        except OSError:
            result = TryAgain("unreachable")
        if isinstance(result, TryAgain) and sent == 0:
            return None
        sent += 1
    return sent


def _stopping(link: str) -> dict[str, str]:
    """RFC 8058: the mail program shows a button of its own, and sends a POST."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _one_line(value: Any) -> Any:
    """Names are typed by people: none may begin a paragraph or a header of its own."""
    return " ".join(value.split()) if isinstance(value, str) else value
