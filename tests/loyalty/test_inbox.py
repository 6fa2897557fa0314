"""What patients answered: found, read, handed on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.answer import answer_page
from loyalty.feedback.assign import assign
from loyalty.feedback.inbox import Group, Show, Wanted, inbox
from loyalty.feedback.loved import note_loved
from loyalty.feedback.mark_read import mark_read, mark_unread
from loyalty.feedback.record import record
from loyalty.feedback.recover import close, tell
from loyalty.feedback.tallies import tallies
from loyalty.models import Feedback, Location, Recovery, Staff
from tests.queries import asked


@pytest.fixture
def answer(completed, make_patient, now):
    """answer("Grace Chen", 9, liked="Kind."): on a visit of its own, an hour after the one before."""
    hours = iter(range(100))

    def made(name, score, *, mode="link", at=None, **said):
        at = at or now + timedelta(hours=next(hours))
        visit = completed(patient_id=make_patient(name).id, at=at)
        return record(visit_id=visit.id, mode=mode, score=score, now=at, **said)

    return made


@pytest.fixture
def four(answer):
    return {
        "Ada": answer("Ada Ames", 10, liked="Nobody was waiting long."),
        "Bea": answer("Bea Bloom", 8, mode="kiosk", better="Parking is hard to find."),
        "Cleo": answer("Cleo Crane", 3, mode="staff", better="Waited half an hour."),
        "Dora": answer("Dora Éluard", 9, mode="kiosk"),
    }


def names(wanted=None, **more):
    return [row.name.split()[0] for row in inbox(wanted or Wanted(), limit=10, **more).rows]


def test_the_newest_stand_first_with_what_matters_most(four):
    rows = inbox(Wanted(), limit=10).rows
    assert [(row.name, row.score, row.words, row.mode, row.is_unread, row.recovery) for row in rows] == [
        ("Dora Éluard", 9, "", "kiosk", True, ""),
        ("Cleo Crane", 3, "Waited half an hour.", "staff", True, "open"),
        ("Bea Bloom", 8, "Parking is hard to find.", "kiosk", True, ""),
        ("Ada Ames", 10, "Nobody was waiting long.", "link", True, ""),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(group=Group.PROMOTERS), ["Dora", "Ada"]),
        (Wanted(group=Group.PASSIVES), ["Bea"]),
        (Wanted(group=Group.DETRACTORS), ["Cleo"]),
        (Wanted(mode="kiosk"), ["Dora", "Bea"]),
        (Wanted(show=Show.WAITING), ["Cleo"]),
        (Wanted(show=Show.MINE), []),
        (Wanted(since=date(2026, 11, 24)), []),
        (Wanted(until=date(2026, 11, 22)), []),
        (Wanted(location_id=uuid7()), []),
        (Wanted(provider_id=uuid7()), []),
    ],
)
def test_they_are_narrowed_by_what_somebody_looks_for(four, wanted, found):
    assert names(wanted) == found


def test_by_place_and_by_who_treated(four, provider):
    assert len(names(Wanted(location_id=Location.objects.get().id, provider_id=provider.id))) == 4


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("wait", ["Cleo", "Ada"]),
        ("waiting hour", ["Cleo"]),
        ("PARKING", ["Bea"]),
        ("eluard", ["Dora"]),
        ("crane", ["Cleo"]),
        ("100%", []),
        ("\0 'wait", ["Cleo", "Ada"]),
        ("nobody -long", []),
    ],
)
def test_words_are_found_in_every_form_and_names_without_accents(four, words, found):
    assert names(Wanted(words=words)) == found


def test_words_are_found_by_their_index(four):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM loyalty_feedback w"
            " WHERE w.words @@ websearch_to_tsquery('english', public.immutable_unaccent('wait'))"
        )
        assert "feedback_words" in "\n".join(row[0] for row in cursor.fetchall())


def test_pages_follow_each_other_without_gap_or_repetition(answer, now):
    for number in range(7):
        answer(f"Ada {number}", 9, at=now + timedelta(hours=number // 3))
    seen, after = [], None
    while True:
        found = inbox(Wanted(), limit=3, after=after)
        seen += [row.id for row in found.rows]
        after = found.after
        if after is None:
            break
    assert seen == list(Feedback.objects.order_by("-answered_at", "-id").values_list("id", flat=True))


def test_the_list_is_one_query_and_its_entry_names_everybody(four):
    with CaptureQueriesContext(connection) as captured:
        inbox(Wanted(words="wait"), limit=10)
    assert len(asked(captured)) == 2
    entry = Entry.objects.get(verb="answers.read")
    assert set(entry.patients) == {four["Cleo"].patient_id, four["Ada"].patient_id}
    assert entry.detail == {"by_text": True}


# --- How many came which way


def test_modes_are_counted_apart_and_together_and_never_mixed(four):
    found = tallies(Wanted(words="parking", group=Group.PASSIVES, mode="kiosk"))
    assert [
        (one.mode, one.asked, one.answers, one.promoters, one.passives, one.detractors) for one in found.by_mode
    ] == [
        ("kiosk", 2, 2, 1, 1, 0),
        ("link", 1, 1, 1, 0, 0),
        ("staff", None, 1, 0, 0, 1),
    ]
    together = found.together
    assert (together.asked, together.answers, together.promoters, together.detractors) == (None, 4, 2, 1)
    assert together.score.value == 25
    assert (found.unread, found.waiting) == (4, 1)


def test_who_answered_twice_is_one_person_in_the_interval(four, completed, now):
    later = now + timedelta(days=1)
    visit = completed(patient_id=four["Ada"].patient_id, at=later)
    record(visit_id=visit.id, mode="kiosk", score=10, now=later)
    together = tallies(Wanted()).together
    assert (together.answers, together.score.n, together.score.patients) == (5, 5, 4)


def test_with_no_answer_there_is_no_score(in_aurora):
    found = tallies(Wanted())
    assert (found.by_mode, found.together.score, found.unread, found.waiting) == ((), None, 0, 0)


# --- Read, and handed on


def test_it_is_read_once_by_somebody(four, provider, now):
    one = four["Ada"]
    mark_read(answer_id=one.id, by_staff_id=provider.id, now=now)
    kept = Feedback.objects.get(id=one.id)
    assert (kept.read_at, kept.read_by) == (now, provider)
    with pytest.raises(Conflict, match=r"^This was marked as read at 9:00 am by Dr\. Sato\.$"):
        mark_read(answer_id=one.id, by_staff_id=None, now=now)
    assert names(Wanted(show=Show.UNREAD)) == ["Dora", "Cleo", "Bea"]
    mark_unread(answer_id=one.id)
    kept.refresh_from_db()
    assert (kept.read_at, kept.read_by) == (None, None)
    with pytest.raises(Conflict):
        mark_unread(answer_id=one.id)


def test_it_is_handed_to_a_colleague_who_may_read_it(four, provider, front_desk):
    one, martin = four["Bea"], Staff.objects.get(display_name="Martin Mann")
    assign(answer_id=one.id, staff_id=provider.id, was=None)
    assert names(Wanted(show=Show.MINE, me=provider.id)) == ["Bea"]
    with pytest.raises(Conflict, match=r"Meanwhile this belongs to Dr\. Sato"):
        assign(answer_id=one.id, staff_id=martin.id, was=None)
    with pytest.raises(DomainError, match="The front desk does not see what patients answer"):
        assign(answer_id=one.id, staff_id=front_desk.id, was=provider.id)
    assign(answer_id=one.id, staff_id=None, was=provider.id)
    assert names(Wanted(show=Show.MINE, me=provider.id)) == []


def test_what_it_praises_is_noted_in_one_order(four):
    note_loved(answer_id=four["Ada"].id, loved=["on_time", "listening"])
    assert Feedback.objects.get(id=four["Ada"].id).loved == ["listening", "on_time"]
    with pytest.raises(DomainError, match="none of the themes"):
        note_loved(answer_id=four["Ada"].id, loved=["price"])
    with pytest.raises(DomainError, match="They wrote nothing"):
        note_loved(answer_id=four["Dora"].id, loved=["kind"])


def test_one_answer_tells_it_all_and_is_in_the_trail(four, completed, now):
    one = four["Cleo"]
    later = now + timedelta(days=2)
    again = record(visit_id=completed(patient_id=one.patient_id, at=later).id, mode="link", score=9, now=later)
    page = answer_page(answer_id=again.id, now=later)
    assert [(earlier.day, earlier.score) for earlier in page.earlier] == [(date(2026, 11, 23), 3)]
    assert page.recovery is None
    page = answer_page(answer_id=one.id, now=later)
    assert page.lead_id == Recovery.objects.get().id
    assert page.recovery_due == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    assert Entry.objects.filter(verb="answer.read", patients=[one.patient_id]).count() == 2
    with pytest.raises(NotFound):
        answer_page(answer_id=uuid7(), now=now)


def test_what_was_made_good_says_so(four, now):
    recovery = Recovery.objects.get()
    tell(recovery_id=recovery.id, by_staff_id=None, now=now + timedelta(days=1))
    later = now + timedelta(days=1)
    close(recovery_id=recovery.id, done_text="Called.", recovered=True, by_staff_id=None, now=later)
    assert {row.name: row.recovery for row in inbox(Wanted(), limit=10).rows}["Cleo Crane"] == "recovered"
