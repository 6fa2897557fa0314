"""A request is accepted or denied, answered later, disagreed with, or, a restriction, ended."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from loyalty.models import DenialBasis, Recipient, RecordRequest, RequestKind, RequestState
from loyalty.practice_zone import practice_zone
from loyalty.record_requests.locked import check_open, locked_request
from loyalty.record_requests.note import DAYS_TO_ANSWER, required_text
from loyalty.visits.spoken import spoken_date

MOST_EXTENSION = timedelta(days=30)
_TEXT, _REASON = 2_000, 500
VERBS = {RequestState.ACCEPTED: "record_request.accepted", RequestState.DENIED: "record_request.denied"}
OF_AMENDMENT = (DenialBasis.NOT_OURS, DenialBasis.NOT_IN_RECORD, DenialBasis.NOT_ACCESSIBLE, DenialBasis.ACCURATE)


def accept(
    *, request_id: UUID, answer_text: str, told_on: date | None, by_person_id: UUID | None, now: datetime
) -> RecordRequest:
    """answer_text: what was corrected, or how the restriction is kept. Raises NotFound, Conflict, DomainError."""
    words = required_text(
        answer_text, what="The answer", field="answer_text", limit=_TEXT, ask="Write what was done about it."
    )
    with transaction.atomic():
        request = locked_request(request_id)
        check_open(request)
        return _answered(request, RequestState.ACCEPTED, words, told_on, by_person_id=by_person_id, now=now)


def deny(
    *,
    request_id: UUID,
    basis: str,
    answer_text: str,
    told_on: date | None,
    by_person_id: UUID | None,
    now: datetime,
) -> RecordRequest:
    """basis: a reason that the law knows. answer_text: it in plain words, for the patient's letter.

    Raises NotFound, Conflict where it was answered, DomainError for a basis that does not fit and for what must not be
    denied: who paid a visit in full may keep it from their health plan.
    """
    words = required_text(
        answer_text, what="The reason", field="answer_text", limit=_TEXT, ask="Write the reason in plain words."
    )
    with transaction.atomic():
        request = locked_request(request_id)
        check_open(request)
        if request.recipient == Recipient.HEALTH_PLAN and request.paid_in_full:
            raise DomainError(
                "restriction_must_be_kept",
                "They paid in full themselves, so their health plan must not be told: the law leaves no choice. "
                "Accept the request.",
            )
        fits = OF_AMENDMENT if request.kind == RequestKind.AMENDMENT else (DenialBasis.CANNOT_KEEP,)
        if basis not in fits:
            raise DomainError("basis_missing", "Choose one of the reasons that the law knows.", field="basis")
        request.basis = basis
        return _answered(request, RequestState.DENIED, words, told_on, by_person_id=by_person_id, now=now)


def extend(*, request_id: UUID, because: str, until: date, now: datetime) -> RecordRequest:
    """Once, by 30 days at most, while it is not overdue: the patient is told the reason and the day in writing.

    Raises NotFound, Conflict, DomainError with field "because" or "until".
    """
    words = required_text(
        because, what="The reason", field="because", limit=_REASON, ask="Write the reason, as the patient is told it."
    )
    today = now.astimezone(practice_zone()).date()
    with transaction.atomic():
        request = locked_request(request_id)
        check_open(request)
        if request.extended_on is not None:
            raise Conflict("extended_already", "This was extended already, and the law allows it once.")
        first_due = request.received_on + DAYS_TO_ANSWER
        if today > first_due:
            raise DomainError("extended_late", "It is overdue: the law allows more time only before that. Answer it.")
        if not first_due < until <= first_due + MOST_EXTENSION:
            raise DomainError(
                "extended_too_far",
                f"Choose a day after {spoken_date(first_due, today=today)} and not after "
                f"{spoken_date(first_due + MOST_EXTENSION, today=today)}: 30 days are allowed.",
                field="until",
            )
        request.extended_on, request.extended_because, request.due_on = today, words, until
        request.save(update_fields=["extended_on", "extended_because", "due_on", "updated_at"])
        changed("record_request.extended", request, patients=[request.patient_id])
        return request


def disagree(*, request_id: UUID, statement: str, now: datetime) -> RecordRequest:
    """The patient's statement against a denied correction; it goes along with the record from then on.

    Raises NotFound, Conflict where nothing was denied or a statement is on file, DomainError with field "statement".
    """
    words = required_text(
        statement, what="The statement", field="statement", limit=_TEXT, ask="Write their statement, in their words."
    )
    with transaction.atomic():
        request = locked_request(request_id)
        if request.state != RequestState.DENIED or request.kind != RequestKind.AMENDMENT:
            raise Conflict("nothing_denied", "Only a denied correction can be disagreed with.")
        if request.disagreement:
            raise Conflict("disagreed_already", "A statement of theirs is on file already.")
        request.disagreement, request.disagreed_on = words, now.astimezone(practice_zone()).date()
        request.save(update_fields=["disagreement", "disagreed_on", "updated_at"])
        changed("record_request.disagreed", request, patients=[request.patient_id])
        return request


def end_restriction(*, request_id: UUID, because: str, now: datetime) -> RecordRequest:
    """The patient asked for the end of it, agreed, or was told. What the law makes us keep ends by their word only.

    Raises NotFound, Conflict where it is not in force, DomainError with field "because".
    """
    words = required_text(
        because, what="The reason", field="because", limit=_REASON, ask="Write who asked for it, and when."
    )
    with transaction.atomic():
        request = locked_request(request_id)
        if request.kind != RequestKind.RESTRICTION or request.state != RequestState.ACCEPTED:
            raise Conflict("not_in_force", "This restriction is not in force.")
        request.state = RequestState.ENDED
        request.ended_on, request.ended_because = now.astimezone(practice_zone()).date(), words
        request.save(update_fields=["state", "ended_on", "ended_because", "updated_at"])
        changed("record_request.ended", request, patients=[request.patient_id])
        return request


def tell(*, request_id: UUID, told_on: date, now: datetime) -> RecordRequest:
    """The patient was given the answer. Raises NotFound, Conflict where there is none, DomainError."""
    with transaction.atomic():
        request = locked_request(request_id)
        if request.answered_on is None:
            raise Conflict("not_answered", "Answer it first.")
        _check_told(told_on, now=now)
        request.told_on = told_on
        request.save(update_fields=["told_on", "updated_at"])
        changed("record_request.told", request, patients=[request.patient_id])
        return request


def _answered(
    request: RecordRequest,
    state: RequestState,
    words: str,
    told_on: date | None,
    *,
    by_person_id: UUID | None,
    now: datetime,
) -> RecordRequest:
    if told_on is not None:
        _check_told(told_on, now=now)
    request.state, request.answer_text, request.told_on = state, words, told_on
    request.answered_on, request.answered_by = now.astimezone(practice_zone()).date(), by_person_id
    request.save()
    changed(VERBS[state], request, patients=[request.patient_id], detail={"kind": request.kind})
    return request


def _check_told(told_on: date, *, now: datetime) -> None:
    if told_on > now.astimezone(practice_zone()).date():
        raise DomainError("told_ahead", "Choose the day on which they were told; it is not ahead.", field="told_on")
