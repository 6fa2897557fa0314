"""The rows to mend come back as they were: quotes for a spreadsheet are taken off, and our own columns say nothing."""

import csv
import io

import pytest

from core.sheets.mended import OURS, quoted, unquoted
from loyalty.intake.rows_to_mend import rows_to_mend
from loyalty.models import ContactPoint, Patient

# A name that a spreadsheet takes for a formula, one that looks quoted, one that is, and one that is none of them.
STREETS = ["=1+1 Oak St", "+49 Elm", "-5 Pine", "@home", "'=quoted already", "''twice", "'t Hof 3", "'", "1 Main"]
NAMES = "Nummer,Vorname,Nachname,Geboren,Handy,Strasse\n"
MAPPING = ["external_id", "given_name", "family_name", "birth_date", "phone", "address"]


@pytest.mark.parametrize("cell", [*STREETS, "", "'''x", "\tx", "'-", "x'"])
def test_every_cell_comes_back_as_it_was(cell):
    assert unquoted(quoted(cell)) == cell
    assert not quoted(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.fixture
def downloaded():
    """downloaded(import) → the file of rows to mend, as it is sent."""

    def read(of):
        _, lines = rows_to_mend(import_id=of.id)
        return "".join(lines)

    return read


def test_a_file_that_was_mended_lands_as_the_original_said(bring, downloaded):
    wrong = "".join(f'{n},Ana,Nr{n},31/04/1980,+1 555 201 000{n},"{street}"\n' for n, street in enumerate(STREETS))
    said = {"mapping": MAPPING, "known_as": "Altes System", "date_order": "dmy", "header_row": 1}
    of = bring(NAMES + wrong, **said)
    mended = downloaded(of).replace("31/04/1980", "05/04/1980")

    again = bring.upload(mended)
    assert (again.header_row, again.asks) == (1, [])
    assert (again.mapping, again.known_as) == (["", "", "", *MAPPING], "Altes System")
    again = bring.run(bring.check(again, date_order=again.date_order))

    assert (again.refused, again.remarked) == (0, 0)
    landed = Patient.objects.order_by("family_name")
    assert list(landed.values_list("address", flat=True)) == STREETS
    assert set(landed.values_list("birth_month", "birth_day")) == {(4, 5)}
    phones = ContactPoint.objects.filter(kind="phone").order_by("value").values_list("value", flat=True)
    assert list(phones) == [f"+1 555 201 000{n}" for n in range(len(STREETS))]


def test_what_is_still_wrong_comes_back_a_second_time_with_one_set_of_our_columns(bring, downloaded):
    first = bring("Name,Email,Note\n,ana@example.com,=x\n,leo@example.com,\n")
    second = bring(downloaded(first).replace(",,leo@", ",Leo Ruiz,leo@"))
    assert (second.new, second.refused) == (1, 1)
    header, *rows = csv.reader(io.StringIO(downloaded(second)))
    assert header == [*OURS, "Name", "Email", "Note"]
    assert [row[3:] for row in rows] == [["", "ana@example.com", "'=x"]]


def test_a_row_that_was_cut_stands_there_as_it_came(bring, downloaded):
    of = bring("Name,Email,City\nAna Ruiz,ana@example.com\nLeo Ruiz,leo@example.com,Dayton,OH\n")
    assert of.refused == 2
    _, *rows = csv.reader(io.StringIO(downloaded(of)))
    assert [row[3:] for row in rows] == [
        ["Ana Ruiz", "ana@example.com"],
        ["Leo Ruiz", "leo@example.com", "Dayton", "OH"],
    ]


def test_a_file_without_names_of_columns_comes_back_without_being_asked_again(bring, downloaded):
    mapping = ["given_name", "family_name", "email"]
    of = bring("Ana,Ruiz,nobody\nLeo,Ruiz,leo@example.com\n", header_row=0, mapping=mapping)
    again = bring.upload(downloaded(of))
    assert (again.header_row, again.asks, again.header[3:]) == (1, [], ["", "", ""])


def test_a_file_of_anybody_else_keeps_its_quotes(bring):
    bring("Name,Email,Street\nAna Ruiz,ana@example.com,'=1\n")
    assert Patient.objects.get().address == "'=1"
