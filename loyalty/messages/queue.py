"""A message is written down to be sent, held until the morning, or refused with the rule that refused it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import DomainError, NotFound
from core.messages.addresses import fingerprint
from core.outbox.publish import publish
from loyalty.messages.feedback_link import MARK, carries_link, reserve
from loyalty.messages.policy import Decision, Verdict, decide
from loyalty.messages.purposes import ADDRESS_OF, PURPOSE_OF
from loyalty.messages.situation import situation_of
from loyalty.messages.words import Words, visit_for, words_for
from loyalty.models import Channel, Message, MessageState, MessageTemplate, Patient, TemplateKind, Visit

QUEUED = "message.queued"
_STATES = {
    Verdict.SEND: MessageState.QUEUED,
    Verdict.HOLD: MessageState.HELD,
    Verdict.REFUSE: MessageState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a message would say, and whether it may go out now. asks_by_link: it carries the link about its visit."""

    template: MessageTemplate
    visit: Visit | None
    words: Words
    decision: Decision
    asks_by_link: bool = False


def draft(*, patient_id: UUID, template_id: UUID, now: datetime) -> Draft:
    """No message is written. Raises NotFound, DomainError for a template that speaks of a visit where there is none."""
    patient = _patient(patient_id)
    audit.record("message.drafted", patients=[patient.id])
    return _draft(patient, _by_hand(_template(template_id)), now=now)


def queue(*, patient_id: UUID, template_id: UUID, by_person_id: UUID | None, now: datetime) -> Message:
    """Write the message down. What became of it is its state: queued, held or refused, with the rule.

    Raises NotFound, DomainError for a template that speaks of a visit where there is none, Conflict where it carries
    the link about a visit and one went out already or waits to.
    """
    with transaction.atomic():
        # Locked, so that two messages at once do not both find the day's last place free.
        patient = _patient(patient_id, lock=True)
        made = _draft(patient, _by_hand(_template(template_id)), now=now)
        message = _kept(patient, made, by_person_id=by_person_id, now=now)
        if made.asks_by_link and message.state != MessageState.REFUSED:
            reserve(message)
        return message


def queue_invitation(*, patient_id: UUID, template_id: UUID, review_link: str, now: datetime) -> Message:
    """Ask for a public review, by `queue`'s rules. Only loyalty.reviews.inviting may: it knows no score.

    Raises NotFound, DomainError for a template that is for something else.
    """
    with transaction.atomic():
        patient = _patient(patient_id, lock=True)
        template = _template(template_id)
        if template.kind != TemplateKind.REVIEW:
            raise DomainError("template_asks_for_no_review", "This template asks for no public review.")
        made = _draft(patient, template, now=now, review_link=review_link)
        return _kept(patient, made, by_person_id=None, now=now)


def queue_feedback_link(*, visit_id: UUID, template_id: UUID, now: datetime) -> Message:
    """Ask how a visit was, by a link of its own, by `queue`'s rules.

    Raises NotFound, DomainError for a template without the link, Conflict where one went out already or waits to.
    """
    with transaction.atomic():
        visit = Visit.objects.select_related("location").filter(id=visit_id).first()
        if visit is None:
            raise NotFound("visit_not_found", "This visit is not on file.")
        patient, template = _patient(visit.patient_id, lock=True), _template(template_id)
        if not carries_link(template):
            raise DomainError("template_without_feedback_link", "This template has no {feedback_link}.")
        decision = _decision(patient, template, visit, now=now)
        words = words_for(template, patient, visit, decision.to, feedback_link=MARK)
        message = _kept(patient, Draft(template, visit, words, decision), by_person_id=None, now=now)
        if message.state != MessageState.REFUSED:
            reserve(message)
        return message


def _by_hand(template: MessageTemplate) -> MessageTemplate:
    """Whoever is asked for a public review is never chosen by a person, who may know how content they are."""
    if template.kind == TemplateKind.REVIEW:
        raise DomainError(
            "review_asked_by_hand", "Nobody is picked for this: Perennial asks for public reviews by itself."
        )
    return template


def _kept(patient: Patient, made: Draft, *, by_person_id: UUID | None, now: datetime) -> Message:
    message = _written(patient, made, by_person_id=by_person_id, now=now)
    message.save(force_insert=True)
    audit.record(
        "message.queued",
        patients=[patient.id],
        subject=message,
        detail={"state": message.state, "rule": message.rule or None, "channel": message.channel},
    )
    if message.state == MessageState.QUEUED:
        publish(QUEUED, record=message)
    return message


def may_go(*, patient: Patient, template: MessageTemplate, visit: Visit | None, now: datetime) -> bool:
    """Whether a message would go out, now or in the morning. Nothing is written, and nothing shown."""
    return _decision(patient, template, visit, now=now).verdict != Verdict.REFUSE


def _written(patient: Patient, made: Draft, *, by_person_id: UUID | None, now: datetime) -> Message:
    template, decision, to = made.template, made.decision, made.decision.to
    is_refused = decision.verdict == Verdict.REFUSE
    return Message(
        patient=patient,
        visit=made.visit,
        visit_at=made.visit.starts_at if made.visit else None,
        template=template,
        template_version=template.version,
        channel=template.channel,
        purpose=PURPOSE_OF[TemplateKind(template.kind)],
        to_guardian=to.to_guardian if to else False,
        address=to.address if to else "",
        address_hash=fingerprint(ADDRESS_OF[Channel(template.channel)], to.address) if to else "",
        subject=made.words.subject,
        body=made.words.body,
        state=_STATES[decision.verdict],
        rule=decision.rule or "",
        not_before=decision.until or now,
        by_person_id=by_person_id,
        queued_at=now,
        settled_at=now if is_refused else None,
    )


def _draft(patient: Patient, template: MessageTemplate, *, now: datetime, review_link: str = "") -> Draft:
    visit = visit_for(template, patient, now=now)
    decision = _decision(patient, template, visit, now=now)
    by_link = visit is not None and carries_link(template)
    mark = MARK if by_link else ""
    words = words_for(template, patient, visit, decision.to, review_link=review_link, feedback_link=mark)
    return Draft(template, visit, words, decision, asks_by_link=by_link)


def _decision(patient: Patient, template: MessageTemplate, visit: Visit | None, *, now: datetime) -> Decision:
    situation = situation_of(
        patient=patient, template=template, visit=visit, visit_at=visit.starts_at if visit else None, now=now
    )
    return decide(situation, now=now)


def _patient(patient_id: UUID, *, lock: bool = False) -> Patient:
    patients = Patient.objects.select_for_update(no_key=True) if lock else Patient.objects.all()
    patient = patients.filter(id=patient_id).first()
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.")
    return patient


def _template(template_id: UUID) -> MessageTemplate:
    template = MessageTemplate.objects.filter(id=template_id).first()
    if template is None:
        raise NotFound("template_not_found", "This template is not on file.")
    return template
