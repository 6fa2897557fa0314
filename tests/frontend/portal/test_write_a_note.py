"""Thank-you notes: written, not this time, and taken back."""

import pytest

from loyalty.models import Touchpoint


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def note(frank, here, inside):
    frank.post(f"/visits/{here.id}/completion/")
    with inside():
        return Touchpoint.objects.get(kind="note")


@pytest.fixture
def state_of(inside):
    def read(note):
        with inside():
            return Touchpoint.objects.get(id=note.id).state

    return read


def test_the_queue_shows_whom_to_thank_and_a_card(frank, note, words):
    page = words(frank.get("/notes/"))
    assert "1 to write" in page
    assert "Marguerite O'Ellison <b>" in page
    assert "Dear Marguerite," in page


def test_a_note_is_written_and_can_be_taken_back(frank, note, state_of):
    answer = frank.post(f"/notes/{note.id}/written/")
    assert answer.headers["Location"] == f"/notes/?said=note-written&of={note.id}"
    assert state_of(note) == "done"

    page = frank.get(answer.headers["Location"]).content.decode()
    assert "Note marked as written." in page
    assert f'action="/notes/{note.id}/undo/"' in page

    frank.post(f"/notes/{note.id}/undo/")
    assert state_of(note) == "planned"


def test_a_reason_is_kept_where_none_is_written(frank, note, inside):
    answer = frank.post(f"/notes/{note.id}/not-this-time/", {"why": "Thanked in person"})
    assert answer.headers["Location"] == f"/notes/?said=note-skipped&of={note.id}"
    with inside():
        left = Touchpoint.objects.get(id=note.id)
    assert (left.state, left.outcome) == ("skipped", "Thanked in person")


def test_another_reason_needs_words(frank, note, state_of, inside):
    answer = frank.post(f"/notes/{note.id}/not-this-time/", {"why": "other", "other": ""})
    assert answer.status_code == 422
    assert "Write the reason in a few words." in answer.content.decode()
    assert state_of(note) == "planned"
    frank.post(f"/notes/{note.id}/not-this-time/", {"why": "other", "other": "She is my sister"})
    with inside():
        assert Touchpoint.objects.get(id=note.id).outcome == "She is my sister"


def test_a_reason_must_be_chosen(frank, note, state_of):
    answer = frank.post(f"/notes/{note.id}/not-this-time/", {})
    assert "Choose a reason." in answer.content.decode()
    assert state_of(note) == "planned"


def test_a_note_written_twice_is_refused(frank, note):
    frank.post(f"/notes/{note.id}/written/")
    assert frank.post(f"/notes/{note.id}/written/").status_code == 409


def test_a_note_that_is_not_waiting_is_not_found_on_the_desk(frank, note):
    frank.post(f"/notes/{note.id}/written/")
    assert frank.get(f"/notes/?note={note.id}").status_code == 404
    assert frank.get("/notes/?note=nonsense").status_code == 404


def test_mine_are_those_of_my_own_patients(frank, note, sign_in, words):
    assert "None to write" in words(frank.get("/notes/?mine=1"))
    assert "1 to write" in words(sign_in("Priya", at="aurora").get("/notes/?mine=1"))


def test_an_empty_queue_says_where_notes_come_from(frank, words):
    assert "Every note is written" in words(frank.get("/notes/"))
