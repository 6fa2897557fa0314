"""A filter as conditions of SQL: on `p`, the patient, and on `s`, where they stand (loyalty_standing).

What was asked for is in the parameters only; the SQL is put together from the constants below.
"""

from datetime import date
from typing import Any

from loyalty.patients.filter import PatientFilter
from loyalty.patients.partial_date import OF_AGE

PROMOTER, DETRACTOR = 9, 6
_NOT_CALLED_OFF = "v.status IN ('booked', 'confirmed', 'arrived', 'completed')"


def conditions_of(asked: PatientFilter, *, today: date) -> tuple[list[str], dict[str, Any]]:
    """Conditions that must all hold, and their parameters. `today`: where the practice is."""
    wanted: list[str] = []
    parameters: dict[str, Any] = {}

    def want(condition: str, **given: Any) -> None:
        wanted.append(condition)
        parameters.update(given)

    if asked.tag:
        # The second condition is the index's own.
        want("p.tags @> ARRAY[%(f_tag)s]::varchar[] AND NOT (p.tags = '{}')", f_tag=asked.tag)
    if asked.visited_since:
        want("s.last_visit_on >= %(f_since)s", f_since=asked.visited_since)
    if asked.visited_until:
        want("s.last_visit_on <= %(f_until)s", f_until=asked.visited_until)
    if asked.away_since:
        want("s.last_visit_on < %(f_away)s", f_away=asked.away_since)
    if asked.upcoming is not None:
        ahead = "s.open_until >= %(f_today)s"
        want(ahead if asked.upcoming else f"({ahead}) IS NOT TRUE", f_today=today)
    for column in ("staff", "service", "location"):
        if given := getattr(asked, column):
            want(_VISIT.format(column=column, called_off=_NOT_CALLED_OFF), **{f"f_{column}": given})
    if asked.new_this_year:
        want("p.patient_since >= %(f_january)s", f_january=date(today.year, 1, 1))
    if asked.birth_month is not None:
        want("p.birth_month = %(f_month)s", f_month=asked.birth_month)
    if asked.no_consent:
        want(_NO_CONSENT[asked.no_consent])
    if asked.answer:
        want("s.last_score >= %(f_score)s" if asked.answer == "promoter" else "s.last_score <= %(f_score)s")
        parameters["f_score"] = PROMOTER if asked.answer == "promoter" else DETRACTOR
    if asked.no_contact:
        want("(p.no_contact OR p.deceased)")
    if asked.minors:
        want(_MINOR, f_born=today.year - OF_AGE, f_born_month=today.month, f_born_day=today.day)
    return wanted, parameters


def needs_standing(asked: PatientFilter) -> bool:
    """Whether any condition, or the order, is about visits, answers or consents."""
    by_visits = (asked.visited_since, asked.visited_until, asked.away_since, asked.no_consent, asked.answer)
    return any(by_visits) or asked.upcoming is not None


# Who has no row there has no visit, no answer and no consent: what needs one must not be so.
def only_with_standing(asked: PatientFilter) -> bool:
    """Whether somebody without visits, answers and consents can never be meant."""
    return bool(asked.visited_since or asked.visited_until or asked.away_since or asked.answer or asked.upcoming)


def is_of_standing_alone(asked: PatientFilter) -> bool:
    """Whether the conditions are on `s` alone, and somebody without a row there is never meant."""
    return only_with_standing(asked) and asked.to_json().keys() <= _OF_STANDING


_OF_STANDING = {
    *("visited_since", "visited_until", "away_since", "upcoming", "no_consent", "answer"),
    # No conditions.
    *("version", "sort"),
}
_VISIT = (
    "EXISTS (SELECT FROM loyalty_visit v WHERE v.patient_id = p.id AND v.{column}_id = %(f_{column})s AND {called_off})"
)
_NO_CONSENT = {
    "text": "s.texts_ok IS NOT TRUE",
    "email": "s.emails_ok IS NOT TRUE",
    "any": "s.texts_ok IS NOT TRUE AND s.emails_ok IS NOT TRUE",
}
# As PartialDate.may_be_minor_on: born on the last day that fits.
_MINOR = (
    "p.birth_year > 2007 AND (p.birth_year, coalesce(p.birth_month, 12), coalesce(p.birth_day, 31))"
    " > (%(f_born)s, %(f_born_month)s, %(f_born_day)s)"
)
