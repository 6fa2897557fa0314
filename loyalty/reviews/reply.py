"""A reply to a public review: drafted here, past the guard, and posted on the site by hand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text
from core.tenancy.scope import current_practice
from loyalty.models import Review, Service, Staff, StaffRole
from loyalty.reviews.plain import plain
from loyalty.reviews.reply_words import REASONS, Refused, refused_words

LONGEST = 4000


class ReplyRefused(DomainError):
    """`refused`: each words that may not stand in public, with why."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        self.refused = tuple(refused)
        by_reason = {one.why: [other.words for other in refused if other.why == one.why] for one in refused}
        said = "; ".join(
            f"{_listed(words)} {REASONS[why] if len(words) == 1 else _of_many(REASONS[why])}"
            for why, words in by_reason.items()
        )
        super().__init__(
            "reply_tells_too_much",
            f"{said}. Anybody can read it, and even a thank-you may not confirm who is a patient.",
            field="reply",
        )


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{one}”" for one in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _of_many(reason: str) -> str:
    """ "says, or lets one guess" of several words: "say, or let one guess"."""
    return reason.replace("says", "say").replace("lets", "let").replace("names", "name").replace("promises", "promise")


def save_reply(*, review_id: UUID, reply: str, seen: str) -> Review:
    """Keep a draft. `seen`: the reply that was there when the page was opened. An empty one takes the draft away.

    Raises NotFound, Conflict where somebody changed or posted it since, ReplyRefused, DomainError.
    """
    text = given_text(reply, what="The reply", field="reply", limit=LONGEST, lines=True)
    with transaction.atomic():
        review = locked(review_id)
        if review.replied_at is not None:
            raise Conflict("reply_posted", "This reply is posted already. Take “posted” back first to change it.")
        if review.reply != seen.replace("\r\n", "\n").strip() and review.reply != text:
            raise Conflict("reply_changed", "Somebody else wrote a reply meanwhile. Open the review again.")
        if text:
            check_reply(review, text)
        review.reply = text
        review.save(update_fields=["reply", "updated_at"])
        changed("review.reply_drafted", review, patients=_of(review))
    return review


def mark_posted(*, review_id: UUID, now: datetime) -> Review:
    """Somebody posted the reply on the site. Asked again: the catalogue may have grown since it was drafted.

    Raises NotFound, Conflict where it is posted already, ReplyRefused, DomainError without a reply.
    """
    with transaction.atomic():
        review = locked(review_id)
        if review.replied_at is not None:
            raise Conflict("reply_posted", "This reply is marked as posted already.")
        if not review.reply:
            raise DomainError("reply_missing", "Write the reply first, then post it on the site.")
        check_reply(review, review.reply)
        review.replied_at = now
        review.save(update_fields=["replied_at", "updated_at"])
        changed("review.reply_posted", review, patients=_of(review))
    return review


def mark_not_posted(*, review_id: UUID) -> Review:
    """It was not posted after all, or was taken off the site. Raises NotFound, Conflict."""
    with transaction.atomic():
        review = locked(review_id)
        if review.replied_at is None:
            raise Conflict("reply_not_posted", "This reply is not marked as posted.")
        review.replied_at = None
        review.save(update_fields=["replied_at", "updated_at"])
        changed("review.reply_reopened", review, patients=_of(review))
    return review


def check_reply(review: Review, text: str) -> None:
    """Raises ReplyRefused with all that may not stand there."""
    refused = refused_words(
        text,
        service_names=Service.objects.values_list("name", flat=True).distinct(),
        staff_names=Staff.objects.filter(role=StaffRole.PROVIDER).values_list("display_name", flat=True),
        private_names=_private_names(review),
        own_name=current_practice().name,
    )
    if refused:
        raise ReplyRefused(refused)


def _private_names(review: Review) -> list[str]:
    """Names of the patient it was matched with that the author did not give."""
    if review.patient is None:
        return []
    given = plain(review.author).lower().split()
    names = (review.patient.given_name, review.patient.preferred_name, review.patient.family_name)
    return [part for name in names for part in plain(name).split() if part.lower() not in given]


def locked(review_id: UUID) -> Review:
    """The review with its patient and site, until the transaction ends. Raises NotFound."""
    review = (
        Review.objects.select_for_update(of=("self",)).select_related("patient", "site").filter(id=review_id).first()
    )
    if review is None:
        raise NotFound("review_not_found", "This review is not on file.")
    return review


def _of(review: Review) -> list[UUID]:
    return [review.patient_id] if review.patient_id else []
