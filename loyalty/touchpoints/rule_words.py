"""A rule of the playbook as a sentence."""

from dataclasses import dataclass

from loyalty.models import Audience, DelayUnit, OccasionOf, PlaybookRule, StaffRole, TouchpointChannel, Trigger
from loyalty.visits.spoken import counted

_DOES = {
    TouchpointChannel.CALL: "calls",
    TouchpointChannel.LETTER: "writes a letter",
    TouchpointChannel.CARD: "writes a card",
    TouchpointChannel.TEXT: "sends a text",
    TouchpointChannel.EMAIL: "sends an email",
    TouchpointChannel.IN_PERSON: "says it in person",
}
_BEFORE = {Trigger.OCCASION: "before the day"}
# About nobody's visit, so nobody treats.
_WITHOUT_VISIT = (Trigger.OCCASION, Trigger.DRIFTING)


@dataclass(frozen=True, slots=True)
class RuleWords:
    """when: "A visit is booked". how_long: "2 working days before it". who: "Front desk calls".

    only: its conditions, "First visit", "Score 9 to 10".
    """

    when: str
    how_long: str
    who: str
    only: tuple[str, ...]


def words_of(rule: PlaybookRule) -> RuleWords:
    """One query where it is about a service that was not read with it."""
    return RuleWords(
        when=Trigger(rule.trigger).label,
        how_long=_how_long(rule),
        who=f"{_who(rule)} {_DOES[TouchpointChannel(rule.channel)]}",
        only=tuple(_only(rule)),
    )


def _who(rule: PlaybookRule) -> str:
    if rule.role == StaffRole.PROVIDER and rule.trigger not in _WITHOUT_VISIT:
        return "Whoever treats"
    return str(StaffRole(rule.role).label)


def _how_long(rule: PlaybookRule) -> str:
    if rule.delay == 0:
        return "at once" if rule.delay_unit == DelayUnit.HOURS else "the same day"
    number = abs(rule.delay)
    unit = str(DelayUnit(rule.delay_unit).label)
    said = counted(number, unit.removesuffix("s"))
    if rule.delay < 0:
        return f"{said} {_BEFORE.get(Trigger(rule.trigger), 'before it')}"
    return f"within {said}"


def _only(rule: PlaybookRule) -> list[str]:
    said = []
    if rule.audience != Audience.EVERYONE:
        said.append(str(Audience(rule.audience).label))
    if rule.service is not None:
        said.append(f"Only for {rule.service.name}")
    if rule.away_days is not None:
        said.append(f"Away for {counted(rule.away_days, 'day')} or longer")
    if rule.score_from is not None:
        same = rule.score_from == rule.score_to
        said.append(f"Score {rule.score_from}" if same else f"Score {rule.score_from} to {rule.score_to}")
    if rule.occasion:
        said.append(str(OccasionOf(rule.occasion).label))
    return said
