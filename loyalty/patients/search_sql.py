"""The pieces of SQL that the search of patients is put together from: constants, with places for one another.

`p` is the patient, `s` where they stand. A piece that lists gives (id, rank, away, total): the lower rank and then the
lower `away` comes first; total is how many there are in all, where the piece knows.
"""

SPOKEN = "lower(public.immutable_unaccent({}))"
_FAMILY, _GIVEN = SPOKEN.format("p.family_name"), SPOKEN.format("p.given_name")
SPOKEN_ORDER = ", ".join((_FAMILY, _GIVEN, "p.id"))
# Among equally good hits: not worth folding the names of thousands.
ORDER = "p.family_name, p.given_name, p.id"
STANDING = "JOIN loyalty_standing s ON s.patient_id = p.id"

# Of a single letter, whose family name begins with it: anything more would be half of the practice.
INITIAL = f"{_FAMILY} LIKE {SPOKEN.format('%(word0)s')} || '%%'"
BY_NAME = """(
    SELECT p.id, 0 AS rank, 0::real AS away, NULL::bigint AS total FROM loyalty_patient p {standing}
    WHERE {filtered} ORDER BY {order} LIMIT %(limit)s
)"""
_AFTERS = "(SELECT {} FROM loyalty_patient a WHERE a.id = %(after)s)"
# Scalars, not a row: only so is the index of names entered at the right place.
BEYOND_BY_NAME = "({order}) > ({family}, {given}, %(after)s)".format(
    order=SPOKEN_ORDER,
    family=_AFTERS.format(SPOKEN.format("a.family_name")),
    given=_AFTERS.format(SPOKEN.format("a.given_name")),
)
BY_VISIT = """(
    SELECT p.id, 0 AS rank, (DATE '2200-01-01' - s.last_visit_on)::real AS away, NULL::bigint AS total
    FROM loyalty_standing s JOIN loyalty_patient p ON p.id = s.patient_id
    WHERE s.last_visit_on IS NOT NULL AND {filtered}
    ORDER BY s.last_visit_on DESC, s.patient_id DESC LIMIT %(limit)s
)"""
_AFTERS_VISIT = "(SELECT a.last_visit_on FROM loyalty_standing a WHERE a.patient_id = %(after)s)"
BEYOND_BY_VISIT = f"(s.last_visit_on, s.patient_id) < ({_AFTERS_VISIT}, %(after)s)"
# Looked for only where the first do not fill the page: an append stops where the limit is reached.
THEN_WITHOUT_VISIT = """(
    SELECT * FROM {first} came UNION ALL SELECT * FROM (
        SELECT p.id, 1 AS rank, 0::real AS away, NULL::bigint AS total
        FROM loyalty_patient p LEFT JOIN loyalty_standing s ON s.patient_id = p.id
        WHERE s.last_visit_on IS NULL AND {filtered} ORDER BY p.id DESC LIMIT %(limit)s
    ) never LIMIT %(limit)s
)"""
BEYOND_WITHOUT_VISIT = f"({_AFTERS_VISIT} IS NOT NULL OR p.id < %(after)s)"
COUNTED = """(
    SELECT count(*) FROM (
        SELECT FROM loyalty_patient p {standing} WHERE {filtered} LIMIT %(most_counted)s
    ) counted
)"""
# The same where all that is asked stands in loyalty_standing: whoever was merged is few, and the patients stay unread.
COUNTED_BY_STANDING = """(
    SELECT count(*) FROM (
        SELECT FROM loyalty_standing s
        WHERE {filtered} AND s.patient_id NOT IN (SELECT m.id FROM loyalty_patient m WHERE m.merged_into_id IS NOT NULL)
        LIMIT %(most_counted)s
    ) counted
)"""

WORDS = """(
    SELECT p.id, CASE WHEN lower(p.record_number) = lower(%(text)s) THEN 0 WHEN {whole} THEN 1 WHEN {begins} THEN 2
        ELSE 3 END AS rank, 0::real AS away, count(*) OVER () AS total
    FROM loyalty_patient p {standing} WHERE {filtered} AND {matches}
    ORDER BY rank, {order} LIMIT %(most)s
)"""
# The whole number before its end before its middle; more than 200 are no answer to anybody's question.
CONTACT = """(
    SELECT c.patient_id, CASE WHEN c.search = %(contact)s THEN 0 WHEN c.search LIKE '%%' || %(contact)s THEN 1
        ELSE 2 END, 0::real, NULL::bigint
    FROM loyalty_contactpoint c JOIN loyalty_patient p ON p.id = c.patient_id {standing}
    WHERE {which} AND {filtered} LIMIT 200
)"""
NOBODY = "SELECT NULL::uuid AS id, 0 AS rank, 0::real AS away, NULL::bigint AS total WHERE false"
# What sounds alike is looked for only where exact words find next to nobody.
ALIKE = """
    SELECT p.id, 4 AS rank, (1 - word_similarity(typed.words, p.search_name))::real AS away, NULL::bigint AS total
    FROM (SELECT lower(public.immutable_unaccent(%(text)s)) AS words) typed JOIN loyalty_patient p
        ON p.search_name %%> typed.words {standing}
    WHERE (SELECT count(*) FROM strict) < %(enough)s AND {filtered}
    ORDER BY away, p.id LIMIT %(most)s
"""
FOUND_IN_ALL = "greatest((SELECT count(*) FROM found), (SELECT max(total) FROM strict))"
BEYOND_BY_PLACE = "placed.place > coalesce((SELECT b.place FROM placed b WHERE b.id = %(after)s), 0)"
PLACED_BY_VISIT = "(SELECT l.last_visit_on FROM loyalty_standing l WHERE l.patient_id = p.id) DESC NULLS LAST,"
# Discretion: a number that is not to be used, or rings at a home where nobody may know, is not shown to be called.
PAGE = """
WITH strict AS MATERIALIZED ({strict}),
alike AS MATERIALIZED ({alike}),
found AS (SELECT id, min(rank) AS rank, min(away) AS away FROM (TABLE strict UNION ALL TABLE alike) s GROUP BY id),
placed AS (
    SELECT p.id, row_number() OVER (ORDER BY {placed_by} f.rank, f.away, {order}) AS place
    FROM found f JOIN loyalty_patient p ON p.id = f.id
),
page AS (SELECT * FROM placed WHERE {beyond} ORDER BY place LIMIT %(limit)s)
SELECT p.id, p.given_name, p.preferred_name, p.family_name, p.record_number, p.birth_year, p.birth_month, p.birth_day,
    p.deceased, p.no_contact, p.tags, coalesce(phone.value, ''), coalesce(email.value, ''),
    stands.last_visit_on, next.day, {total}
FROM page JOIN loyalty_patient p ON p.id = page.id
LEFT JOIN loyalty_standing stands ON stands.patient_id = p.id
LEFT JOIN LATERAL (
    SELECT c.value FROM loyalty_contactpoint c
    WHERE c.patient_id = p.id AND c.kind = 'phone' AND NOT c.do_not_use
        AND NOT (p.not_at_home AND lower(c.label) = 'home') ORDER BY c.rank, c.id LIMIT 1
) phone ON true
LEFT JOIN LATERAL (
    SELECT c.value FROM loyalty_contactpoint c
    WHERE c.patient_id = p.id AND c.kind = 'email' AND NOT c.do_not_use ORDER BY c.rank, c.id LIMIT 1
) email ON true
LEFT JOIN LATERAL (
    SELECT min(v.day) AS day FROM loyalty_visit v
    WHERE v.patient_id = p.id AND v.status IN ('booked', 'confirmed', 'arrived')
) next ON true
ORDER BY page.place
"""
