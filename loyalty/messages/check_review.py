"""What a message that asks for a public review may not say: a reward for it, or that only the content should write."""

import re

from core.errors import DomainError

_REWARD = re.compile(
    r"\b(?:rewards?|gifts?|prizes?|raffles?|sweepstakes?|giveaways?|drawings?|to win|bonus(?:es)?|points?|perks?"
    r"|credits?|vouchers?|refunds?|free|complimentary|cash|in (?:return|exchange)|thank[- ]you (?:gift|present)"
    r"|treats?|next visit|on us|on the house)\b",
    re.I,
)
_PICKING = re.compile(
    r"\b(?:(?:five|5|4|four)[- ]?stars?|positive|glowing|great reviews?|good reviews?|nice reviews?"
    r"|if (?:you|we) (?:were|are|have been)? ?(?:happy|satisfied|pleased|delighted|met|exceeded)"
    r"|(?:if you|you) (?:liked|loved|enjoyed)|loved it|happy (?:patients?|clients?|customers?)|raving)\b|★|⭐",
    re.I,
)


def check_review_words(text: str, *, field: str) -> None:
    """Raises DomainError for words of a reward, and for words that ask the content only."""
    if found := _REWARD.search(text):
        raise DomainError(
            "review_rewarded",
            f"“{found.group()}” sounds like a reward, and nothing may be given for a review. Take it out.",
            field=field,
        )
    if found := _PICKING.search(text):
        raise DomainError(
            "review_asks_the_content_only",
            f"“{found.group()}” asks for praise only. Ask everybody for an honest word, good or bad.",
            field=field,
        )
