"""Who does the five steps, as bars between the least and the most that released figures allow."""

from dataclasses import dataclass

from frontend.charts.hush import Hush, hidden
from frontend.charts.numbers import at_least
from loyalty.benchmarks.adoption import Adoption, Share

SHARES = {0: "none", 10: "a tenth", 25: "a quarter", 50: "half", 75: "three quarters", 90: "nine tenths", 100: "all"}


@dataclass(frozen=True, slots=True)
class Bar:
    """least, most: percent of the width. words: "half to three quarters"; before: the same of a year ago, or "".

    hush: why there is none.
    """

    number: int
    name: str
    says: str
    least: int
    most: int
    words: str
    before: str
    practices: str
    hush: Hush | None
    sentence: str


def bar(adoption: Adoption) -> Bar:
    step, share = adoption.step, adoption.share
    words = in_words(share) if share else ""
    before = in_words(adoption.before) if adoption.before else ""
    practices = at_least(adoption.practices) if adoption.practices else ""
    return Bar(
        number=step.number,
        name=step.name,
        says=step.says,
        least=share.least if share else 0,
        most=share.most if share else 0,
        words=words[:1].upper() + words[1:],
        before=before,
        practices=practices,
        hush=hidden(adoption.hidden) if adoption.hidden else None,
        sentence=f"{step.name}: {words} of {practices} practices are past the mark."
        + (f" A year ago {before}." if before else ""),
    )


def in_words(share: Share) -> str:
    if share.least == 0:
        return f"fewer than {SHARES[share.most]}"
    if share.most == 100:
        return f"at least {SHARES[share.least]}"
    return f"{SHARES[share.least]} to {SHARES[share.most]}"
