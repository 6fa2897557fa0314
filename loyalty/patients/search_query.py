"""The one query behind the search of patients, put together from what somebody typed.

`search_name` (names and record number, lower case, without accents) and `contact_point.search` (digits, lower-case
addresses) both have trigram indexes: they answer LIKE with a pattern in the middle, and similarity by words.
"""

import re
import unicodedata
from typing import Any

from loyalty.patients.contact_points import digits_of

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

_PHONE = re.compile(r"[\d\s()+./x#-]+", re.IGNORECASE)
_SPOKEN = "lower(public.immutable_unaccent({}))"
_FAMILY = _SPOKEN.format("p.family_name")
_SPOKEN_ORDER = ", ".join((_FAMILY, _SPOKEN.format("p.given_name"), "p.id"))
# Among equally good hits: not worth folding the names of thousands.
_ORDER = "p.family_name, p.given_name, p.id"


def cleaned(text: str) -> str:
    """`text` as it can be searched for: control characters are blanks, and nobody types a hundred letters."""
    readable = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)
    return " ".join(readable.split())[:LONGEST].strip()


def queries_for(text: str, *, limit: int, offset: int) -> tuple[str, str, dict[str, Any]]:
    """What to set first, then the query and its parameters. `text` comes from `cleaned`.

    The query answers at most `limit` + 1 rows from `offset` on, best first. What was typed is in the parameters only;
    the SQL is put together from the constants below.
    """
    words = text.split()[:MOST_WORDS]
    parameters: dict[str, Any] = {f"word{number}": _escaped(word) for number, word in enumerate(words)}
    parameters |= {"limit": limit + 1, "offset": offset, "most": offset + limit + 1, "text": text}
    several = len(words) > 1
    parameters["enough"] = ENOUGH_FOR_SEVERAL if several else ENOUGH_FOR_ONE
    contact = _contact(text, parameters)
    by_name = len(text) < 2
    strict = _EVERYBODY.format(order=_SPOKEN_ORDER, which=_INITIAL if text else "true") if by_name else _by_words(words)
    if contact:
        strict = f"{strict} UNION ALL {_CONTACT.format(which=contact)}"
    alike = _NOBODY if contact or len(text) < FEWEST_FOR_ALIKE else _ALIKE
    page = _PAGE.format(strict=strict, alike=alike, order=_SPOKEN_ORDER if by_name else _ORDER)
    return ALIKE_SEVERAL if several else ALIKE_ONE, page, parameters


def _by_words(words: list[str]) -> str:
    """Whose name or record number holds every word: record number exactly, whole words, beginnings, anywhere."""
    every = [_Word(f"%(word{number})s", short=len(word) < 3) for number, word in enumerate(words)]
    return _WORDS.format(
        whole=" AND ".join(word.is_whole for word in every),
        begins=" AND ".join(word.begins for word in every),
        matches=" AND ".join(word.matches for word in every),
        order=_ORDER,
    )


class _Word:
    """Conditions on `search_name` for one typed word."""

    def __init__(self, parameter: str, *, short: bool) -> None:
        word = _SPOKEN.format(parameter)
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


# Of a single letter, whose family name begins with it: anything more would be half of the practice.
_INITIAL = f"{_FAMILY} LIKE {_SPOKEN.format('%(word0)s')} || '%%'"
_EVERYBODY = """(
    SELECT p.id, 0 AS rank, 0::real AS away FROM loyalty_patient p WHERE p.merged_into_id IS NULL AND {which}
    ORDER BY {order} LIMIT %(most)s
)"""
_WORDS = """(
    SELECT p.id, CASE WHEN lower(p.record_number) = lower(%(text)s) THEN 0 WHEN {whole} THEN 1 WHEN {begins} THEN 2
        ELSE 3 END AS rank, 0::real AS away
    FROM loyalty_patient p WHERE p.merged_into_id IS NULL AND {matches}
    ORDER BY rank, {order} LIMIT %(most)s
)"""
# The whole number before its end before its middle; more than 200 are no answer to anybody's question.
_CONTACT = """(
    SELECT c.patient_id, CASE WHEN c.search = %(contact)s THEN 0 WHEN c.search LIKE '%%' || %(contact)s THEN 1
        ELSE 2 END, 0::real
    FROM loyalty_contactpoint c JOIN loyalty_patient p ON p.id = c.patient_id AND p.merged_into_id IS NULL
    WHERE {which} LIMIT 200
)"""
_NOBODY = "SELECT NULL::uuid AS id, 0 AS rank, 0::real AS away WHERE false"
# What sounds alike is looked for only where exact words find next to nobody.
_ALIKE = """
    SELECT p.id, 4 AS rank, (1 - word_similarity(typed.words, p.search_name))::real AS away
    FROM (SELECT lower(public.immutable_unaccent(%(text)s)) AS words) typed JOIN loyalty_patient p
        ON p.search_name %%> typed.words
    WHERE (SELECT count(*) FROM strict) < %(enough)s AND p.merged_into_id IS NULL
    ORDER BY away, p.id LIMIT %(most)s
"""
_PAGE = """
WITH strict AS MATERIALIZED ({strict}),
alike AS MATERIALIZED ({alike}),
found AS (SELECT id, min(rank) AS rank, min(away) AS away FROM (TABLE strict UNION ALL TABLE alike) s GROUP BY id),
page AS (
    SELECT p.id, row_number() OVER (ORDER BY f.rank, f.away, {order}) AS place
    FROM found f JOIN loyalty_patient p ON p.id = f.id
    ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
)
SELECT p.id, p.given_name, p.preferred_name, p.family_name, p.record_number, p.birth_year, p.birth_month, p.birth_day,
    p.deceased, coalesce(phone.value, ''), coalesce(email.value, ''), visits.last_day, visits.next_day
FROM page JOIN loyalty_patient p ON p.id = page.id
LEFT JOIN LATERAL (
    SELECT c.value FROM loyalty_contactpoint c
    WHERE c.patient_id = p.id AND c.kind = 'phone' ORDER BY c.do_not_use, c.rank, c.id LIMIT 1
) phone ON true
LEFT JOIN LATERAL (
    SELECT c.value FROM loyalty_contactpoint c
    WHERE c.patient_id = p.id AND c.kind = 'email' ORDER BY c.do_not_use, c.rank, c.id LIMIT 1
) email ON true
CROSS JOIN LATERAL (
    SELECT max(v.day) FILTER (WHERE v.status = 'completed') AS last_day,
        min(v.day) FILTER (WHERE v.status IN ('booked', 'confirmed', 'arrived')) AS next_day
    FROM loyalty_visit v WHERE v.patient_id = p.id
) visits
ORDER BY page.place
"""
