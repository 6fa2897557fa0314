"""What a thank-you note may mention. Small rules, each naming its source; what tells a treatment never gets this far.

Names of other patients stay off the paper: that somebody they sent came to us is not theirs to be told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from loyalty.models import OccasionKind
from loyalty.occasions.calendar import next_on
from loyalty.touchpoints.note_facts import NoteFacts
from loyalty.touchpoints.words import refused_words
from loyalty.visits.spoken import joined, ordinal_word, spoken_date, spoken_day

# An anniversary this near to the visit, before or after it, is worth a word; a birthday this soon after it.
AROUND_DAYS = 30
SOON_DAYS = 21
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Mention:
    """text: the fact, for the writer. line: words for the card; "" where the fact must be put in one's own words.

    source: what it rests on, "Memory, told Dr. Sato on June 15".
    """

    text: str
    line: str
    source: str


Rule = Callable[[NoteFacts], Iterator[Mention]]


def mentions_of(facts: NoteFacts) -> tuple[Mention, ...]:
    """All there is, the most personal first. Whatever names a treatment or sounds like an offer is left out."""
    return tuple(
        mention
        for rule in _RULES
        for mention in rule(facts)
        if not refused_words(f"{mention.text} {mention.line}", service_names=facts.service_names)
    )


def line_of(facts: NoteFacts) -> str:
    """One suggestion for the queue."""
    mentions = mentions_of(facts)
    if not mentions:
        return "Thank you for coming to see us."
    return mentions[0].line or f"Mention: {mentions[0].text}"


def why_of(facts: NoteFacts, *, today: date) -> str:
    """ "First visit, Saturday", "Sent us two people", "Five years with us", "Third visit, today"."""
    if facts.number > 1 and facts.sent:
        count = len(facts.sent)
        return "Sent us somebody" if count == 1 else f"Sent us {_number(count)} people"
    if years := _years(facts):
        return f"{_number(years).capitalize()} {'year' if years == 1 else 'years'} with us"
    return f"{ordinal_word(max(facts.number, 1)).capitalize()} visit, {spoken_day(facts.day, today=today)}"


def _people(facts: NoteFacts) -> Iterator[Mention]:
    if facts.sent:
        whom = "a friend" if len(facts.sent) == 1 else "friends"
        yield Mention(f"Sent {joined(list(facts.sent))} to us", f"Thank you for sending {whom} our way.", "Referral")


def _memories(facts: NoteFacts) -> Iterator[Mention]:
    for memory in facts.memories:
        yield Mention(memory.text, "", f"Memory, {memory.source}")


def _birthday(facts: NoteFacts) -> Iterator[Mention]:
    told = [(one.month, one.day) for one in facts.occasions if one.kind == OccasionKind.BIRTHDAY and not one.label]
    if facts.birth.month and facts.birth.day:
        told = [(facts.birth.month, facts.birth.day)]
    for month, day in told[:1]:
        falls = next_on(month, day, first=facts.day)
        if (falls - facts.day).days <= SOON_DAYS:
            yield Mention(
                f"Birthday on {spoken_date(falls, today=facts.day)}", "All the best for your birthday.", "Occasion"
            )


def _occasions(facts: NoteFacts) -> Iterator[Mention]:
    for one in facts.occasions:
        falls = next_on(one.month, one.day, first=facts.day)
        if (one.label or one.kind == OccasionKind.ANNIVERSARY) and (falls - facts.day).days <= SOON_DAYS:
            what = one.label or "Anniversary"
            yield Mention(f"{what} on {spoken_date(falls, today=facts.day)}", "", "Occasion")


def _with_us(facts: NoteFacts) -> Iterator[Mention]:
    if years := _years(facts):
        with_us = f"{_number(years)} {'year' if years == 1 else 'years'}"
        yield Mention(f"{with_us.capitalize()} with us", f"Thank you for {with_us} with us.", "First visit")


def _first(facts: NoteFacts) -> Iterator[Mention]:
    if facts.number <= 1:
        yield Mention("First visit", "It was lovely to meet you.", "Visits")
        if facts.was_sent:
            yield Mention("Came on a recommendation", "We are glad that you found your way to us.", "Referral")


def _years(facts: NoteFacts) -> int:
    """Full years with us, where the anniversary lies around the visit; else 0."""
    since = facts.patient_since
    if since is None:
        return 0
    anniversary = next_on(since.month, since.day, first=facts.day - timedelta(days=AROUND_DAYS))
    near = abs((anniversary - facts.day).days) <= AROUND_DAYS
    return anniversary.year - since.year if near else 0


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


_RULES: tuple[Rule, ...] = (_people, _memories, _birthday, _occasions, _with_us, _first)
