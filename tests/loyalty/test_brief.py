"""Remember, say, take care: each rule by itself, on facts alone."""

from datetime import UTC, date, datetime

import pytest

from core.ids import uuid7
from loyalty.patients.partial_date import PartialDate
from loyalty.visits.brief import brief_of, hint_of
from loyalty.visits.facts import AnswerFact, DriftFact, MemoryFact, OccasionFact, RecoveryFact, VisitFacts
from loyalty.visits.tags import Tag, tags_of

DAY = date(2026, 11, 23)


def facts(**known):
    usual = {
        "id": uuid7(),
        "status": "booked",
        "starts_at": datetime(2026, 11, 23, 18, 30, tzinfo=UTC),
        "day": DAY,
        "arrived_at": None,
        "time_zone": "America/Los_Angeles",
        "service": "Consultation",
        "staff": "Dr. Sato",
        "patient_id": uuid7(),
        "name": "Marguerite Ellison",
        "birth": PartialDate(),
    }
    return VisitFacts(**{**usual, **known})


def been_here(**known):
    return facts(
        **{
            "visits_before": 7,
            "first_day": date(2024, 11, 4),
            "last_day": date(2026, 6, 15),
            "last_staff": "Dr. Sato",
            **known,
        }
    )


def lines(part):
    return [(line.text, line.source) for line in part]


def test_a_first_visit_says_so_and_who_sent_them():
    brief = brief_of(facts(referrer="Kathleen Doyle"))
    assert lines(brief.remember) == [("First visit.", "Visits"), ("Sent by Kathleen Doyle.", "Referral")]
    assert (brief.say, brief.take_care) == ((), ())


def test_a_later_visit_says_when_they_were_last_here_and_with_whom():
    brief = brief_of(been_here(referrer="Kathleen Doyle"))
    assert lines(brief.remember) == [("Eighth visit. Last here June 15 with Dr. Sato.", "Visit of June 15")]


def test_a_visit_of_another_year_carries_its_year():
    brief = brief_of(been_here(last_day=date(2025, 6, 15), last_staff=""))
    assert lines(brief.remember) == [("Eighth visit. Last here June 15, 2025.", "Visit of June 15, 2025")]


def test_memories_stand_in_the_part_they_were_told_for():
    told = (
        MemoryFact("remember", "Was planning a trip to Charleston.", "told Dr. Sato"),
        MemoryFact("say", "Swelling settles in about ten days.", "Dr. Sato"),
        MemoryFact("take_care", "No music in the room.", "told the front desk"),
    )
    brief = brief_of(been_here(memories=told))
    assert lines(brief.remember)[1] == ("Was planning a trip to Charleston.", "Memory, told Dr. Sato")
    assert lines(brief.say) == [("Swelling settles in about ten days.", "Memory, Dr. Sato")]
    assert lines(brief.take_care) == [("No music in the room.", "Memory, told the front desk")]
    assert hint_of(brief) == "No music in the room."


def test_what_they_said_last_time_is_remembered_and_taken_care_of():
    answer = AnswerFact(9, "Dr. Sato never hurries.", "Checkout felt\nrushed.", date(2026, 6, 15))
    brief = brief_of(been_here(answer=answer))
    assert ("Liked: “Dr. Sato never hurries.”", "Feedback of June 15") in lines(brief.remember)
    assert lines(brief.take_care) == [
        ("Could have been better last time: “Checkout felt rushed.”", "Feedback of June 15")
    ]


def test_long_answers_are_cut_at_a_word():
    answer = AnswerFact(9, "so very " * 60, "", date(2026, 6, 15))
    (_, (text, _)) = lines(brief_of(been_here(answer=answer)).remember)
    assert text.endswith((" so…”", " very…”"))
    assert len(text) < 160


def test_an_open_recovery_comes_first_and_replaces_what_could_have_been_better():
    answer = AnswerFact(6, "", "Waited 25 minutes.", date(2026, 10, 12))
    recovery = RecoveryFact(False, 6, "Waited 25 minutes.", date(2026, 10, 12))
    brief = brief_of(been_here(answer=answer, recovery=recovery))
    assert lines(brief.take_care) == [
        ("Gave 6 of 10 on October 12: “Waited 25 minutes.” Apologize in person.", "Open recovery")
    ]
    assert hint_of(brief).startswith("Gave 6 of 10")


def test_who_may_not_see_answers_still_knows_that_something_went_wrong():
    brief = brief_of(been_here(recovery=RecoveryFact(True, None, "", date(2026, 10, 12))))
    assert lines(brief.take_care) == [
        ("Something went wrong on October 12. We have been in touch; ask how it is now.", "Open recovery")
    ]


def test_personal_days_near_enough_are_worth_a_word():
    days = (
        OccasionFact("anniversary", "Daughter’s wedding", 12, 12),
        OccasionFact("custom", "Marathon", 12, 20),
        OccasionFact("birthday", "", 11, 26),
    )
    brief = brief_of(been_here(occasions=days, birth=PartialDate(1976, 11, 26)))
    assert lines(brief.say) == [
        ("Birthday on Thursday.", "Occasion"),
        ("Daughter’s wedding on December 12.", "Occasion"),
    ]


def test_a_leap_day_birthday_is_said_on_the_28th():
    brief = brief_of(facts(day=date(2027, 2, 28), birth=PartialDate(1988, 2, 29)))
    assert lines(brief.say) == [("Birthday today.", "Occasion")]


def test_promises_and_a_preview_nobody_made_are_said():
    brief = brief_of(been_here(promises=("out by 11:30",), preview="planned"))
    assert lines(brief.say) == [
        ("Promised: out by 11:30", "Promise"),
        ("Nobody has told them what to expect yet.", "Service preview"),
    ]
    assert brief_of(been_here(preview="done")).say == ()


@pytest.mark.parametrize(("sent", "whom"), [(1, "somebody"), (2, "2 people")])
def test_who_sent_friends_is_thanked(sent, whom):
    assert lines(brief_of(been_here(sent=sent)).say) == [(f"Thank them for sending {whom} to us.", "Referral")]


def test_every_line_names_its_source():
    everything = been_here(
        memories=(MemoryFact("remember", "Oat milk.", "told Maya"),),
        occasions=(OccasionFact("custom", "Marathon", 11, 29),),
        promises=("a window seat",),
        preview="planned",
        sent=1,
        answer=AnswerFact(7, "Kind", "Parking", date(2026, 6, 15)),
        recovery=RecoveryFact(False, 3, "", date(2026, 6, 15)),
    )
    brief = brief_of(everything)
    assert all(line.source for line in (*brief.remember, *brief.say, *brief.take_care))
    assert lines(brief.take_care)[0] == ("Gave 3 of 10 on June 15. Apologize in person.", "Open recovery")


def tags(known, late=0):
    return [(tag.tone, tag.text) for tag in tags_of(known, late_minutes=late)]


def test_a_new_patient_is_tagged():
    assert tags(facts()) == [("good", "New patient")]


def test_away_longer_than_usual_is_tagged():
    assert tags(been_here()) == [("accent", "Back after 23 weeks")]
    often = been_here(first_day=date(2026, 6, 1), last_day=date(2026, 11, 9))
    assert tags(often) == []


def test_with_one_visit_behind_them_half_a_year_counts_as_away():
    once = {"visits_before": 1, "first_day": date(2026, 5, 25), "last_day": date(2026, 5, 25)}
    assert tags(facts(**once)) == [("accent", "Back after 26 weeks")]
    assert tags(facts(**{**once, "last_day": date(2026, 5, 26)})) == []


def test_the_most_urgent_tag_comes_first():
    known = been_here(
        recovery=RecoveryFact(False, None, "", date(2026, 10, 12)),
        left_feedback=True,
        birth=PartialDate(1976, 11, 26),
        occasions=(OccasionFact("anniversary", "Wedding", 12, 12),),
    )
    assert tags(known, late=12) == [
        ("warn", "12 minutes late"),
        ("warn", "Waiting on our reply"),
        ("good", "Left feedback"),
        ("accent", "Back after 23 weeks"),
        ("accent", "Birthday on Thursday"),
        ("accent", "Wedding Dec 12"),
    ]


def test_who_came_late_is_told_apart_from_who_has_not_come():
    late = facts(arrived_at=datetime(2026, 11, 23, 18, 42, tzinfo=UTC))
    assert tags_of(late, late_minutes=12)[0] == Tag("warn", "Came 12 minutes late")
    assert tags_of(been_here(recovery=RecoveryFact(True, None, "", DAY)), late_minutes=0)[0].text == "Being made good"


def test_somebody_who_was_missed_is_told_with_the_reason():
    missed = been_here(drift=DriftFact(visits=8, last_on=date(2026, 6, 15), usual_days=98, usual_from="own"))
    assert "Usually every 14 weeks; 23 weeks since the last visit." in [str(line) for line in brief_of(missed).remember]
    assert tags(missed) == [("accent", "Back after 23 weeks")]
