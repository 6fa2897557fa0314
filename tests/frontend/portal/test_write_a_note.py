"""Thank-you notes: written, not this time, and taken back."""

import pytest

from loyalty.feedback.record import record
from loyalty.models import NoteDraft, Staff, Touchpoint


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


def test_a_note_that_is_not_waiting_any_more_is_told_of(frank, note, words):
    frank.post(f"/notes/{note.id}/written/")
    assert "That note is not waiting any more." in words(frank.get(f"/notes/?note={note.id}"))
    assert frank.get("/notes/?note=nonsense").status_code == 404


def test_mine_are_those_of_my_own_patients(frank, note, sign_in, words):
    assert "None to write" in words(frank.get("/notes/?mine=1"))
    assert "1 to write" in words(sign_in("Priya", at="aurora").get("/notes/?mine=1"))


def test_who_wrote_is_kept(note, sign_in, inside):
    sign_in("Priya", at="aurora").post(f"/notes/{note.id}/written/")
    with inside():
        assert Touchpoint.objects.get(id=note.id).done_by.display_name == "Priya Patel"


def test_an_offer_is_refused_and_what_was_typed_stays(frank, note, state_of, inside):
    answer = frank.post(f"/notes/{note.id}/written/", {"words": "Dear you, enjoy 20% off"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "A thank-you carries no offer: take out “20%”." in page
    assert "Dear you, enjoy 20% off</textarea>" in page
    assert state_of(note) == "planned"
    frank.post(f"/notes/{note.id}/written/", {"words": "Dear you, enjoy the snow"})
    assert state_of(note) == "done"
    with inside():
        assert NoteDraft.objects.get().text == "Dear you, enjoy the snow"


def test_words_are_checked_while_they_are_typed(frank, note):
    assert "take out “coupon”" in frank.post("/notes/words/check/", {"words": "a coupon"}).content.decode()
    assert frank.post("/notes/words/check/", {"words": "a rose"}).content.decode().strip() == ""


def test_words_are_kept_for_later(frank, note, words):
    answer = frank.post(f"/notes/{note.id}/words/", {"words": "Enjoy the snow"})
    assert answer.headers["Location"] == f"/notes/?note={note.id}&said=note-words-kept"
    assert "Enjoy the snow" in words(frank.get(answer.headers["Location"]))
    refused = frank.post(f"/notes/{note.id}/words/", {"words": "Enjoy the voucher"})
    assert (refused.status_code, "Enjoy the voucher" in refused.content.decode()) == (422, True)


def test_a_note_goes_to_a_colleague_and_back(frank, note, sign_in, inside, words):
    with inside():
        martin = Staff.objects.get(display_name="Martin Mann")
    answer = frank.post(f"/notes/{note.id}/colleague/", {"to": str(martin.id)})
    assert "The note is with your colleague now." in words(frank.get(answer.headers["Location"]))
    assert "1 to write" in words(sign_in("Martin", at="aurora").get("/notes/?mine=1"))
    frank.post(f"/notes/{note.id}/colleague/undo/")
    assert "None to write" in words(sign_in("Martin", at="aurora").get("/notes/?mine=1"))


def test_a_colleague_must_be_chosen(frank, note):
    answer = frank.post(f"/notes/{note.id}/colleague/", {"to": "nobody"})
    assert (answer.status_code, "Choose whom to hand the note to." in answer.content.decode()) == (409, True)


def test_held_notes_say_why_and_cannot_be_written(frank, note, inside, now, words):
    with inside():
        record(visit_id=note.visit_id, mode="staff", score=3, now=now)
    page = frank.get(f"/notes/?note={note.id}")
    assert "Held: a recovery is open" in words(page)
    assert 'id="written"' not in page.content.decode()
    assert frank.post(f"/notes/{note.id}/written/", {"words": ""}).status_code == 409


def test_what_was_settled_stands_below_with_its_undo(frank, note, words):
    frank.post(f"/notes/{note.id}/not-this-time/", {"why": "Wishes no card"})
    page = frank.get("/notes/")
    assert "Not this time: Wishes no card, Nov 23, Frank Ford" in words(page)
    assert f'action="/notes/{note.id}/undo/"' in page.content.decode()


def test_an_empty_queue_says_where_notes_come_from(frank, words):
    assert "Every note is written" in words(frank.get("/notes/"))
