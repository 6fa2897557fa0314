"""What a file is, how it is read, and what is asked instead of guessed."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from core.errors import DomainError
from loyalty.intake.open_file import open_file
from loyalty.models import Import, Patient
from tests.intake.sheets.conftest import counts

NAMES = ["First Name", "Last Name", "City"]
JOSE = ["José", "Núñez", "Córdoba"]


def csv(separator: str = ",", end: str = "\n") -> str:
    return end.join([separator.join(NAMES), separator.join(JOSE), ""])


def workbook(*rows, **sheets) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in sheets.items():
        page = book.create_sheet(name)
        for row in others:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def landed() -> list[tuple[str, ...]]:
    return sorted(Patient.objects.values_list("given_name", "family_name", "city"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_ends_of_lines_are_found(bring, separator, end):
    bring(csv(separator, end))
    assert landed() == [tuple(JOSE)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_known_for_sure(bring, encoding):
    of = bring(csv().encode(encoding))
    assert landed() == [tuple(JOSE)]
    assert not of.asks


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_what_can_be_read_in_several_ways_is_asked(bring, encoding):
    of = bring.upload(csv().encode(encoding))
    assert "encoding" in of.asks
    shown = dict(open_file(import_id=of.id).encodings)
    assert "José" in shown[encoding]
    bring(csv().encode(encoding), encoding=encoding)
    assert landed() == [tuple(JOSE)]


def test_a_byte_that_the_encoding_does_not_know_refuses_its_row_only(bring):
    of = bring(b"First Name,Last Name\nAna,Ruiz\nL\x81o,Ruiz\n", encoding="cp1252")
    assert counts(of) == {"new": 1, "refused": 1}


def test_cells_hold_separators_quotes_and_breaks_of_lines(bring):
    bring('First Name,Last Name,Notes\n"Ana ""Annie""","Ruiz, Jr.","Likes tea.\nHas a dog."\n')
    ana = Patient.objects.get()
    assert (ana.given_name, ana.family_name) == ('Ana "Annie"', "Ruiz, Jr.")
    assert ana.memories.get().text == "Likes tea.\nHas a dog."


def test_rows_are_refused_one_by_one(bring, issues):
    head = b"First Name,Last Name,City\n"
    of = bring(head + b'Ana,Ruiz,Portland\nLeo\nMia,Roe,Salem,Extra\nJ\x00e,Doe,\nNo"ra,Poe,\n\n,,\nLast,One,\n')
    assert counts(of) == {"new": 3, "refused": 3}
    assert [(row, reason) for row, _, reason, _ in issues(of)] == [
        (3, "The row has 1 cells and the file has 3 columns; it may be cut off"),
        (4, "The row has 4 cells and the file has 3 columns; quote a cell that holds a separator"),
        (5, "First Name: holds a character that cannot be kept, such as a zero or half of a letter"),
    ]


def test_a_quote_that_is_never_closed_imports_nothing(bring):
    of = bring.checked('First Name,Last Name\nAna,Ruiz\n"Leo,Roe\nMia,Poe\n')
    assert of.state == "asking"
    assert "row 3 (line 3 of the file) a quote is opened and never closed" in of.failure.lower()
    assert not Patient.objects.exists()


def test_which_row_names_the_columns_is_asked_where_it_is_not_plain(bring):
    of = bring.upload("Ana,Ruiz,Portland\nLeo,Roe,Salem\n")
    assert of.asks == ["header"]
    assert of.header_row is None
    of = bring.upload("Ana,Ruiz,Portland\nLeo,Roe,Salem\n", header_row=0)
    assert of.header == ["", "", ""]
    bring.run(bring.check(of, mapping=["given_name", "family_name", "city"]))
    assert landed() == [("Ana", "Ruiz", "Portland"), ("Leo", "Roe", "Salem")]


def test_names_may_stand_below_a_title(bring):
    bring("Client list,,\n,,\nFirst Name,Last Name,City\nAna,Ruiz,Portland\n", header_row=3)
    assert landed() == [("Ana", "Ruiz", "Portland")]


def test_which_comes_first_month_or_day_is_asked_where_no_date_tells(bring):
    file = "First Name,Last Name,DOB\nAna,Ruiz,03/04/1980\nLeo,Roe,05/05/1981\n"
    of = bring.checked(file)
    assert (of.state, of.asks) == ("asking", ["date_order"])
    bring.run(bring.check(of, date_order="dmy"))
    ana = Patient.objects.get(given_name="Ana")
    assert (ana.birth_month, ana.birth_day) == (4, 3)


def test_a_date_anywhere_in_the_column_tells_the_order_of_all(bring):
    rows = "".join(f"Ana{n},Ruiz,03/04/1980\n" for n in range(3000))
    of = bring.checked(f"First Name,Last Name,DOB\n{rows}Leo,Roe,25/12/1981\n")
    assert (of.state, of.date_order, of.rows) == ("checked", "dmy", 3001)


def test_a_workbook_keeps_text_numbers_zeros_and_dates(bring):
    header = ["Client ID", *NAMES, "Zip", "DOB"]
    ana = ["007", "Ana", "Ruiz", "1E5", 501, date(1980, 5, 17)]
    bring(workbook(header, ana, [12, "Leo", "Roe", None, "00501", date(1981, 5, 17)]))
    ana, leo = Patient.objects.order_by("given_name")
    assert (ana.identifiers.get().value, ana.city, ana.postal_code, ana.birth_day) == ("007", "1E5", "501", 17)
    assert (leo.identifiers.get().value, leo.city, leo.postal_code, leo.birth_year) == ("12", "", "00501", 1981)


def test_of_several_sheets_one_is_chosen(bring):
    data = workbook(["Read me"], Clients=[NAMES, JOSE])
    assert "sheet" in bring.upload(data, name="clients.xlsx").asks
    bring(data, name="clients.xlsx", sheet="Clients")
    assert landed() == [tuple(JOSE)]


def test_a_formula_that_was_never_calculated_is_refused(bring):
    with pytest.raises(DomainError, match="Row 2 holds a formula without its result"):
        bring.upload(workbook(NAMES, ["Ana", "=A2", "Salem"]), name="clients.xlsx")


def test_a_row_of_a_sheet_that_reaches_far_to_the_right_is_refused_by_itself(bring, issues):
    of = bring(workbook(NAMES, ["Ana"] * 2000, JOSE), name="clients.xlsx")
    assert landed() == [tuple(JOSE)]
    assert [(row, reason[:37]) for row, _, reason, _ in issues(of)] == [(2, "The row has 2000 cells and the file h")]


def test_more_columns_than_anybody_maps_are_refused(bring):
    with pytest.raises(DomainError, match="more than 500 columns"):
        bring.upload(workbook([*NAMES, *(f"More {number}" for number in range(500))], JOSE), name="clients.xlsx")


def packed(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts:
            zipped.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"  \n", "The file is empty"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel file"),
        (b'{"resourceType": "Patient"}', "data for a program"),
        (b"\x1f\x8b\x08" + bytes(50), "a compressed file"),
        (packed(("letter.txt", b"hello")), "not an Excel workbook"),
        (packed(("xl/workbook.xml", b"<x/>"), ("xl/vbaProject.bin", b"macro")), "holds macros"),
        (
            packed(("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", bytes(40 << 20))),
            "larger than we can take",
        ),
        (b"PK\x03\x04" + bytes(100), "is damaged"),
        (b"a" * 1_100_000, "more than a million characters"),
    ],
)
def test_what_is_no_table_is_refused_in_words(bring, content, words):
    with pytest.raises(DomainError) as refused:
        bring.upload(content)
    assert words in refused.value.message
    assert refused.value.field == "file"


def test_what_is_too_large_is_refused_and_not_kept(bring, monkeypatch):
    monkeypatch.setattr("loyalty.intake.upload.MOST", 1000)
    with pytest.raises(DomainError, match="larger than"):
        bring.upload(b"a,b\n" * 1000)
    assert not Import.objects.exists()


def test_columns_are_remembered_for_the_next_file_of_the_same_names(bring):
    file = "Given,Clan,Where\nAna,Ruiz,Portland\n"
    bring.run(bring.check(bring.upload(file, header_row=1), mapping=["given_name", "family_name", "city"]))
    of = bring.upload(file.replace("Ana", "Leo"), header_row=1)
    assert of.mapping == ["given_name", "family_name", "city"]
