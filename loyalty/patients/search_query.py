"""The one query behind the list and the search of patients, put together from what was typed and what was filtered.

`search_name` (names and record number, lower case, without accents) and `contact_point.search` (digits, lower-case
addresses) both have trigram indexes: they answer LIKE with a pattern in the middle, and similarity by words. What
filters ask stands in loyalty_standing.
"""

import re
import unicodedata
from datetime import date
from typing import Any
from uuid import UUID

from loyalty.patients import search_sql as sql
from loyalty.patients.contact_points import digits_of
from loyalty.patients.filter import PatientFilter
from loyalty.patients.filter_query import conditions_of, is_of_standing_alone, needs_standing, only_with_standing

LONGEST, MOST_WORDS = 100, 6
# So many digits are looked for among phone numbers; fewer would match too many to be of use.
FEWEST_DIGITS = 4
FEWEST_FOR_ALIKE = 3
# The share of letter triples in common that makes words alike: with 0.4 most single slips in a name are found; with
# several words half is enough. PostgreSQL's own default, 0.6, misses too many. A role may SET this for its own
# transaction; set_config() it may not call.
ALIKE_ONE, ALIKE_SEVERAL = (f"SET LOCAL pg_trgm.word_similarity_threshold = {share}" for share in (0.4, 0.5))
# Who typed several words and has a hit has found; a single word with few hits may be a slip for a common one.
ENOUGH_FOR_ONE, ENOUGH_FOR_SEVERAL = 5, 1
# Beyond so many the list says "more than"; beyond so many hits of words nobody pages on.
MOST_COUNTED, MOST_BY_WORDS = 2_000, 1_000

_PHONE = re.compile(r"[\d\s()+./x#-]+", re.IGNORECASE)
EVERYBODY = PatientFilter()
_NOT_MERGED = "p.merged_into_id IS NULL"


def cleaned(text: str) -> str:
    """`text` as it can be searched for: control characters are blanks, and nobody types a hundred letters."""
    readable = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)
    return " ".join(readable.split())[:LONGEST].strip()


def queries_for(
    text: str, *, limit: int, today: date, asked: PatientFilter = EVERYBODY, after: UUID | None = None
) -> tuple[str, str, dict[str, Any]]:
    """What to set first, then the query and its parameters. `text` comes from `cleaned`.

    The query answers at most `limit` + 1 rows that come after the patient `after`, best first, each with how many match
    in all (up to MOST_COUNTED + 1). What was typed or chosen is in the parameters only.
    """
    words = text.split()[:MOST_WORDS]
    parameters: dict[str, Any] = {f"word{number}": _escaped(word) for number, word in enumerate(words)}
    parameters |= {"limit": limit + 1, "text": text, "after": after, "most_counted": MOST_COUNTED + 1}
    several = len(words) > 1
    parameters["enough"] = ENOUGH_FOR_SEVERAL if several else ENOUGH_FOR_ONE
    conditions, chosen = conditions_of(asked, today=today)
    parameters |= chosen
    filtered = " AND ".join([_NOT_MERGED, *conditions])
    standing = ""
    if needs_standing(asked):
        standing = sql.STANDING if only_with_standing(asked) else f"LEFT {sql.STANDING}"
    query = (
        _listed(text, asked, conditions, standing, after)
        if len(text) < 2
        else _found(text, words, asked, filtered, standing, after, parameters)
    )
    return ALIKE_SEVERAL if several else ALIKE_ONE, query, parameters


def _listed(text: str, asked: PatientFilter, conditions: list[str], standing: str, after: UUID | None) -> str:
    """Everybody whom the filter lets through, or, of a single letter, whose family name begins with it."""
    if not text and is_of_standing_alone(asked):
        counted = sql.COUNTED_BY_STANDING.format(filtered=" AND ".join(conditions))
    else:
        conditions = [*conditions, sql.INITIAL] if text else conditions
        counted = sql.COUNTED.format(standing=standing, filtered=" AND ".join([_NOT_MERGED, *conditions]))
    filtered = " AND ".join([_NOT_MERGED, *conditions])
    if asked.sort == "name":
        beyond = f" AND {sql.BEYOND_BY_NAME}" if after else ""
        strict = sql.BY_NAME.format(standing=standing, filtered=filtered + beyond, order=sql.SPOKEN_ORDER)
        order = sql.SPOKEN_ORDER
    else:
        beyond = f" AND {sql.BEYOND_BY_VISIT}" if after else ""
        strict = sql.BY_VISIT.format(filtered=filtered + beyond)
        if not only_with_standing(asked):
            beyond = f" AND {sql.BEYOND_WITHOUT_VISIT}" if after else ""
            strict = sql.THEN_WITHOUT_VISIT.format(first=strict, filtered=filtered + beyond)
        order = "p.id DESC"
    return sql.PAGE.format(strict=strict, alike=sql.NOBODY, order=order, beyond="true", total=counted, placed_by="")


def _found(
    text: str,
    words: list[str],
    asked: PatientFilter,
    filtered: str,
    standing: str,
    after: UUID | None,
    parameters: dict[str, Any],
) -> str:
    """Who matches the words, best first or by last visit."""
    by_visit = asked.sort == "last_visit"
    parameters["most"] = MOST_BY_WORDS if after or by_visit else parameters["limit"]
    contact = _contact(text, parameters)
    strict = _by_words(words, filtered=filtered, standing=standing)
    if contact:
        strict = f"{strict} UNION ALL {sql.CONTACT.format(which=contact, filtered=filtered, standing=standing)}"
    no_alike = contact or len(text) < FEWEST_FOR_ALIKE
    return sql.PAGE.format(
        strict=strict,
        alike=sql.NOBODY if no_alike else sql.ALIKE.format(filtered=filtered, standing=standing),
        order=sql.ORDER,
        beyond=sql.BEYOND_BY_PLACE if after else "true",
        total=sql.FOUND_IN_ALL,
        placed_by=sql.PLACED_BY_VISIT if by_visit else "",
    )


def _by_words(words: list[str], *, filtered: str, standing: str) -> str:
    """Whose name or record number holds every word: record number exactly, whole words, beginnings, anywhere."""
    every = [_Word(f"%(word{number})s", short=len(word) < 3) for number, word in enumerate(words)]
    return sql.WORDS.format(
        whole=" AND ".join(word.is_whole for word in every),
        begins=" AND ".join(word.begins for word in every),
        matches=" AND ".join(word.matches for word in every),
        order=sql.ORDER,
        filtered=filtered,
        standing=standing,
    )


class _Word:
    """Conditions on `search_name` for one typed word."""

    def __init__(self, parameter: str, *, short: bool) -> None:
        word = sql.SPOKEN.format(parameter)
        self.is_whole = f"' ' || p.search_name || ' ' LIKE '%% ' || {word} || ' %%'"
        self.begins = f"(p.search_name LIKE {word} || '%%' OR p.search_name LIKE '%% ' || {word} || '%%')"
        # Two letters in the middle of a word have no triple to look up: of them, only beginnings count.
        self.matches = self.begins if short else f"p.search_name LIKE '%%' || {word} || '%%'"


def _contact(text: str, parameters: dict[str, Any]) -> str:
    """The condition on contact points; "" where `text` can be neither a phone number nor an address."""
    if "@" in text[1:]:
        parameters["contact"] = _escaped(text.lower().replace(" ", ""))
        return "c.kind = 'email' AND c.search LIKE '%%' || %(contact)s || '%%'"
    digits = digits_of(text)
    if len(digits) < FEWEST_DIGITS or not _PHONE.fullmatch(text):
        return ""
    # Somebody says +1 before a number that was written down without it.
    parameters["contact"] = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return "c.kind = 'phone' AND c.search LIKE '%%' || %(contact)s || '%%'"


def _escaped(word: str) -> str:
    """For LIKE, where these three mean something else."""
    return re.sub(r"([\\%_])", r"\\\1", word)
