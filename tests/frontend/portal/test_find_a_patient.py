"""The list of patients, and finding one of them."""

import re

import pytest

from loyalty.models import Patient
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


def test_a_filter_narrows_and_each_part_of_it_can_be_taken_away(frank, three, words):
    answer = frank.get("/patients/", {"birth_month": "", "no_consent": "any", "upcoming": "no", "q": "chen"})
    assert names(answer) == ["Grace Chen"]
    assert answer.context["chips"] == [
        ("Has none ahead", "no_consent=any&q=chen"),
        ("Consent missing: Neither texts nor email", "upcoming=no&q=chen"),
    ]


def test_scores_narrow_nothing_for_who_may_not_see_them(frank, three, words):
    page = frank.get("/patients/", {"answer": "detractor"})
    assert len(names(page)) == 3
    assert "Last answer" not in words(page)


@pytest.mark.parametrize("query", ["visited_since=soon", "staff=1", "birth_month=13", "tag=Nobody&sort=x"])
def test_a_filter_that_makes_no_sense_says_so_and_is_left_out(frank, three, query):
    answer = frank.get(f"/patients/?{query}")
    assert answer.status_code == 200
    assert answer.context["filters"].errors or "tag=" in query


def test_a_view_is_saved_used_and_shared(frank, sign_in, three, words):
    kept = '{"version": 1, "upcoming": false}'
    saved = frank.post("/patients/views/?upcoming=no", {"name": "Away", "shared": "on", "filter": kept})
    page = sign_in("Priya", at="aurora").get(saved.headers["Location"])
    assert "Away" in words(page)
    assert page.context["asked"].upcoming is False


def test_a_view_without_a_name_comes_back(frank, three, words):
    answer = frank.post("/patients/views/?upcoming=no", {"name": "", "filter": '{"version": 1, "upcoming": false}'})
    assert answer.status_code == 422
    assert "Give it a name." in words(answer)


def test_all_that_match_are_tagged_and_untagged_again(frank, three, inside, words):
    given = {"tag": "Gala", "whom": "all", "text": "", "filter": '{"version": 1}', "seen": "3", "what": "add"}
    done = frank.post("/patients/tags/", given)
    with inside():
        assert [one.tags for one in Patient.objects.all()] == [["Gala"]] * 3
    page = frank.get(done.headers["Location"]).content.decode()
    (undo,) = re.findall(r'action="(/patients/tags/[^"]*/undo/)"', page)
    frank.post(undo)
    with inside():
        assert [one.tags for one in Patient.objects.all()] == [[]] * 3


@pytest.mark.parametrize(
    "given",
    [
        {"whom": "chosen"},
        {"whom": "all", "seen": "2", "filter": "{}"},
        {"whom": "all", "filter": "{"},
        {"tag": ""},
    ],
)
def test_tagging_that_cannot_be_done_says_why(frank, three, inside, given):
    usual = {"tag": "Gala", "whom": "all", "filter": '{"version": 1}', "seen": "2", "what": "add"}
    assert frank.post("/patients/tags/", {**usual, **given}).status_code == 409
    with inside():
        assert not Patient.objects.exclude(tags=[]).exists()
