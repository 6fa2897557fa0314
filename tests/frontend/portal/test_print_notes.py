"""The print page: what is printed, what is left out and why, and two PDFs."""

import io

import pytest
from pypdf import PdfReader

from loyalty.feedback.record import record
from loyalty.models import Location, Patient, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def note_to(inside, now, location, provider):
    """note_to("Ann"): a note that waits, of somebody with an address."""

    def made(given, **fields):
        with inside():
            who = enrol(given_name=given, family_name="Lindgren", address="12 Main St", city="Portland", now=now)
            Patient.objects.filter(id=who.id).update(**fields)
            visit = walk_in(patient_id=who.id, location_id=location.id, staff_id=provider.id, now=now)
            complete(visit_id=visit.id, now=now)
            return Touchpoint.objects.get(visit=visit, kind="note")

    return made


def form(*notes, **more):
    return {
        "notes": [str(n.id) for n in notes],
        "paper": "a6",
        "content": "lines",
        "start": "1",
        "sender": "on",
        **more,
    }


def text_of(answer):
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_cards_of_the_chosen_notes_come_as_one_pdf(frank, note_to):
    ann, bea = note_to("Ann"), note_to("Bea")
    note_to("Cleo")
    answer = frank.post("/notes/print/cards/", form(ann, bea))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="thank-you-cards.pdf"'
    assert sorted(text_of(answer)) == ["Thank you, Ann Aurora Aesthetics", "Thank you, Bea Aurora Aesthetics"]


def test_labels_carry_our_address_but_plain_ones_do_not(frank, note_to, inside):
    with inside():
        Location.objects.update(address="1 Pearl St", city="Portland", state="OR")
    plain, usual = note_to("Ann", plain_envelope=True), note_to("Bea")
    (sheet,) = text_of(frank.post("/notes/print/labels/", form(plain, usual)))
    assert sheet.count("Aurora Aesthetics · 1 Pearl St, Portland, OR") == 1
    (alone,) = text_of(frank.post("/notes/print/labels/", form(plain)))
    assert "Aurora" not in alone
    (without,) = text_of(frank.post("/notes/print/labels/", form(usual, sender="")))
    assert "Aurora" not in without


def test_words_that_were_kept_are_printed_when_asked(frank, note_to):
    ann = note_to("Ann")
    frank.post(f"/notes/{ann.id}/words/", {"words": "It was lovely to see you."})
    assert "lovely" not in text_of(frank.post("/notes/print/cards/", form(ann)))[0]
    (card,) = text_of(frank.post("/notes/print/cards/", form(ann, content="words")))
    assert "It was lovely to see you." in card
    assert "Priya Patel" in card


def test_the_page_says_what_is_left_out_and_why(frank, note_to, inside, now, words):
    note_to("Ann")
    note_to("王小明")
    note_to("Bea", not_at_home=True)
    note_to("Cleo", address="")
    held = note_to("Dora")
    with inside():
        record(visit_id=held.visit_id, mode="staff", score=2, now=now)
    page = words(frank.get("/notes/print/"))
    assert "Ann Lindgren Card and label." in page
    assert "Bea Lindgren Card only. Wishes no mail: give it in person." in page
    assert "Cleo Lindgren Card only. No address on file" in page
    left_out = page[page.index("Left out") :]
    assert "Dora Lindgren A recovery is open" in left_out
    assert "王小明 Lindgren In a script that our fonts do not set: write by hand" in left_out


def test_what_cannot_be_printed_is_not_printed_whatever_is_asked(frank, note_to):
    ann, by_hand, home = note_to("Ann"), note_to("שרה"), note_to("Bea", not_at_home=True)
    assert len(text_of(frank.post("/notes/print/cards/", form(ann, by_hand, home)))) == 2
    (sheet,) = text_of(frank.post("/notes/print/labels/", form(ann, by_hand, home)))
    assert "Ann" in sheet
    assert "Bea" not in sheet
    answer = frank.post("/notes/print/labels/", form(home))
    assert (answer.status_code, "None of these notes can have a label." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"notes": []}, "Choose at least one note."),
        ({"notes": ["018f0000-0000-7000-8000-000000000000"]}, "not waiting any more"),
        ({"start": "31"}, "less than or equal to 30"),
        ({"start": ""}, "required"),
        ({"paper": "a3"}, "not one of the available choices"),
    ],
)
def test_bad_input_prints_nothing_and_says_so(frank, note_to, wrong, sentence):
    ann = note_to("Ann")
    answer = frank.post("/notes/print/labels/", {**form(ann), **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_one_note_alone_is_chosen_from_its_desk(frank, note_to):
    ann, bea = note_to("Ann"), note_to("Bea")
    page = frank.get(f"/notes/print/?note={bea.id}").content.decode()
    assert f'value="{bea.id}" id="note-{bea.id}" checked' in page
    assert f'value="{ann.id}" id="note-{ann.id}" checked' not in page


def test_with_nothing_to_print_the_page_says_so(frank, words):
    assert "Nothing to print" in words(frank.get("/notes/print/"))
