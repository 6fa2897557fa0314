"""Memories: what is kept, and how it is let go."""

from datetime import date

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Memory, Patient
from loyalty.patients.remember import change_memory, forget, memory_as_text, remember


@pytest.fixture
def keep(patient, now):
    return lambda **told: remember(
        **{"patient_id": patient.id, "text": "Oat milk cortado.", "source": "told Maya", "now": now, **told}
    )


def test_a_memory_keeps_what_was_said_by_whom_and_for_whom(keep, provider):
    memory = keep(
        text="  Her mother is ill. ",
        part="say",
        consented=True,
        sensitivity="clinical",
        expires_on=date(2027, 6, 1),
        by_staff_id=provider.id,
    )
    kept = Memory.objects.get(id=memory.id)
    assert (kept.text, kept.source, kept.part, kept.consented) == ("Her mother is ill.", "told Maya", "say", True)
    assert (kept.sensitivity, kept.expires_on, kept.by_staff) == ("clinical", date(2027, 6, 1), provider)


def test_nothing_is_taken_for_consent(keep):
    assert keep().consented is False


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"source": ""}, "source"),
        ({"part": "sing"}, "part"),
        ({"sensitivity": "secret"}, "sensitivity"),
        ({"expires_on": date(2026, 11, 21)}, "expires_on"),
    ],
)
def test_what_cannot_be_kept_is_refused(keep, told, field):
    with pytest.raises(DomainError) as refused:
        keep(**told)
    assert refused.value.field == field
    assert not Memory.objects.exists()


def test_a_patient_who_is_not_there_or_was_merged_is_told_apart(keep, patient, make_patient):
    with pytest.raises(NotFound):
        keep(patient_id=uuid7())
    Patient.objects.filter(id=patient.id).update(merged_into=make_patient("Margaret Ellison"))
    with pytest.raises(Conflict, match="merged into another"):
        keep()


def test_forgetting_takes_the_words_and_who_told_us(keep, now):
    memory = keep()
    forget(memory_id=memory.id, clinical=False, now=now)
    kept = Memory.objects.get(id=memory.id)
    assert (kept.text, kept.source, kept.forgotten_at) == ("", "", now)


def test_what_is_forgotten_cannot_be_forgotten_again(keep, now):
    memory = keep()
    forget(memory_id=memory.id, clinical=False, now=now)
    with pytest.raises(Conflict, match="forgotten already"):
        forget(memory_id=memory.id, clinical=False, now=now)


def test_who_may_not_see_a_clinical_memory_cannot_forget_it(keep, now):
    memory = keep(sensitivity="clinical")
    with pytest.raises(NotFound):
        forget(memory_id=memory.id, clinical=False, now=now)
    assert Memory.objects.get(id=memory.id).text == "Oat milk cortado."
    assert forget(memory_id=memory.id, clinical=True, now=now).text == ""


def test_a_memory_that_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        forget(memory_id=uuid7(), clinical=True, now=now)


@pytest.fixture
def change(now):
    def changed(memory, **told):
        usual = {"text": memory.text, "source": memory.source, "part": memory.part, "consented": True}
        usual |= {"was": memory_as_text(memory), "clinical": True, "now": now}
        return change_memory(memory_id=memory.id, **{**usual, **told})

    return changed


def test_a_memory_is_changed_and_kept_longer(keep, change):
    memory = keep()
    change(memory, text="Tea now.", expires_on=date(2027, 1, 1), part="say", sensitivity="clinical")
    kept = Memory.objects.get(id=memory.id)
    assert (kept.text, kept.expires_on, kept.part, kept.sensitivity) == (
        "Tea now.",
        date(2027, 1, 1),
        "say",
        "clinical",
    )


def test_the_second_of_two_who_change_a_memory_is_told(keep, change):
    memory = keep()
    change(Memory.objects.get(id=memory.id), text="Tea now.")
    with pytest.raises(Conflict, match="It says now: “Tea now"):
        change(memory, text="Water.")


def test_who_may_not_see_a_clinical_memory_cannot_change_it(keep, change):
    memory = keep(sensitivity="clinical")
    with pytest.raises(NotFound):
        change(memory, clinical=False, text="Mine.")


def test_what_expired_may_be_corrected_but_not_set_to_a_past_day(keep, change):
    memory = keep()
    Memory.objects.filter(id=memory.id).update(expires_on=date(2026, 1, 1))
    memory.refresh_from_db()
    assert change(memory, text="Tea.", expires_on=date(2026, 1, 1)).text == "Tea."
    with pytest.raises(DomainError) as refused:
        change(Memory.objects.get(id=memory.id), expires_on=date(2026, 2, 1))
    assert refused.value.field == "expires_on"


def test_what_is_forgotten_is_not_changed(keep, change, now):
    memory = keep()
    forget(memory_id=memory.id, clinical=True, now=now)
    with pytest.raises(Conflict):
        change(memory, text="Back.")
