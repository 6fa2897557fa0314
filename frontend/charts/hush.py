"""A figure that is not shown: the calm dashed box, and the rule that keeps it back."""

from dataclasses import dataclass

from loyalty.benchmarks.rules import RULES, Rule
from loyalty.metrics.definition import Source


@dataclass(frozen=True, slots=True)
class Hush:
    """Words of a hidden or absent figure: what is the case, and why."""

    title: str
    why: str


def hidden(rule: Rule) -> Hush:
    """Return the words for a network figure that a rule of disclosure keeps back, or that waits for something else."""
    return Hush(f"{rule.title}: hidden" if rule.key in RULES else rule.title, rule.sentence)


def absent(source: Source) -> Hush:
    """Return the words for a practice's own figure without anything to count: absent, never 0."""
    return Hush("None yet", f"No {source.value} were recorded.")
