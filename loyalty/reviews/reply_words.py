"""What a public reply may not say: that somebody is or was a patient, what was done, who did it, or what they get.

The author may have told all of it themselves: our answer would still be the one that confirms it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from loyalty.reviews.plain import plain, squeezed
from loyalty.reviews.reply_patterns import PATIENT, REWARD, SAYS_NOTHING, STAFF, STAFF_TITLES, THEIRS
from loyalty.touchpoints.words import treatment_words


class Why(StrEnum):
    PATIENT = "patient"
    TREATMENT = "treatment"
    STAFF = "staff"
    NAME = "name"
    REWARD = "reward"


REASONS = {
    Why.PATIENT: "says, or lets one guess, that they are a patient",
    Why.TREATMENT: "names a treatment",
    Why.STAFF: "names who treated them",
    Why.NAME: "names somebody whom the review does not name",
    Why.REWARD: "promises something for a review",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """words: as the reply has them, in plain letters."""

    words: str
    why: Why

    @property
    def reason(self) -> str:
        return REASONS[self.why]


# These tell nothing in themselves; what confirms a treatment is caught with the words around it.
_GENERAL = re.compile(r"medica\w*|cosmetic\w*|treat\w*|procedures?|healing|therap\w+|surg\w+|offers?|deals?", re.I)


def refused_words(
    text: str,
    *,
    service_names: Iterable[str] = (),
    staff_names: Iterable[str] = (),
    private_names: Iterable[str] = (),
    own_name: str = "",
) -> tuple[Refused, ...]:
    """What `text` may not say in public, each once; empty if it may be posted.

    service_names: the catalogue. staff_names: of those who treat. private_names: of the patient that staff matched the
    review with, as far as the author did not give them. own_name: the practice's, which may hold any word.
    """
    found: dict[tuple[str, Why], Refused] = {}
    for reading in (plain(text), squeezed(text)):
        told = re.sub(re.escape(plain(own_name)), " ", reading, flags=re.I) if own_name.strip() else reading
        told = SAYS_NOTHING.sub(" ", told)
        for words, why in _found(told, tuple(service_names), tuple(staff_names), tuple(private_names)):
            found.setdefault((words.lower(), why), Refused(words, why))
    # "your visit" need not be told beside "for your visit".
    longest = [
        one
        for one in found.values()
        if not any(
            one is not other and one.why == other.why and one.words.lower() in other.words.lower()
            for other in found.values()
        )
    ]
    return tuple(longest)


def _found(
    text: str, service_names: tuple[str, ...], staff_names: tuple[str, ...], private_names: tuple[str, ...]
) -> list[tuple[str, Why]]:
    found = [(match.group().strip(), Why.PATIENT) for match in _patient().finditer(text)]
    found += [(match.group().strip(), Why.STAFF) for match in _any(STAFF).finditer(text)]
    found += [(match.group().strip(), Why.REWARD) for match in _any(REWARD).finditer(text)]
    found += [
        (words, Why.TREATMENT)
        for words in treatment_words(text, service_names=[plain(name) for name in service_names])
        if not _GENERAL.fullmatch(words)
    ]
    found += [(words, Why.STAFF) for words in _names(text, staff_names)]
    found += [(words, Why.NAME) for words in _names(text, private_names)]
    return found


@lru_cache(maxsize=1)
def _patient() -> re.Pattern[str]:
    theirs = " ".join(THEIRS.split()).replace(" | ", "|")
    return _any(tuple(pattern.replace("{theirs}", theirs) for pattern in PATIENT))


@lru_cache(maxsize=8)
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.I)


# First names that are words of a plain thank-you, too; with the family name they are found all the same.
_ORDINARY = frozenset(
    {
        "grace", "hope", "faith", "joy", "will", "mark", "may", "april", "june", "rose", "art", "bill", "page", "drew",
        "pat", "rich", "sue", "jay", "ray", "dean", "chance", "heart", "love", "star", "summer", "autumn", "dawn",
        "eve", "gene", "guy", "miles", "victor", "angel", "melody", "harmony", "patience", "serenity", "charity",
        "an", "do", "so", "we", "you", "the", "and", "for", "all", "our", "kind", "young", "best", "good", "long",
        "day", "care", "smiley", "wise", "noble", "fair",
    }
)  # fmt: skip
_SHORTEST = 3


def _names(text: str, names: tuple[str, ...]) -> list[str]:
    """Whole names, and each part of one that begins with a capital and is no ordinary word."""
    found = []
    for name in names:
        whole = re.sub(rf"^{STAFF_TITLES}\.? ", "", plain(name.partition(",")[0]), flags=re.I)
        if whole and re.search(rf"(?<!\w){re.escape(whole)}(?!\w)", text, re.I):
            found.append(whole)
            continue
        for part in re.findall(r"[^\W\d_][\w'-]*", whole):
            if len(part) >= _SHORTEST and part.lower() not in _ORDINARY and not re.fullmatch(STAFF_TITLES, part, re.I):
                found += re.findall(rf"(?<!\w){re.escape(part)}(?!\w)", text)
    return found
