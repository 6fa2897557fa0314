"""The decision, case by case. Each row is one guard: without it, its row would be sent."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from loyalty.messages.policy import Candidate, Decision, Situation, Verdict, decide
from loyalty.messages.rules import WORDS, Rule, in_words

PACIFIC, EASTERN = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York")
MOBILE = Candidate("+15035550148", "Marguerite")
OTHER = Candidate("+15035550199", "Marguerite")
MOTHER = Candidate("+15035550122", "Anna", to_guardian=True)

ALLOWED = Situation(
    channel="text",
    purpose="visits",
    deceased=False,
    no_contact=False,
    merged=False,
    minor=False,
    plain=False,
    consent=True,
    candidates=(MOBILE,),
    zones=(PACIFIC,),
    today=0,
    this_week=0,
)


def test_what_nothing_speaks_against_is_sent(now):
    assert decide(ALLOWED, now=now) == Decision(Verdict.SEND, to=MOBILE)


@pytest.mark.parametrize(
    ("but", "rule"),
    [
        ({"deceased": True}, Rule.DECEASED),
        ({"no_contact": True}, Rule.NO_CONTACT),
        ({"merged": True}, Rule.MERGED),
        ({"consent": None}, Rule.NO_CONSENT),
        ({"consent": False}, Rule.SAID_NO),
        ({"plain": True}, Rule.PLAIN_ONLY),
        ({"candidates": ()}, Rule.NO_ADDRESS),
        ({"candidates": (Candidate("", "Marguerite"),)}, Rule.NO_ADDRESS),
        ({"candidates": (replace(MOBILE, avoided=True),)}, Rule.NOT_THIS_ADDRESS),
        ({"candidates": (replace(MOBILE, at_home=True),)}, Rule.NOT_AT_HOME),
        ({"candidates": (replace(MOBILE, stopped=True),)}, Rule.SUPPRESSED),
        ({"candidates": (replace(MOBILE, unreachable=True),)}, Rule.PROVIDER_REFUSED),
        ({"minor": True}, Rule.NO_GUARDIAN),
        ({"today": 3}, Rule.DAY_CAP),
        ({"this_week": 8}, Rule.WEEK_CAP),
        ({"purpose": "feedback", "today": 1}, Rule.DAY_CAP),
        ({"purpose": "marketing", "this_week": 2}, Rule.WEEK_CAP),
        ({"practice": Rule.TEMPLATE_OFF}, Rule.TEMPLATE_OFF),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_each_wish_and_each_limit_refuses_by_its_own_rule(now, but, rule):
    assert decide(replace(ALLOWED, **but), now=now) == Decision(Verdict.REFUSE, rule)


def test_an_email_may_go_to_somebody_who_asked_for_plain_contact(now):
    assert decide(replace(ALLOWED, channel="email", plain=True), now=now).verdict == Verdict.SEND


def test_another_number_is_used_where_the_first_is_not_to_be(now):
    given = replace(ALLOWED, candidates=(replace(MOBILE, avoided=True), OTHER))
    assert decide(given, now=now).to == OTHER


def test_nobody_who_said_stop_to_one_number_is_written_to_at_another(now):
    given = replace(ALLOWED, candidates=(OTHER, replace(MOBILE, stopped=True)))
    assert decide(given, now=now).rule == Rule.SUPPRESSED


def test_of_a_minor_only_the_guardian_is_written_to(now):
    assert decide(replace(ALLOWED, minor=True, candidates=(MOBILE, MOTHER)), now=now).to == MOTHER


def test_of_somebody_of_age_the_guardian_of_before_is_not_written_to(now):
    assert decide(replace(ALLOWED, candidates=(MOTHER, MOBILE)), now=now).to == MOBILE


def test_at_night_it_is_held_until_eight_in_the_morning(now):
    night = now + timedelta(hours=12)  # nine in the evening in Los Angeles
    decided = decide(ALLOWED, now=night)
    assert (decided.verdict, decided.rule, decided.to) == (Verdict.HOLD, Rule.QUIET_HOURS, MOBILE)
    assert decided.until.astimezone(PACIFIC).isoformat() == "2026-11-24T08:00:00-08:00"


def test_the_stricter_of_the_location_and_the_number_counts(now):
    evening = now + timedelta(hours=9, minutes=30)  # 6:30 PM in Los Angeles, 9:30 PM in New York
    given = replace(ALLOWED, candidates=(replace(MOBILE, zones=(EASTERN,)),))
    assert decide(ALLOWED, now=evening).verdict == Verdict.SEND
    assert decide(given, now=evening).verdict == Verdict.HOLD


def test_what_will_be_refused_is_not_held_first(now):
    assert decide(replace(ALLOWED, consent=None), now=now + timedelta(hours=12)).verdict == Verdict.REFUSE


def test_each_rule_has_its_words():
    assert set(WORDS) == set(Rule)
    assert in_words("no_consent") == "They have not agreed to this yet. Silence is no: ask them first."
    assert in_words("of_yesterday") == "of_yesterday"
