"""The one decision whether a message goes out: pure, asked when it is queued and again when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from loyalty.messages.hours import next_open
from loyalty.messages.purposes import CAPS
from loyalty.messages.rules import Rule
from loyalty.models import Channel, ConsentPurpose


@dataclass(frozen=True, slots=True)
class Candidate:
    """One number or address that could be used. address: normal, "" where no message can reach it.

    name: of whom it reaches, the patient or the guardian. at_home: others at home may read it, against a wish.
    avoided: "not this number". stopped: on the do-not-contact list by somebody's wish. unreachable: on it because it
    does not work. zones: where a number points to.
    """

    address: str
    name: str
    to_guardian: bool = False
    avoided: bool = False
    at_home: bool = False
    stopped: bool = False
    unreachable: bool = False
    zones: tuple[ZoneInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the decision needs to know.

    consent: the newest answer to this channel and purpose, None where nobody asked. candidates: in the order to try.
    zones: of the location. today, this_week: messages of this purpose already sent or waiting. practice: what the
    practice itself lacks or switched off.
    """

    channel: str
    purpose: str
    deceased: bool
    no_contact: bool
    merged: bool
    minor: bool
    plain: bool
    consent: bool | None
    candidates: tuple[Candidate, ...]
    zones: tuple[ZoneInfo, ...]
    today: int
    this_week: int
    practice: Rule | None = None


class Verdict(StrEnum):
    SEND = "send"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Decision:
    """rule: why not, or why not now; None for SEND. until: of HOLD. to: whom it reaches, of SEND and HOLD."""

    verdict: Verdict
    rule: Rule | None = None
    until: datetime | None = None
    to: Candidate | None = None


def decide(situation: Situation, *, now: datetime) -> Decision:
    """Refusals come before waiting, so that nothing is held that will be refused in the morning."""
    rule = _of_the_person(situation) or _of_consent(situation) or situation.practice
    if rule:
        return Decision(Verdict.REFUSE, rule)
    to = _whom(situation)
    if isinstance(to, Rule):
        return Decision(Verdict.REFUSE, to)
    if rule := _of_the_count(situation):
        return Decision(Verdict.REFUSE, rule)
    at = next_open(now, (*situation.zones, *to.zones))
    if at is None:
        return Decision(Verdict.REFUSE, Rule.NO_HOUR)
    if at > now:
        return Decision(Verdict.HOLD, Rule.QUIET_HOURS, until=at, to=to)
    return Decision(Verdict.SEND, to=to)


def _of_the_person(situation: Situation) -> Rule | None:
    if situation.deceased:
        return Rule.DECEASED
    if situation.merged:
        return Rule.MERGED
    return Rule.NO_CONTACT if situation.no_contact else None


def _of_consent(situation: Situation) -> Rule | None:
    if situation.consent is None:
        return Rule.NO_CONSENT
    if not situation.consent:
        return Rule.SAID_NO
    return Rule.PLAIN_ONLY if situation.plain and situation.channel == Channel.TEXT else None


def _whom(situation: Situation) -> Candidate | Rule:
    """The first that may be used, or why the first that is there may not. Of a minor, guardians only."""
    candidates = [one for one in situation.candidates if one.to_guardian == situation.minor and one.address]
    if any(one.stopped for one in candidates):
        # Whoever said STOP to one number is not written to at their other one.
        return Rule.SUPPRESSED
    refusals = [_refusal(one) for one in candidates]
    for one, refusal in zip(candidates, refusals, strict=True):
        if refusal is None:
            return one
    nobody = Rule.NO_GUARDIAN if situation.minor else Rule.NO_ADDRESS
    return refusals[0] or nobody if refusals else nobody


def _refusal(one: Candidate) -> Rule | None:
    if one.avoided:
        return Rule.NOT_THIS_ADDRESS
    if one.at_home:
        return Rule.NOT_AT_HOME
    return Rule.PROVIDER_REFUSED if one.unreachable else None


def _of_the_count(situation: Situation) -> Rule | None:
    cap = CAPS[ConsentPurpose(situation.purpose)]
    if situation.today >= cap.a_day:
        return Rule.DAY_CAP
    return Rule.WEEK_CAP if situation.this_week >= cap.a_week else None
