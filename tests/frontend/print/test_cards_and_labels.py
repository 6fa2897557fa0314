"""Cards and labels on paper: every promised script set right, in a PDF that a screen reader can read."""

import io
import unicodedata

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from typst import TypstError

from frontend.print.cards import PAPERS, Card, cards_pdf
from frontend.print.cards import can_be_set as card_can_be_set
from frontend.print.labels import PER_SHEET, Label, labels_pdf
from frontend.print.labels import can_be_set as label_can_be_set
from frontend.print.typeset import pdf_of

NAMES = {
    "Latin": "Beatrice",
    "West": "Zoë Àlvarez-Muñoz",
    "Nordic": "Åse Bjørnsdóttir Þór",
    "Polish": "Łukasz Żółć",
    "Czech": "Jiří Dvořáček",
    "Turkish": "Gülşen İpek Doğanı",
    "Romanian": "Ștefan Brâncuși",
    "Hungarian": "Őry Győző",
    "Azeri": "Əliyev",
    "Maltese": "Ħal Għarb",
    "Vietnamese": "Nguyễn Thị Hồng Ưng Đặng",
    "Yoruba": "Ẹ́bùn Ọlábísí",
    "Greek": "Αθηνά Παπαδοπούλου",
    "Polytonic": "Ἀρχιμήδης ᾿Ηλίας",
    "Russian": "Наталья Щербакова",
    "Ukrainian": "Їжак Ґудзь Євген",
    "Serbian": "Ђорђе Њежић",
    "Decomposed": unicodedata.normalize("NFD", "Nguyễn Øystein Ö"),
    "Markup": '#set page() $x$ *b* _i_ @ref <l> \\u{41} "q" [c] // no',
}
BY_HAND = [
    "محمد",
    "שרה",
    "王小明",
    "やまだ",
    "김민수",
    "สมชาย",
    "मीरा",
    "Նարե",
    "ნინო",
    "Anna 🌸",
    "\ufffd",
    "Ann\u0378",
]


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(page) -> str:
    return unicodedata.normalize("NFC", " ".join(page.extract_text().split()))


def cards(names, **more):
    return [Card(f"Thank you, {name}", "", "Dr. Sato") for name in names]


def labels(names, sender=""):
    return [Label((name, "1825 NW Raleigh St", "Portland, OR 97209"), sender) for name in names]


@pytest.mark.parametrize("kind", NAMES)
def test_every_promised_name_is_set_on_cards_and_labels(kind, now):
    name = NAMES[kind]
    expected = " ".join(unicodedata.normalize("NFC", name).split())
    card = cards_pdf(cards([name]), paper=PAPERS["a6"], practice="Aurora", now=now)
    label = labels_pdf(labels([name]), start=1, practice="Aurora", now=now)
    for pdf in (card, label):
        assert expected.replace(" ", "") in text_of(reader(pdf).pages[0]).replace(" ", "")


def test_accents_that_no_single_letter_has_are_set_too(now):
    """Readers tell such letters twice, so only that they are set is looked at: the next test shows what fails else."""
    assert cards_pdf(cards(["Žemė̃ Jū́ratė"]), paper=PAPERS["a6"], practice="Aurora", now=now)


def test_a_letter_that_the_font_lacks_stops_the_press(now):
    """The last guard, behind the choice of the font: no box is ever printed in place of a letter."""
    label = {"lines": ["王小明"], "sender": "", "face": "Noto Sans", "sender_face": "Noto Sans"}
    data = {"title": "Labels", "author": "Aurora", "start": 1, "labels": [label]}
    with pytest.raises(TypstError, match="could not be displayed with font"):
        pdf_of("labels.typ", data=data, now=now)


@pytest.mark.parametrize("name", BY_HAND)
def test_other_scripts_are_written_by_hand(name, now):
    assert not card_can_be_set(*cards([name]))
    assert not label_can_be_set(*labels([name]))
    with pytest.raises(ValueError, match="script that we cannot set"):
        cards_pdf(cards([name]), paper=PAPERS["a6"], practice="Aurora", now=now)
    with pytest.raises(ValueError, match="script that we cannot set"):
        labels_pdf(labels([name]), start=1, practice="Aurora", now=now)


def test_marks_that_only_steer_the_text_do_not_matter(now):
    pdf = cards_pdf(cards(["Bea\u200etrice\u00a0Lind\u00adgren"]), paper=PAPERS["a6"], practice="Aurora", now=now)
    assert "Thank you, Beatrice Lindgren" in text_of(reader(pdf).pages[0])


@pytest.mark.parametrize("made", ["cards", "labels"])
def test_a_screen_reader_can_read_it(made, now):
    if made == "cards":
        pdf = cards_pdf(cards(NAMES.values()), paper=PAPERS["a2"], practice="Aurora", now=now)
    else:
        pdf = labels_pdf(labels(NAMES.values()), start=1, practice="Aurora", now=now)
    read = reader(pdf)
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert read.metadata.title in ("Thank-you cards", "Address labels")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


@pytest.mark.parametrize(("paper", "inches"), [("a6", (148 / 25.4, 105 / 25.4)), ("a2", (5.5, 4.25))])
def test_cards_have_the_size_of_their_paper(paper, inches, now):
    pdf = cards_pdf(cards(["Ann", "Bea"]), paper=PAPERS[paper], practice="Aurora", now=now)
    pages = reader(pdf).pages
    assert len(pages) == 2
    for page in pages:
        assert (float(page.mediabox.width) / 72, float(page.mediabox.height) / 72) == pytest.approx(inches, abs=0.01)


def test_the_longest_card_stays_on_its_page(now):
    long = Card("Thank you, " + "Wolfeschlegelsteinhausen " * 4, "A word and another. " * 30, "Dr. " + "Sato " * 10)
    for paper in PAPERS.values():
        pdf = cards_pdf([long, *cards(["Ann"])], paper=paper, practice="Aurora Aesthetics", now=now)
        assert len(reader(pdf).pages) == 2
        assert text_of(reader(pdf).pages[0]).count("A word and another.") == 30


def position(page, word):
    """Where `word` begins on the page, in inches from the left and from the top."""
    found = []

    def look(text, cm, tm, _font, _size):
        if text.strip().startswith(word):
            x, y = (tm[4] * cm[n] + tm[5] * cm[n + 2] + cm[n + 4] for n in (0, 1))
            found.append((x / 72, 11 - y / 72))

    page.extract_text(visitor_text=look)
    return found[0]


@pytest.mark.parametrize(("start", "column", "row"), [(1, 0, 0), (2, 1, 0), (3, 2, 0), (4, 0, 1), (30, 2, 9)])
def test_labels_begin_at_the_first_free_position(start, column, row, now):
    pdf = labels_pdf(labels(["Beatrice"]), start=start, practice="Aurora", now=now)
    (page,) = reader(pdf).pages
    left, top = position(page, "Beatrice")
    assert 3 / 16 + 2.75 * column < left < 3 / 16 + 2.75 * column + 0.5
    assert 0.5 + row < top < 1.5 + row


def test_a_full_sheet_goes_on_on_the_next(now):
    pdf = labels_pdf(labels([f"Name{n}" for n in range(31)]), start=30, practice="Aurora", now=now)
    assert [text_of(page).count("Name") for page in reader(pdf).pages] == [1, PER_SHEET]


@pytest.mark.parametrize("start", [0, 31])
def test_a_sheet_has_thirty_positions(start, now):
    with pytest.raises(ValueError, match="positions 1 to 30"):
        labels_pdf(labels(["Ann"]), start=start, practice="Aurora", now=now)


def test_what_is_set_is_in_the_file(now):
    """Fonts are embedded: a name looks the same on any printer."""
    pdf = labels_pdf(labels(NAMES.values()), start=1, practice="Aurora", now=now)
    fonts = reader(pdf).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        file = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
        assert file is not None
        if "/FontFile2" in descriptor:
            assert TTFont(io.BytesIO(file.get_object().get_data()), lazy=True)
