"""What is taken out one day says so a year before: in each answer, in the document, and never shorter."""

from datetime import date

import pytest

from api.goes import Goes
from api.openapi.changes import CHANGES, POLICY
from api.openapi.document import document
from api.v1 import house


@pytest.fixture
def going(monkeypatch):
    monkeypatch.setattr(house.Locations, "goes", Goes(since=date(2027, 1, 1), on=date(2028, 3, 1)))
    document.cache_clear()
    yield
    document.cache_clear()


def test_each_answer_says_since_when_and_until_when(api, going):
    for path in ("/api/v1/locations/", "/api/v1/locations/?size=0"):
        answer = api.get(path)
        assert answer["Deprecation"] == "@1798761600"
        assert answer["Sunset"] == "Wed, 01 Mar 2028 00:00:00 GMT"


def test_the_document_says_so_of_it_and_of_nothing_else(going):
    gone = [path for path, one in document()["paths"].items() for told in one.values() if "deprecated" in told]
    assert gone == ["/locations/"]
    assert document()["paths"]["/locations/"]["get"]["description"].endswith("It is no more from March 1, 2028 on.")


def test_what_stays_says_nothing(api):
    answer = api.get("/api/v1/locations/")
    assert {"Deprecation", "Sunset"} & set(answer.headers) == set()


def test_less_than_a_year_is_no_notice():
    with pytest.raises(ValueError, match="less than a year"):
        Goes(since=date(2027, 1, 1), on=date(2027, 12, 31))


def test_the_page_tells_changes_the_newest_first_and_what_can_be_counted_on(api):
    page = api.get("/api/v1/docs/").content.decode()
    assert POLICY in page
    assert [day for day, _ in CHANGES] == sorted((day for day, _ in CHANGES), reverse=True)
    for _, words in CHANGES:
        assert words in page
