from datetime import date

import pytest

from core.errors import Conflict, DomainError
from loyalty.models import Review, ReviewImport
from loyalty.reviews.enter import enter_review
from loyalty.reviews.read_file import MOST_BYTES, MOST_ROWS, text_of
from loyalty.reviews.take_in import last_import, preview, take_in, undo

HEADER = "site,author,rating,text,date,external_id\n"
GOOD = (
    HEADER
    + 'Google,Jenna R.,5,"Kind, calm people",2026-06-15,a1\n'
    + 'Yelp,Otto,3/5,"Fine.\nParking is hard.",6/16/2026,\n'
)


@pytest.fixture
def look(google, now):
    return lambda text: preview(text=text, today=now.date())


@pytest.fixture
def bring(google, now):
    return lambda text: take_in(text=text, today=now.date(), by_person_id=None, now=now)


def test_a_file_is_read_row_by_row(look):
    read = look(GOOD)
    assert [(r.line, r.review.site.name, r.review.author, r.review.rating, r.review.posted_on) for r in read.new] == [
        (2, "Google", "Jenna R.", 5, date(2026, 6, 15)),
        (4, "Yelp", "Otto", 3, date(2026, 6, 16)),
    ]
    assert read.new[1].review.text == "Fine.\nParking is hard."
    assert (read.known, read.wrong) == ([], [])
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "Source;Reviewer;Stars;Review;Review date\nGoogle;Jenna;5;Kind;2026-06-15\n",
        "site\tname\trating\tcomment\tdate\nGOOGLE\tJenna\tFIVE\tKind\tJune 15, 2026\n",
        "date,site,rating\n2026-06-15T10:00:00Z,google,5.0\n",
        "\ufeffsite,date,rating\r\nGoogle,06/15/2026,5 stars\r\n",
    ],
)
def test_names_and_separators_of_other_tools_are_known(look, text):
    (row,) = look(text_of(text.encode())).new
    assert (row.review.rating, row.review.posted_on) == (5, date(2026, 6, 15))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Nowhere,A,5,Kind,2026-06-15,", "no site on your list"),
        (",A,5,Kind,2026-06-15,", "no site on your list"),
        ("Google,A,six,Kind,2026-06-15,", "no number of stars"),
        ("Google,A,4.5,Kind,2026-06-15,", "no number of stars"),
        ("Google,A,6,Kind,2026-06-15,", "from 1 to 5"),
        ("Google,A,5,Kind,15.06.2026,", "no day that we can read"),
        ("Google,A,5,Kind,,", "no day that we can read"),
        ("Google,A,5,Kind,2036-06-15,", "still ahead"),
        ("Google,A,,,2026-06-15,", "Give the stars"),
        ("Google", "no day"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_line(look, row, says):
    read = look(HEADER + row + "\n")
    assert [(one.line, says in one.problem) for one in read.wrong] == [(2, True)]
    assert read.new == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "reviews_file_empty"),
        ("Google,Jenna,5,Kind,2026-06-15\n", "reviews_file_header"),
        ("site,date\nGoogle,2026-06-15\n", "reviews_file_header"),
        (HEADER + 'Google,A,5,"Kind,2026-06-15,\n', "reviews_file_quotes"),
        (HEADER + "Google,A,5,Kind,2026-06-15,\n" * (MOST_ROWS + 1), "reviews_file_long"),
    ],
    ids=lambda value: value if value.startswith("reviews") else "",
)
def test_a_file_that_cannot_be_read_says_why(look, text, code):
    with pytest.raises(DomainError) as caught:
        look(text)
    assert (caught.value.code, caught.value.field) == (code, "file")


@pytest.mark.parametrize("content", [b"PK\x03\x04zip", b"a" * (MOST_BYTES + 1), b"a\0b"])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(DomainError):
        text_of(content)


def test_old_windows_text_is_read_too():
    assert text_of("Café".encode("cp1252")) == "Café"
    assert text_of("Café".encode("utf-16")) == "Café"


def test_what_is_on_file_or_twice_in_it_is_left_out(look, bring, google, now):
    enter_review(
        site_id=google.id,
        author="Jenna R.",
        rating=5,
        text="Edited since",
        posted_on=date(2026, 6, 15),
        external_id="a1",
        today=now.date(),
    )
    read = look(GOOD + 'Yelp,otto,3,"Fine.\nParking is hard.",6/16/2026,\n')
    assert [row.line for row in read.known] == [2, 6]
    assert bring(GOOD).brought == 1
    assert Review.objects.count() == 2


def test_taken_in_twice_it_is_there_once(bring):
    bring(GOOD)
    with pytest.raises(DomainError) as caught:
        bring(GOOD)
    assert caught.value.code == "reviews_nothing_new"
    assert Review.objects.count() == 2
    assert ReviewImport.objects.count() == 1


def test_wrong_rows_are_left_out_and_the_good_ones_are_kept_whole(bring):
    assert bring(GOOD + "Nowhere,A,5,Kind,2026-06-15,\n").brought == 2


def test_a_file_is_taken_out_again_whole_and_once(bring, now):
    made = bring(GOOD)
    assert last_import() == made
    undo(import_id=made.id, now=now)
    assert not Review.objects.exists()
    assert last_import() is None
    with pytest.raises(Conflict):
        undo(import_id=made.id, now=now)


@pytest.mark.parametrize("work", ["reply", "match"])
def test_what_somebody_worked_on_since_is_not_thrown_away(bring, patient, now, work):
    made = bring(GOOD)
    done = {"reply": "Thank you"} if work == "reply" else {"patient": patient}
    Review.objects.filter(author="Otto").update(**done)
    with pytest.raises(Conflict) as caught:
        undo(import_id=made.id, now=now)
    assert "1 of these reviews" in caught.value.message
    assert Review.objects.count() == 2
