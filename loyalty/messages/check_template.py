"""What a template may not say, whoever writes it."""

import re

from core.errors import DomainError
from core.given_text import given_text
from loyalty.messages.check_review import check_review_words
from loyalty.messages.fields import FEEDBACK_LINK, REVIEW_LINK, check_fields, fields_in
from loyalty.messages.purposes import PURPOSE_OF
from loyalty.models import Channel, ConsentPurpose, Service, TemplateKind

LONGEST = {Channel.TEXT: 320, Channel.EMAIL: 4000}
_SUBJECT, _NAME = 120, 80
# Words of an offer make an advertisement of any message, and those need a consent of their own.
_OFFER = re.compile(
    r"\d\s?%|\$\s?\d"
    r"|\b(?:coupons?|discounts?|offers?|specials|promos?|promotions?|sale|gift cards?|for free|free of charge)\b",
    re.I,
)
_SHORTEST_NAME = 4


def checked(*, name: str, kind: str, channel: str, subject: str, body: str) -> dict[str, str]:
    """The parts as they are kept. Raises DomainError with the field that cannot be kept as it is."""
    if kind not in TemplateKind or channel not in LONGEST:
        raise DomainError("template_unknown_kind", "Choose what the template is for, and text or email.", field="kind")
    text = {
        "name": given_text(name, what="The name", field="name", limit=_NAME),
        "kind": kind,
        "channel": channel,
        "subject": given_text(subject, what="The subject", field="subject", limit=_SUBJECT),
        "body": given_text(body, what="The message", field="body", limit=LONGEST[Channel(channel)], lines=True),
    }
    _check_presence(text)
    for field in ("subject", "body"):
        check_fields(text[field], field=field)
        _check_treatment(text[field], field=field)
        if PURPOSE_OF[TemplateKind(kind)] != ConsentPurpose.MARKETING and (found := _OFFER.search(text[field])):
            raise DomainError(
                "template_is_an_offer",
                f"“{found.group()}” makes this an advertisement. Take it out, or make a template for news.",
                field=field,
            )
    _check_review_link(text)
    _check_feedback_link(text)
    return text


def _check_review_link(text: dict[str, str]) -> None:
    is_review = text["kind"] == TemplateKind.REVIEW
    if is_review:
        for field in ("subject", "body"):
            check_review_words(text[field], field=field)
        if REVIEW_LINK not in fields_in(text["body"]):
            raise DomainError(
                "template_without_review_link", "Say where to write: put {review_link} into the message.", field="body"
            )
    elif REVIEW_LINK in fields_in(text["subject"] + text["body"]):
        raise DomainError(
            "template_asks_for_a_review",
            "{review_link} belongs into a template for public reviews only: who is asked is not chosen by hand.",
            field="body",
        )


def _check_feedback_link(text: dict[str, str]) -> None:
    if FEEDBACK_LINK in fields_in(text["subject"]):
        raise DomainError(
            "template_with_feedback_link", "Put {feedback_link} into the message, not the subject.", field="subject"
        )
    if FEEDBACK_LINK in fields_in(text["body"]) and text["kind"] != TemplateKind.FEEDBACK:
        raise DomainError(
            "template_with_feedback_link",
            "{feedback_link} belongs into a template that asks how it was: take it out here.",
            field="body",
        )


def _check_presence(text: dict[str, str]) -> None:
    if not text["name"]:
        raise DomainError("template_name_missing", "Give the template a name.", field="name")
    if not text["body"]:
        raise DomainError("template_empty", "Write what the message says.", field="body")
    if text["channel"] == Channel.EMAIL and not text["subject"]:
        raise DomainError("template_subject_missing", "An email needs a subject.", field="subject")
    if text["channel"] == Channel.TEXT:
        text["subject"] = ""


def _check_treatment(text: str, *, field: str) -> None:
    """No treatment that the practice offers may be named: others read a locked phone and a shared inbox."""
    for service in Service.objects.values_list("name", flat=True).distinct():
        if len(service) >= _SHORTEST_NAME and re.search(rf"\b{re.escape(service)}\b", text, re.I):
            raise DomainError(
                "template_names_a_treatment",
                f"“{service}” names a treatment, and others may read over a shoulder. Say “your visit”.",
                field=field,
            )
