"""What may not stand on a card: offers, and anything that tells a treatment or a diagnosis."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from loyalty.visits.spoken import joined

# One pattern between two bars.
_OFFERS = r"""
    \d+ ?% | \d+ percent | \$ ?\d+ | discount\w* | coupons? | vouchers? | promo(?:tion\w*|s)? | offers? | deals?
    | special (?:price|rate)s? | half price | gift (?:card|certificate)s? | for free | free of charge | complimentary
    | on the house | rewards? | rebates? | save \d+ | on sale
"""
_CLINICAL = r"""
    acne | an(?:a)?esthe\w+ | augmentation\w* | biops\w+ | blepharoplasty | botox | botulinum | breasts? | brow lift
    | bruis\w+ | cancer\w* | coolsculpting | cosmetic\w* | dermal | dermaplan\w+ | diagnos\w+ | dosage | dysport
    | eczema | face ?lift | facials? | fillers? | hair removal | healing | hyaluronic | hydrafacial | hyperpigmentation
    | implants? | infections? | inject\w+ | jeuveau | juv[eé]derm | kybella | lasers? | lesions? | lip (?:flip|filler)
    | liposuction | medica(?:l|tions?) | melanoma | melasma | microdermabrasion | microneedling | moles? | neurotoxins?
    | peels? | pigmentation | platelet\w* | pregnan\w+ | prescri\w+ | procedures? | prp | psoriasis | restylane
    | rhinoplasty | rosacea | scars? | sculptra | surger(?:y|ies) | surgical\w* | surgeon\w* | swelling | swollen
    | symptoms? | tattoo removal | therap(?:y|ies) | toxins? | treat(?:ed|ments?) | tummy tuck | wrinkles? | xeomin
"""
# Parts of a service's name that tell nothing by themselves.
_HARMLESS = frozenset({"consultation", "first visit", "follow-up", "follow up", "visit", "check-up", "new patient"})
_SHORTEST = 4


def refused_words(text: str, *, service_names: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of `text` that make it an offer or name a treatment, as they are written; empty if it may go out.

    `service_names`: the practice's catalogue; each name, and each of its parts between commas and brackets, is refused.
    """
    found = _pattern(tuple(sorted(service_names))).finditer(text)
    return tuple(dict.fromkeys(match.group() for match in found))


def refusal(text: str, *, service_names: Iterable[str] = ()) -> str:
    """Why `text` may not stand on a card, naming the words to take out; "" if it may."""
    found = refused_words(text, service_names=service_names)
    offers = [word for word in found if _offer().fullmatch(word)]
    told = [word for word in found if word not in offers]
    said = []
    if offers:
        said.append(f"A thank-you carries no offer: take out {_quoted(offers)}.")
    if told:
        said.append(f"Nothing on a card tells a treatment, because others may read it: take out {_quoted(told)}.")
    return " ".join(said)


def treatment_words(text: str, *, service_names: Iterable[str] = ()) -> tuple[str, ...]:
    """Of the words that may not stand on a card those that name a treatment or a diagnosis."""
    return tuple(word for word in refused_words(text, service_names=service_names) if not _offer().fullmatch(word))


def _quoted(words: list[str]) -> str:
    return joined([f"“{word}”" for word in words])


@lru_cache(maxsize=1)
def _offer() -> re.Pattern[str]:
    return re.compile("|".join(_patterns(_OFFERS)), re.IGNORECASE)


@lru_cache(maxsize=64)
def _pattern(service_names: tuple[str, ...]) -> re.Pattern[str]:
    parts = {part.strip() for name in service_names for part in (name, *re.split(r"[,;:()/+]| [-–] ", name))}
    named = [_loosely(part) for part in parts if len(part) >= _SHORTEST and part.lower() not in _HARMLESS]
    # Longest first, so that the whole name is shown rather than its beginning.
    words = sorted((*named, *_patterns(_OFFERS), *_patterns(_CLINICAL)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _patterns(block: str) -> list[str]:
    return [pattern.strip() for pattern in re.split(r"\s\|\s", block)]


def _loosely(name: str) -> str:
    """`name` as a pattern, with any blanks between its words."""
    return r"\s+".join(re.escape(word) for word in unicodedata.normalize("NFC", name).split())
