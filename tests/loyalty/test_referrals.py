"""Who sent whom: noted, shown to the end of each line, and thanked for without a reward."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.models import Patient, Referral, Touchpoint
from loyalty.referrals.note import note_referral, remove_referral
from loyalty.referrals.thank import plan_thanks, thanked
from loyalty.referrals.tree import referral_tree
from loyalty.touchpoints.notes import skip, written


@pytest.fixture
def zoe(make_patient):
    return make_patient("Zoe Zander")


@pytest.fixture
def sent(patient, zoe, now):
    """sent(): Marguerite sent Zoe. Any argument of note_referral() can be another."""
    return lambda **given: note_referral(**{"patient_id": zoe.id, "referrer_id": patient.id, "now": now, **given})


def test_who_sent_them_is_one_answer_and_the_last_one_holds(sent, zoe, patient, now):
    sent(referrer_id=None, referrer_name="Dr. Rivera")
    sent(now=now + timedelta(days=3))
    kept = Referral.objects.get(patient=zoe)
    # The day is that on which they came through somebody, not that of the correction.
    assert (kept.referrer, kept.referrer_name, kept.on) == (patient, "", now.date())


def test_thanks_said_to_somebody_else_are_not_said_to_this_one(sent, make_patient, now):
    thanked(referral_id=sent().id, now=now)
    assert sent().thanked_at == now
    assert sent(referrer_id=make_patient("Ann Other").id).thanked_at is None


def test_a_referrer_is_somebody_else(sent, zoe):
    with pytest.raises(DomainError, match="Choose a patient, or write the name") as refused:
        sent(referrer_id=None, referrer_name="  ")
    assert refused.value.field == "name"
    with pytest.raises(DomainError, match="Nobody sends themself"):
        sent(referrer_id=zoe.id)
    with pytest.raises(NotFound):
        sent(referrer_id=uuid7())
    assert not Referral.objects.exists()


def test_nobody_is_sent_by_somebody_they_sent(sent, zoe, patient, make_patient, now):
    sent()
    third = make_patient("Ann Other")
    note_referral(patient_id=third.id, referrer_id=zoe.id, now=now)
    with pytest.raises(DomainError, match="directly or through others"):
        note_referral(patient_id=patient.id, referrer_id=third.id, now=now)
    assert not Referral.objects.filter(patient=patient).exists()


def test_it_is_removed_once(sent, zoe, patient):
    sent()
    remove_referral(patient_id=zoe.id)
    with pytest.raises(Conflict, match="Nobody is noted"):
        remove_referral(patient_id=zoe.id)
    assert set(Entry.objects.get(verb="referral.removed").patients) == {zoe.id, patient.id}


def test_the_tree_reaches_to_the_end_of_each_line(sent, zoe, patient, make_patient, now):
    sent()
    note_referral(patient_id=make_patient("Ann Other").id, referrer_id=zoe.id, now=now)
    for name in ("Ben Ash", "Cy Birch"):
        note_referral(patient_id=make_patient(name).id, referrer_name="Dr. Rivera", now=now)
    tree = referral_tree()
    told = [(one.name, one.in_all, sorted(each.name for each in one.sent)) for one in tree.senders]
    assert told == [("Dr. Rivera", 2, ["Ben Ash", "Cy Birch"]), ("Marguerite Ellison", 2, ["Zoe Zander"])]
    assert (tree.people, tree.to_thank, tree.more) == (4, 4, False)
    assert [one.name for one in tree.senders[1].sent[0].sent] == ["Ann Other"]
    assert set(Entry.objects.get(verb="referrals.read").patients) >= {zoe.id, patient.id}


def test_a_planned_note_thanks_once_it_is_written(sent, patient, now):
    note = plan_thanks(referral_id=sent().id, now=now)
    assert (note.patient, note.kind, note.state, note.due_at) == (patient, "note", "planned", now + timedelta(hours=48))
    assert referral_tree().senders[0].sent[0].thanks == "planned"
    written(touchpoint_id=note.id, by_staff_id=None, now=now)
    assert referral_tree().senders[0].sent[0].thanks == "done"
    with pytest.raises(Conflict, match="thanked for it already"):
        plan_thanks(referral_id=Referral.objects.get().id, now=now)


def test_one_note_thanks_for_two_and_one_that_waits_is_used(sent, patient, make_patient, completed, note_of, now):
    waiting = note_of(completed())
    first = plan_thanks(referral_id=sent().id, now=now)
    second = plan_thanks(
        referral_id=note_referral(patient_id=make_patient("Ann Other").id, referrer_id=patient.id, now=now).id, now=now
    )
    assert {first.id, second.id} == {waiting.id}


def test_a_day_with_a_note_that_is_done_is_left_out(sent, completed, note_of, now):
    written(touchpoint_id=note_of(completed()).id, by_staff_id=None, now=now)
    note = plan_thanks(referral_id=sent().id, now=now)
    assert note.day == now.date() + timedelta(days=1)


def test_a_note_set_aside_can_be_planned_again(sent, now):
    referral = sent()
    note = plan_thanks(referral_id=referral.id, now=now)
    skip(touchpoint_id=note.id, reason="Said it by phone", by_staff_id=None, now=now)
    assert referral_tree().to_thank == 1
    assert plan_thanks(referral_id=referral.id, now=now).id != note.id


def test_while_something_is_to_be_made_good_the_note_is_held(sent, completed, now):
    visit = completed()
    Touchpoint.objects.filter(kind="note").delete()
    record(visit_id=visit.id, mode="staff", score=3, now=now)
    assert plan_thanks(referral_id=sent().id, now=now).state == "held"


@pytest.mark.parametrize("wish", ["no_contact", "deceased"])
def test_who_must_not_be_contacted_gets_no_note(sent, patient, wish, now):
    referral = sent()
    Patient.objects.filter(id=patient.id).update(**{wish: True})
    with pytest.raises(DomainError, match="must not be contacted"):
        plan_thanks(referral_id=referral.id, now=now)
    assert not Touchpoint.objects.exists()


def test_a_name_is_thanked_in_person(sent, now):
    referral = sent(referrer_id=None, referrer_name="Dr. Rivera")
    with pytest.raises(DomainError, match="thank them in person"):
        plan_thanks(referral_id=referral.id, now=now)
    thanked(referral_id=referral.id, now=now)
    with pytest.raises(Conflict, match="thanked for it already"):
        thanked(referral_id=referral.id, now=now)


def test_what_is_gone_is_not_thanked_for(in_aurora, now):
    with pytest.raises(NotFound):
        thanked(referral_id=uuid7(), now=now)
