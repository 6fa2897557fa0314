"""A figure that is not shown: the calm dashed box, and the rule that keeps it back."""

from dataclasses import dataclass

from loyalty.benchmarks.rules import Rule
from loyalty.metrics.definition import Source


@dataclass(frozen=True, slots=True)
class Hush:
    """Words of a hidden or absent figure: what is the case, and why."""

    title: str
    why: str


NOT_RELEASED = Hush("Not released yet", "It appears with the next monthly release.")


def hidden(rule: Rule) -> Hush:
    """Return the words for a network figure that ``rule`` keeps back."""
    return Hush(f"{rule.title}: hidden", rule.sentence)


def absent(source: Source) -> Hush:
    """Return the words for a practice's own figure without anything to count: absent, never 0."""
    return Hush("None yet", f"No {source.value} were recorded.")
