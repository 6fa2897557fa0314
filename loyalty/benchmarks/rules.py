"""The rules of disclosure control as people read them. Every hidden figure names the one that hid it."""

from dataclasses import dataclass

from core import totals

FEWEST_CONTRIBUTORS = totals.FEWEST
SMALLEST_DENOMINATOR = 11
# The figures before and after are there for everybody; of three who joined or corrected theirs, two know the third.
FEWEST_CHANGES = 5
FEWEST_CORRECTED = 5
LARGEST_SHARE = totals.LARGEST_SHARE
SHOWN_IN_STEPS_OF = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """key: stored with the hidden figure. title: a few words for a small space. sentence: why it is hidden."""

    key: str
    title: str
    sentence: str


SMALL = Rule(
    "small",
    "Under 11 patients",
    "A practice contributes a figure only if it rests on at least 11 patients.",
)
FEW = Rule(
    "few",
    "Fewer than 10",
    "Fewer than 10 practices in this group report it.",
)
REST = Rule(
    "rest",
    "Rest under 10",
    "Fewer than 10 practices would remain outside this group or be shared with another, so they could be worked out.",
)
HELD = Rule(
    "held",
    "Under 5 changed",
    "The same practices count all quarter. Then at least 5 join a group or none, and at least 5 leave it or none.",
)
CORRECTIONS = Rule(
    "corrections",
    "Under 5 corrected",
    "Corrections of fewer than 5 practices wait for the next revision, so that nobody's correction can be worked out.",
)
ALIKE = Rule(
    "alike",
    "Others too alike",
    "Two practices of this group differ from all others, who are so much alike that the two could work them out.",
)
NEGATIVE = Rule(
    "negative",
    "Negative values",
    "A total is shown only of amounts that cannot be negative.",
)
ZERO = Rule(
    "zero",
    "All zero",
    "A total of zero would tell that every practice has zero.",
)
DOMINANT = Rule(
    "dominant",
    "One over a quarter",
    "One practice makes up more than a quarter of the total.",
)
PAIR = Rule(
    "pair",
    "Two could work it out",
    "Two practices together could work out the largest one by taking their own amounts off the total.",
)

# Not rules of a cell, but why a practice sees none: asked of the practice, never stored with a release.
NOT_RELEASED = Rule(
    "not-released",
    "Not released yet",
    "It is shown with the next monthly release.",
)
NOT_RECORDED = Rule(
    "not-recorded",
    "Not recorded yet",
    "No practice of the network has recorded enough of it yet.",
)
NO_AGREEMENT = Rule(
    "no-agreement",
    "Needs your agreement",
    "Benchmarks are shown to practices that signed the data-aggregation clause of the agreement.",
)
NOT_CONTRIBUTING = Rule(
    "not-contributing",
    "Shown to contributors",
    "Benchmarks are shown to practices that contribute to them. Yours will once a figure rests on 11 patients.",
)

# Not a rule of disclosure: there is nothing to tell.
NO_SPREAD = Rule(
    "no-spread",
    "All alike",
    "All practices do it alike, so nothing can be seen to go with it.",
)

RULES: dict[str, Rule] = {
    rule.key: rule for rule in (SMALL, FEW, REST, HELD, ALIKE, CORRECTIONS, NEGATIVE, ZERO, DOMINANT, PAIR)
}


def shown_count(contributors: int) -> int:
    """The number of contributors as it is shown, rounded down to 5: 63 practices are "60+"."""
    return contributors // SHOWN_IN_STEPS_OF * SHOWN_IN_STEPS_OF
