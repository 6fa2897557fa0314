"""The gifts ledger, the page of a patient's gifts, and the limits."""

import pytest

from loyalty.models import Gift, GiftLimits


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def give(frank, patient):
    usual = {"what": "A book", "value": "12.50", "given_on": "2026-11-23"}
    return lambda **more: frank.post(f"/patients/{patient.id}/gifts/", {**usual, **more})


def test_a_gift_is_written_down_and_taken_back(frank, give, inside, words):
    answer = give()
    page = words(frank.get(answer.headers["Location"]))
    assert "The gift is in the ledger." in page
    assert "$12.50 given in 2026, $62.50 left" in page
    assert "Nov 23 Patient Marguerite O'Ellison <b> What A book Worth $12.50 By Frank Ford" in words(
        frank.get("/gifts/")
    )
    with inside():
        gift = Gift.objects.get()
    frank.post(f"/gifts/{gift.id}/undo/")
    with inside():
        assert not Gift.objects.exists()
    assert frank.post(f"/gifts/{gift.id}/undo/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value": "15.01"}, "One gift may be worth $15 at most"),
        ({"what": "A gift card"}, "no cash equivalents"),
        ({"what": "Referral reward"}, "rewards for sending somebody are off"),
        ({"value": "0.001"}, "no more than 2 decimal places"),
        ({"value": "ten"}, "Write an amount in dollars"),
        ({"value": "0"}, "at least one cent"),
        ({"given_on": "2026-11-24"}, "still to come"),
        ({"value": "1e400"}, "dollars"),
        ({"value": "NaN"}, "Write an amount in dollars"),
    ],
)
def test_what_is_refused_says_why_and_stays_as_typed(give, inside, wrong, sentence):
    answer = give(**wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert next(iter(wrong.values())) in page
    with inside():
        assert not Gift.objects.exists()


def test_leaders_set_stricter_limits(sign_in, give, inside):
    martin = sign_in("Martin", at="aurora")
    form = {"gift": "10", "year": "20", "no_program_gift": "30", "no_program_year": "100"}
    assert martin.post("/gifts/limits/", {**form, "gift": "16"}).status_code == 422
    with inside():
        assert not GiftLimits.objects.exists()
    assert martin.post("/gifts/limits/", form).status_code == 303
    assert "$10 at most" in give(value="12").content.decode()
    assert "$10 for one gift and $20 in a calendar year" in martin.get("/gifts/").content.decode()


@pytest.mark.parametrize("year", ["20", "abcd", "00000", "²⁰²⁶"])
def test_a_year_that_is_none_is_not_found(frank, year):
    assert frank.get(f"/gifts/?year={year}").status_code == 404


def test_an_empty_ledger_teaches(frank, words):
    page = words(frank.get("/gifts/"))
    assert "No gift in 2026" in page
    assert "Never cash, never a gift card." in page
    assert "They are off and stay off" in page
