"""On paper: a child's note goes to a guardian who may be turned to, and the stricter of both wishes holds."""

import pytest

from core.audit.models import Entry
from core.errors import DomainError
from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import Guardianship, Location, Patient
from loyalty.today.page import today
from loyalty.touchpoints.desk import desk
from loyalty.touchpoints.notes import queue, written
from loyalty.touchpoints.print_batch import printed
from tests.compliance.five_steps import note_of, seen, somebody

PRACTICE = "Aurora Aesthetics"
NOBODY = "A minor without a guardian who may be contacted"


@pytest.fixture
def child(in_aurora, now):
    Location.objects.update(address="1 Pearl St", city="Portland", state="OR")
    return somebody(now, given_name="Mia", birth=(now.year - 12, 5, 4))


@pytest.fixture
def note(child, now):
    return note_of(seen(child, at=now))


@pytest.fixture
def anna(child, now):
    """Her mother, who is a patient, too, and lives at the same address."""
    anna = somebody(now, given_name="Anna", phones=[])
    Guardianship.objects.create(patient=child, guardian=anna, relation="mother")
    return anna


@pytest.fixture
def on_paper(note, now):
    def read():
        (paper,) = printed(ids=[note.id], what="labels", practice_name=PRACTICE, now=now)
        return paper

    return read


@pytest.fixture
def write(note, now):
    return lambda: written(touchpoint_id=note.id, by_staff_id=None, now=now)


@pytest.fixture
def offered(note, on_paper, now):
    """To whom the note goes by the queue, by the desk and by Today, and why there is no card."""

    def read():
        (card,) = queue(now=now, limit=10)
        on_desk = desk(touchpoint_id=note.id, now=now).card
        assert on_desk == card
        assert card.held == bool(card.held_why)
        return card.to, card.held_why, on_paper().no_card, [one.to for one in today(now=now).notes]

    return read


CANNOT = [{"no_contact": True}, {"deceased": True}, {"birth_year": 2015}, {"merged_into": True}]


@pytest.mark.parametrize("why", CANNOT)
def test_a_guardian_who_must_not_be_contacted_is_not_offered_and_refused(offered, write, anna, why, now):
    assert offered() == ("Anna Lindgren", "", "", ["Anna Lindgren"])
    if "merged_into" in why:
        why = {"merged_into": somebody(now, given_name="Ann", phones=[])}
    Patient.objects.filter(id=anna.id).update(**why)
    assert offered() == ("", NOBODY, NOBODY, [])
    with pytest.raises(DomainError, match="note who the guardian is"):
        write()


@pytest.mark.parametrize("why", CANNOT[:3])
def test_the_next_guardian_is_thanked_instead(offered, write, child, anna, why):
    Guardianship.objects.create(patient=child, name="Ben Lindgren", phone="(503) 555-0133")
    Patient.objects.filter(id=anna.id).update(**why)
    assert offered() == ("Ben Lindgren", "", "", ["Ben Lindgren"])
    assert write().state == "done"


def test_a_guardian_who_may_still_be_a_minor_counts_as_one(offered, anna, now):
    """Only the year is known: in December they may still be seventeen."""
    Patient.objects.filter(id=anna.id).update(birth_year=now.year - 18)
    assert offered()[:2] == ("", NOBODY)
    Patient.objects.filter(id=anna.id).update(birth_month=now.month, birth_day=now.day)
    assert offered()[:2] == ("Anna Lindgren", "")


BOTH = pytest.mark.parametrize("whose", ["the child", "the guardian"])


@BOTH
def test_a_plain_envelope_for_either_is_plain(note, on_paper, child, anna, whose, now):
    assert on_paper().sender
    Patient.objects.filter(id=child.id if whose == "the child" else anna.id).update(plain_envelope=True)
    assert (on_paper().sender, on_paper().plain_envelope) == ("", True)
    assert on_paper().address
    assert desk(touchpoint_id=note.id, now=now).wishes == ("Plain envelope",)


@BOTH
@pytest.mark.parametrize("wish", ["not at home", "no letters"])
def test_no_mail_for_either_is_none(note, on_paper, child, anna, whose, wish, now):
    assert on_paper().no_label == ""
    who = child if whose == "the child" else anna
    if wish == "not at home":
        Patient.objects.filter(id=who.id).update(not_at_home=True)
    else:
        asked = {"channel": "letter", "purpose": "visits", "source": "told us", "version": VERSION}
        answer(patient_id=who.id, granted=False, by_person_id=None, now=now, **asked)
    assert (on_paper().no_label, on_paper().address) == ("Wishes no mail: give it in person", ())
    shown = desk(touchpoint_id=note.id, now=now)
    assert (shown.card.hand_over, shown.address) == (True, ())


def test_the_plain_envelope_of_one_is_no_leave_for_the_home_of_the_other(on_paper, child, anna):
    """Plain envelopes are wanted at one's own home; the other wishes no mail there at all."""
    Patient.objects.filter(id=child.id).update(plain_envelope=True)
    Patient.objects.filter(id=anna.id).update(not_at_home=True)
    assert on_paper().no_label == "Wishes no mail: give it in person"


def test_it_goes_where_the_guardian_lives_and_to_the_childs_address_where_theirs_is_unknown(on_paper, child, anna):
    Patient.objects.filter(id=anna.id).update(address="9 Oak St", city="Salem")
    assert on_paper().address == ("Anna Lindgren", "9 Oak St", "Salem")
    Patient.objects.filter(id=child.id).update(address="")
    assert on_paper().address == ("Anna Lindgren", "9 Oak St", "Salem")
    Patient.objects.filter(id=child.id).update(address="12 Main St")
    Patient.objects.filter(id=anna.id).update(address="")
    assert on_paper().address == ("Anna Lindgren", "12 Main St", "Portland")
    Patient.objects.filter(id=child.id).update(address="")
    assert on_paper().no_label == "No address on file: give it in person, or ask"


def test_the_trail_names_the_guardian_who_is_a_patient(note, on_paper, child, anna, now):
    queue(now=now, limit=10)
    desk(touchpoint_id=note.id, now=now)
    on_paper()
    for verb in ("notes.read", "note.read", "notes.printed"):
        assert Entry.objects.filter(verb=verb).latest("at").patients == [child.id, anna.id]
