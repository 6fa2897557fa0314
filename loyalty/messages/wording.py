"""What patients are asked before they agree. Kept with each answer; a changed sentence gets a new version."""

from loyalty.models import Channel, ConsentPurpose

VERSION = "2026-11"

_BY = {
    Channel.CALL: "call me",
    Channel.TEXT: "text me",
    Channel.EMAIL: "email me",
    Channel.LETTER: "write to me by mail",
}
_ABOUT = {
    ConsentPurpose.VISITS: "about my visits",
    ConsentPurpose.FEEDBACK: "to ask how my visit was",
    ConsentPurpose.MARKETING: "with news and offers",
    # A question of its own: whoever agrees to one thing has not agreed to the other.
    ConsentPurpose.REVIEWS: "to ask me for a public review",
}
_STOP = {
    Channel.TEXT: "Message and data rates may apply. I can reply STOP at any time.",
    Channel.EMAIL: "I can unsubscribe at any time by the link in each email.",
}
# The questions that a patient is asked, in the order of the page.
QUESTIONS = (
    *((channel, purpose) for channel in (Channel.TEXT, Channel.EMAIL) for purpose in _ABOUT),
    (Channel.CALL, ConsentPurpose.VISITS),
    (Channel.LETTER, ConsentPurpose.VISITS),
)


def wording(channel: str, purpose: str, *, practice: str) -> str:
    """The sentence that is agreed to. Raises KeyError for a question that is not asked."""
    by, about = _BY[Channel(channel)], _ABOUT[ConsentPurpose(purpose)]
    sentence = f"{practice} may {by} {about}. I do not have to agree to be treated."
    return " ".join(part for part in (sentence, _STOP.get(Channel(channel), "I can say no at any time.")) if part)
