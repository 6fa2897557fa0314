"""Why a message is not sent, or not now: each rule by a code that is kept, and in words for the front desk."""

from enum import StrEnum


class Rule(StrEnum):
    # The patient
    DECEASED = "deceased"
    NO_CONTACT = "no_contact"
    MERGED = "merged"
    NO_GUARDIAN = "no_guardian"
    # What they agreed to, and their discretion
    NO_CONSENT = "no_consent"
    SAID_NO = "said_no"
    NO_ADDRESS = "no_address"
    NOT_THIS_ADDRESS = "not_this_address"
    NOT_AT_HOME = "not_at_home"
    PLAIN_ONLY = "plain_only"
    SUPPRESSED = "suppressed"
    # How much, and when
    DAY_CAP = "day_cap"
    WEEK_CAP = "week_cap"
    QUIET_HOURS = "quiet_hours"
    NO_HOUR = "no_hour"
    # The practice
    TEMPLATE_OFF = "template_off"
    VISIT_CHANGED = "visit_changed"
    ON_THE_PREMISES = "on_the_premises"
    NO_POSTAL_ADDRESS = "no_postal_address"
    NO_TEXT_NUMBER = "no_text_number"
    PLAN_TEXTS = "plan_texts"
    TOO_LATE = "too_late"
    # Afterwards
    STOPPED = "stopped"
    ANSWERED = "answered"
    PROVIDER_REFUSED = "provider_refused"
    NOT_DELIVERED = "not_delivered"
    GAVE_UP = "gave_up"
    MAY_HAVE_GONE = "may_have_gone"


WORDS = {
    Rule.DECEASED: "The patient has died. Nothing goes out.",
    Rule.NO_CONTACT: "The patient wants no contact.",
    Rule.MERGED: "This record was merged into another. Write from that one.",
    Rule.NO_GUARDIAN: "A minor, and no guardian can be reached this way. Add a guardian’s number or email.",
    Rule.NO_CONSENT: "They have not agreed to this yet. Silence is no: ask them first.",
    Rule.SAID_NO: "They said no to this.",
    Rule.NO_ADDRESS: "There is no number that takes texts, or no email address, on file.",
    Rule.NOT_THIS_ADDRESS: "They asked us not to use this number or address.",
    Rule.NOT_AT_HOME: "They asked not to be reached at home, and nothing else is on file.",
    Rule.PLAIN_ONLY: "They asked for plain contact, and a text shows our name on a locked phone. Call, or email.",
    Rule.SUPPRESSED: "This number or address is on the do-not-contact list.",
    Rule.DAY_CAP: "They already got as many messages of this kind today as we allow.",
    Rule.WEEK_CAP: "They already got as many messages of this kind in seven days as we allow.",
    Rule.QUIET_HOURS: "It is between 9 in the evening and 8 in the morning where they are. It goes out after 8.",
    Rule.NO_HOUR: "There is no hour that is daytime in all the places where they may be. Call them.",
    Rule.TEMPLATE_OFF: "This template is switched off.",
    Rule.VISIT_CHANGED: "The visit was moved, cancelled or begun after this was written. Write a new message.",
    Rule.ON_THE_PREMISES: "They are here today, or were. A public review is asked for on another day, never here.",
    Rule.NO_POSTAL_ADDRESS: "Email must carry our postal address. Add it to the location.",
    Rule.NO_TEXT_NUMBER: "The practice has no number for texts yet. Ask the network for one.",
    Rule.PLAN_TEXTS: "The texts that your plan has for this month are used up. Call or email, or choose a larger plan.",
    Rule.TOO_LATE: "It waited for more than two days and is out of date. Write a new message.",
    Rule.STOPPED: "They asked us to stop before it went out.",
    Rule.ANSWERED: "They told us how it was before it went out.",
    Rule.PROVIDER_REFUSED: "The number or address does not take messages. Ask for another at the next visit.",
    Rule.NOT_DELIVERED: "It was sent and did not arrive. Call them.",
    Rule.GAVE_UP: "It could not be sent after several tries. Call them, or send it again.",
    Rule.MAY_HAVE_GONE: "The line broke while it was sent: it may have arrived. It is not sent twice. Ask, or call.",
}


def in_words(code: str) -> str:
    """The sentence of a rule; the code itself where the rule is no longer known."""
    return next((words for rule, words in WORDS.items() if rule == code), code)
