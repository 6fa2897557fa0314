"""How much may be given to a patient: at once, and in a calendar year."""

from dataclasses import dataclass

from django.db import transaction

from core import audit
from core.changed import changed
from core.errors import DomainError
from loyalty.models import FEDERAL_GIFT_CENTS, FEDERAL_YEAR_CENTS, GiftLimits, Patient, YesNoUnknown

# Beyond this, what the practice set for patients of no program is a slip of the keyboard.
MOST_CENTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """In cents. is_federal: the patient is in a federal program, or nobody asked, so the federal rule binds."""

    gift: int
    year: int
    is_federal: bool


def current_limits() -> GiftLimits:
    """What holds; unsaved where the practice set nothing of its own."""
    return GiftLimits.objects.first() or GiftLimits()


def limits_for(patient: Patient) -> Limits:
    """Not known counts as yes: the limit that is wrong by mistake is the low one."""
    kept = current_limits()
    if patient.federal_program == YesNoUnknown.NO:
        return Limits(kept.no_program_gift_cents, kept.no_program_year_cents, is_federal=False)
    return Limits(kept.gift_cents, kept.year_cents, is_federal=True)


def set_limits(
    *, gift_cents: int, year_cents: int, no_program_gift_cents: int, no_program_year_cents: int
) -> GiftLimits:
    """Raises DomainError above the federal limits, and for a gift that is worth more than a year's."""
    _check(gift_cents, most=FEDERAL_GIFT_CENTS, field="gift_cents", what="one gift")
    _check(year_cents, most=FEDERAL_YEAR_CENTS, field="year_cents", what="a year")
    _check(no_program_gift_cents, most=MOST_CENTS, field="no_program_gift_cents", what="one gift")
    _check(no_program_year_cents, most=MOST_CENTS, field="no_program_year_cents", what="a year")
    for gift, year, field in (
        (gift_cents, year_cents, "gift_cents"),
        (no_program_gift_cents, no_program_year_cents, "no_program_gift_cents"),
    ):
        if gift > year:
            raise DomainError("limit_beyond_year", "One gift cannot be worth more than a year’s together.", field=field)
    with transaction.atomic():
        kept = GiftLimits.objects.select_for_update(no_key=True).first() or GiftLimits()
        kept.gift_cents, kept.year_cents = gift_cents, year_cents
        kept.no_program_gift_cents, kept.no_program_year_cents = no_program_gift_cents, no_program_year_cents
        kept.save()
        changed("gift_limits.set", kept)
        return kept


def read_limits() -> GiftLimits:
    """The same as `current_limits`, for a page that shows them."""
    audit.record("gift_limits.read")
    return current_limits()


def _check(cents: int, *, most: int, field: str, what: str) -> None:
    if not 0 <= cents <= most:
        named = "The federal rule allows" if most in (FEDERAL_GIFT_CENTS, FEDERAL_YEAR_CENTS) else "There is room for"
        raise DomainError(
            "limit_out_of_range",
            f"{named} no more than {dollars(most)} for {what}. Set less, or 0 for none.",
            field=field,
        )


def dollars(cents: int) -> str:
    """ "$15", "$7.50", "$1,000"."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02d}" if rest else f"${whole:,}"
