"""What is no gift: cash and what is as good as cash, price cuts, and rewards for sending somebody."""

import re

from core.errors import DomainError
from loyalty.visits.spoken import joined

_CASH = re.compile(
    r"""(?<!\w)(?:
    cash | money(?:\ order)? | bank\ ?notes? | dollar\ bills? | \$\ ?\d+\ bills? | ch(?:eck|eque)s?
    | (?:gift|prepaid|debit|credit|visa|mastercard|amex|amazon|starbucks|target|apple|fuel|gas|shopping)[\ -]*cards?
    | e-?gift\w* | gift[\ -]*certificates? | certificates? | vouchers? | coupons? | store\ credit | credits?
    | venmo | zelle | pay\ ?pal | bitcoin\w* | crypto\w* | rebates? | refunds? | discounts? | \d+\ ?%(?:\ off)?
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_REFERRAL = re.compile(
    r"(?<!\w)(?:referrals?|referring|referred|refer-a-friend|for sending|recommending|recommendation reward)(?!\w)",
    re.IGNORECASE,
)


def check_is_a_gift(what: str) -> None:
    """Raises DomainError that names the rule and the words."""
    if found := _found(_CASH, what):
        raise DomainError(
            "gift_is_cash",
            f"{found} is cash or as good as cash, or a price cut. The rule: no cash equivalents, whatever their value. "
            "Give a thing instead, such as flowers or a book.",
            field="what",
        )
    if found := _found(_REFERRAL, what):
        raise DomainError(
            "gift_for_referral",
            f"{found}: rewards for sending somebody are off, because paying for referrals is against the law in many "
            "states and for every federal program. Thank them with a note.",
            field="what",
        )


def _found(pattern: re.Pattern[str], text: str) -> str:
    return joined([f"“{word}”" for word in dict.fromkeys(match.group() for match in pattern.finditer(text))])
