"""Front desk does not see what a provider marked sensitive: on no page of the practice."""

import pytest

from core.errors import NotFound
from core.tenancy.scope import practice_scope
from loyalty.models import Memory
from loyalty.patients.remember import change_memory, find_memory, forget, memory_as_text
from tests.permissions.records import path_of
from tests.permissions.walk import ALL

SECRET, SOURCE = "Faints at the sight of needles", "told Priya in confidence"
PAGES = [one for one in ALL if one.host == "practice" and not one.name.startswith("mfa_")]


@pytest.fixture
def sensitive(aurora, ids) -> Memory:
    with practice_scope(aurora):
        return Memory.objects.create(
            patient_id=ids["patient_id"],
            text=SECRET,
            source=SOURCE,
            sensitivity="clinical",
            consented=True,
            part="take_care",
        )


def pages_that_say_it(client, ids) -> set[str]:
    client.raise_request_exception = False
    found = set()
    for page in PAGES:
        answer = client.get(path_of(page, ids))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if SECRET.encode() in body or SOURCE.encode() in body:
            found.add(page.name)
    return found


def test_no_page_shows_it_to_the_front_desk(sign_in, sensitive, ids):
    assert pages_that_say_it(sign_in("Frank", at="aurora"), ids) == set()


def test_whoever_treats_sees_it(sign_in, sensitive, ids):
    """The other way round, or the test above would prove nothing."""
    assert "patient" in pages_that_say_it(sign_in("Priya", at="aurora"), ids)


def test_the_front_desk_cannot_forget_it_either(sign_in, sensitive, ids, aurora):
    frank = sign_in("Frank", at="aurora")
    assert frank.post(f"/patients/{ids['patient_id']}/memories/{sensitive.id}/forgotten/").status_code == 404
    with practice_scope(aurora):
        assert Memory.objects.get(id=sensitive.id).text == SECRET


def test_by_its_number_it_is_neither_read_changed_nor_forgotten(sensitive, aurora, now):
    changed = {"text": "Fine", "source": "told us", "part": "say", "consented": True, "sensitivity": "team"}
    with practice_scope(aurora):
        which = {"memory_id": sensitive.id, "clinical": False}
        for attempt in (
            lambda: find_memory(patient_id=sensitive.patient_id, **which),
            lambda: change_memory(**which, **changed, was=memory_as_text(sensitive), now=now),
            lambda: forget(**which, now=now),
        ):
            with pytest.raises(NotFound):
                attempt()
        assert find_memory(patient_id=sensitive.patient_id, memory_id=sensitive.id, clinical=True).text == SECRET


def test_who_does_not_treat_says_nothing_of_who_may_see_it(sensitive, aurora, now):
    with practice_scope(aurora):
        Memory.objects.filter(id=sensitive.id).update(sensitivity="team")
        memory = Memory.objects.get(id=sensitive.id)
        changed = {"text": "Fine", "source": "told us", "part": "say", "consented": True, "sensitivity": "clinical"}
        which = {"memory_id": memory.id, "was": memory_as_text(memory), "now": now}
        assert change_memory(**which, **changed, clinical=False).sensitivity == "team"
        which["was"] = memory_as_text(Memory.objects.get(id=memory.id))
        assert change_memory(**which, **changed, clinical=True).sensitivity == "clinical"
