"""An answer is taken down by staff."""

import pytest

from loyalty.models import Feedback, Recovery


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def address(frank, here):
    frank.post(f"/visits/{here.id}/completion/")
    return f"/visits/{here.id}/feedback/"


def test_only_the_first_question_needs_an_answer(frank, address, patient, inside):
    answer = frank.post(address, {"score": "9"})
    assert answer.headers["Location"] == f"/patients/{patient.id}/?said=feedback-kept"
    with inside():
        kept = Feedback.objects.get()
    assert (kept.score, kept.mode, kept.worth, kept.elsewhere) == (9, "staff", None, "")


def test_all_answers_are_kept(frank, address, inside):
    frank.post(
        address, {"score": "10", "liked": "Gentle hands", "better": "Parking", "worth": "4", "elsewhere": "sometimes"}
    )
    with inside():
        kept = Feedback.objects.get()
    assert (kept.liked, kept.better, kept.worth, kept.elsewhere) == ("Gentle hands", "Parking", 4, "sometimes")


def test_an_unhappy_answer_says_that_somebody_owes_a_call(frank, address, inside, words):
    answer = frank.post(address, {"score": "4"})
    assert answer.headers["Location"].endswith("?said=feedback-recovery")
    with inside():
        assert Recovery.objects.count() == 1


def test_without_a_number_the_words_stay(frank, address, inside):
    answer = frank.post(address, {"liked": "Gentle hands"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a number from 0 to 10." in page
    assert "Gentle hands" in page
    with inside():
        assert not Feedback.objects.exists()


def test_nothing_is_chosen_beforehand(frank, address):
    assert "checked" not in frank.get(address).content.decode()


def test_a_second_answer_for_the_visit_is_refused(frank, address, inside):
    frank.post(address, {"score": "9"})
    answer = frank.post(address, {"score": "3"})
    assert answer.status_code == 422
    with inside():
        assert Feedback.objects.get().score == 9
