"""What was written to patients, what became of it, and what they answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core import audit
from loyalty.messages.rules import in_words
from loyalty.models import Channel, Message, MessageState, Reply, ReplyMeaning
from loyalty.patients.names import patient_names
from loyalty.practice_zone import practice_zone

# What is asked for → the states that it means.
SHOWS: dict[str, tuple[MessageState, ...]] = {
    "": tuple(MessageState),
    "waiting": (MessageState.QUEUED, MessageState.HELD, MessageState.SENDING),
    "sent": (MessageState.SENT,),
    "not-sent": (MessageState.REFUSED, MessageState.FAILED, MessageState.UNCLEAR, MessageState.CANCELLED),
}
_TONES = {
    MessageState.SENT: ("good", "check"),
    MessageState.QUEUED: ("accent", "send"),
    MessageState.SENDING: ("accent", "send"),
    MessageState.HELD: ("", "moon"),
    MessageState.CANCELLED: ("", "x"),
    MessageState.REFUSED: ("warn", "ban"),
    MessageState.FAILED: ("warn", "triangle-alert"),
    MessageState.UNCLEAR: ("warn", "circle-question-mark"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One message. at: when it was queued, where the practice is. state: in words, with tone and icon.

    reason: why it is held or was not sent, in words, or "".
    """

    id: UUID
    patient_id: UUID
    name: str
    at: datetime
    channel: str
    template: str
    subject: str
    body: str
    to_guardian: bool
    state: str
    tone: str
    icon: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One text that came in. people: whose number it was, by id and name. said: what it meant, "" for a person."""

    id: UUID
    at: datetime
    people: tuple[tuple[UUID, str], ...]
    body: str
    said: str
    answer: str


@dataclass(frozen=True, slots=True)
class Page:
    """before: the id to go on from, None at the end."""

    lines: tuple[Line, ...]
    before: UUID | None


def messages(*, show: str = "", before: UUID | None = None, limit: int) -> Page:
    """The newest first. show: a key of SHOWS. Three queries."""
    found = Message.objects.filter(state__in=SHOWS[show]).select_related("patient", "template").order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    rows = list(found[: limit + 1])
    page, more = rows[:limit], len(rows) > limit
    audit.record("messages.read", patients=[row.patient_id for row in page])
    return Page(_lines(page), page[-1].id if more else None)


def messages_of(*, patient_id: UUID, limit: int) -> tuple[Line, ...]:
    """Of one patient, the newest first."""
    rows = Message.objects.filter(patient_id=patient_id).select_related("patient", "template").order_by("-id")[:limit]
    return _lines(rows)


def replies(*, limit: int) -> tuple[Answer, ...]:
    """What patients texted back, the newest first. Three queries."""
    zone = practice_zone()
    rows = list(Reply.objects.order_by("-received_at", "-id")[:limit])
    names = patient_names(id for row in rows for id in row.patients)
    audit.record("replies.read", patients=names)
    return tuple(
        Answer(
            id=row.id,
            at=row.received_at.astimezone(zone),
            people=tuple((id, names[id]) for id in row.patients if id in names),
            body=row.body,
            said="" if row.meaning == ReplyMeaning.OTHER else ReplyMeaning(row.meaning).label,
            answer=row.answer,
        )
        for row in rows
    )


def _lines(rows: Iterable[Message]) -> tuple[Line, ...]:
    zone = practice_zone()
    return tuple(
        Line(
            id=row.id,
            patient_id=row.patient_id,
            name=row.patient.display_name,
            at=row.queued_at.astimezone(zone),
            channel=Channel(row.channel).label,
            template=row.template.name,
            subject=row.subject,
            body=row.body,
            to_guardian=row.to_guardian,
            state="Arrived" if row.delivered_at else MessageState(row.state).label,
            tone=_TONES[MessageState(row.state)][0],
            icon=_TONES[MessageState(row.state)][1],
            reason=in_words(row.rule) if row.rule else "",
        )
        for row in rows
    )
