"""Whether and how the practice asks for public reviews: on or off, how often, how many of those who come up."""

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from loyalty.models import ReviewAsking, ReviewSite

SHARES = (100, 75, 50, 25)
_EVERY, _AFTER = (90, 730), (1, 7)


def asking_now() -> ReviewAsking:
    """What is set, or what a practice starts with: off."""
    return ReviewAsking.objects.first() or ReviewAsking()


def set_asking(*, is_on: bool, every_days: int, share: int, after_days: int) -> ReviewAsking:
    """Nobody can set whom to ask: there is no field for it. Raises DomainError with the field."""
    _check(every_days=every_days, share=share, after_days=after_days)
    with transaction.atomic():
        if is_on and not ReviewSite.objects.filter(asking_allowed=True).exists():
            raise DomainError(
                "review_no_site_to_ask_for",
                "Ask for at least one site first: open it below, give your page there, and switch it on.",
                field="is_on",
            )
        asking, _ = ReviewAsking.objects.select_for_update().get_or_create(only=True)
        asking.is_on, asking.every_days, asking.share, asking.after_days = is_on, every_days, share, after_days
        asking.save()
        detail = {"is_on": is_on, "every_days": every_days, "share": share, "after_days": after_days}
        changed("review_asking.changed", asking, detail=detail)
        return asking


def _check(*, every_days: int, share: int, after_days: int) -> None:
    if not _EVERY[0] <= every_days <= _EVERY[1]:
        raise DomainError(
            "review_asking_too_often",
            f"Ask each patient every {_EVERY[0]} to {_EVERY[1]} days. Once in half a year is usual.",
            field="every_days",
        )
    if share not in SHARES:
        raise DomainError("review_asking_share", "Choose how many of them are asked.", field="share")
    if not _AFTER[0] <= after_days <= _AFTER[1]:
        raise DomainError(
            "review_asking_too_soon",
            f"Ask {_AFTER[0]} to {_AFTER[1]} days after the visit: never while they are here.",
            field="after_days",
        )
