"""A figure that is not shown: the calm dashed box, and the rule that keeps it back."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """Why a network figure is kept back (domain: "Benchmarks nobody can break")."""

    FEW = "few"
    REST = "rest"
    DOMINANT = "dominant"
    PAIR = "pair"
    HELD = "held"
    NOT_RELEASED = "not-released"
    NO_AGREEMENT = "no-agreement"
    NOT_CONTRIBUTING = "not-contributing"


@dataclass(frozen=True, slots=True)
class Hush:
    """Words of a hidden or absent figure: what is the case, and what it is waiting for."""

    title: str
    why: str

    @property
    def sentence(self) -> str:
        return f"{self.title}. {self.why}."


WORDS = {
    Rule.FEW: Hush("Fewer than 10 practices: hidden", "Shown once 10 practices record it"),
    Rule.REST: Hush("The rest would be too few: hidden", "A group is shown only if 10 practices remain outside it"),
    Rule.DOMINANT: Hush("One practice weighs too much: hidden", "Shown once nobody is over a quarter of the total"),
    Rule.PAIR: Hush("Two practices could work it out: hidden", "Shown once no two members can learn a third"),
    Rule.HELD: Hush("Held until next quarter", "Fewer than 3 practices changed"),
    Rule.NOT_RELEASED: Hush("Not released yet", "Shown with the next monthly release"),
    Rule.NO_AGREEMENT: Hush("Needs your agreement", "Shown once the data-aggregation clause is signed"),
    Rule.NOT_CONTRIBUTING: Hush("Shown to contributors", "You see it once this measure is in your contribution"),
}


def hidden(rule: Rule) -> Hush:
    """Return the words for a network figure that ``rule`` keeps back."""
    return WORDS[rule]


def absent(*, waiting_for: str) -> Hush:
    """Return the words for a practice's own figure that nothing was recorded for: absent, never 0.

    ``waiting_for`` says what makes it appear: "the first answer at checkout".
    """
    return Hush("Nothing recorded yet", f"Appears with {waiting_for}")
