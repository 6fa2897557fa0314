"""The list of patients, and finding one of them."""

import re

import pytest

from loyalty.patients.enrol import enrol


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def three(inside, now):
    with inside():
        enrol(given_name="Beatrice", family_name="Lindgren", phones=["(503) 555-0148"], now=now)
        enrol(given_name="Thanh", family_name="Nguyễn", record_number="004182", birth=(1980, None, None), now=now)
        enrol(given_name="Grace", family_name="Chen", emails=["grace@example.com"], now=now)


def names(answer):
    return [hit.name for hit in answer.context["hits"]]


def test_without_words_everybody_is_listed_by_family_name(frank, three):
    assert names(frank.get("/patients/")) == ["Grace Chen", "Beatrice Lindgren", "Thanh Nguyễn"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("lind", ["Beatrice Lindgren"]), ("0148", ["Beatrice Lindgren"]), ("nguyen", ["Thanh Nguyễn"])],
)
def test_somebody_is_found_by_what_is_remembered(frank, three, typed, found):
    answer = frank.get("/patients/", {"q": typed})
    assert names(answer) == found
    assert f'value="{typed}"' in answer.content.decode()


def test_the_list_says_what_tells_people_apart(frank, three, words):
    page = words(frank.get("/patients/"))
    assert "Thanh Nguyễn Born 1980, record 004182" in page
    assert "(503) 555-0148" in page
    assert "grace@example.com" in page


def test_while_typing_only_the_results_come(frank, three, words):
    answer = frank.get("/patients/", {"q": "chen"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "1 patient found" in words(answer)


def test_a_long_list_comes_in_pages(frank, inside, now, words):
    with inside():
        for n in range(32):
            enrol(given_name="A", family_name=f"Patient {n:02}", now=now)
    first = frank.get("/patients/")
    (further,) = re.findall(r'href="(/patients/\?[^"]*after=[^"]*)"', first.content.decode())
    second = frank.get(further.replace("&amp;", "&"))
    assert (len(names(first)), len(names(second))) == (30, 2)
    assert "32 patients" in words(first)


@pytest.mark.parametrize(
    "query", ["?after=-5", "?after=nonsense", "?after=01a221c6-aca7-7530-8671-f1acf7dcd6b9", "?q=%00", "?q=%25%5F"]
)
def test_whatever_stands_in_the_address_is_answered(frank, three, query):
    assert frank.get(f"/patients/{query}").status_code == 200


def test_nobody_found_says_how_to_look_and_offers_to_add(frank, three, words):
    page = words(frank.get("/patients/", {"q": "<b>zzz"}))
    assert "No patient matches “<b>zzz”." in page
    assert "Add a patient" in page


def test_an_empty_practice_teaches(frank, words):
    assert "No patients yet" in words(frank.get("/patients/"))
