"""A file of invoice lines becomes what a member bought: each line once, and nothing that could not be read."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from billing.purchasing.models import ItemAlias, PurchaseLine
from billing.receiving import run as run_module
from billing.receiving.choose_columns import choose_columns
from billing.receiving.models import FileState, PurchaseFile, RefusedRow
from billing.receiving.run import run
from billing.receiving.take_back import take_back
from billing.receiving.upload import upload
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from core.tenancy.scope import practice_scope

FILLER = "A-1,1,2026-10-05,SF-100,Silk filler,2,syringe,800.00,"
TOXIN = 'A-1,2,2026-10-05,ST-200,Still toxin,1,case,"$5,400.00",'


def lines(**of):
    return list(PurchaseLine.objects.filter(**of).order_by("invoice", "line"))


def test_lines_are_kept_with_their_item_and_its_units(bring, deal, aurora):
    of = bring(FILLER, TOXIN)
    assert (of.state, of.rows, of.added, of.already, of.refused) == (FileState.DONE, 2, 2, 0, 0)
    filler, toxin = lines()
    assert (filler.practice_id, filler.item_id, filler.units, filler.amount_minor) == (
        aurora.id, deal.filler.id, 2, 80_000,
    )  # fmt: skip
    assert (toxin.item_id, toxin.quantity, toxin.units, toxin.amount_minor) == (deal.toxin.id, 1, 10, 540_000)
    assert toxin.day == date(2026, 10, 5)


def test_the_same_file_again_adds_nothing(bring):
    bring(FILLER, TOXIN)
    again = bring(FILLER, TOXIN)
    assert (again.added, again.already, again.refused) == (0, 2, 0)
    assert len(lines()) == 2


def test_two_equal_lines_without_numbers_are_two_and_stay_two(bring):
    equal = "B-7,,2026-10-06,SF-100,,1,,400.00,"
    assert bring(equal, equal).added == 2
    assert bring(equal, equal).added == 0
    assert bring(equal, equal, equal).added == 1
    assert sum(one.amount_minor for one in lines()) == 120_000


def test_a_line_that_says_otherwise_than_the_one_that_is_here_is_told_and_not_added(bring, aurora):
    bring(FILLER)
    of = bring(FILLER.replace("800.00", "900.00"))
    assert (of.added, of.refused) == (0, 1)
    with practice_scope(aurora):
        (refused,) = RefusedRow.objects.filter(of=of)
    assert refused.reason == (
        "Line 1 of invoice A-1 is here already, of October 5, 2026 and $800.00; to replace it, take back the file it"
        " came with first."
    )
    assert lines()[0].amount_minor == 80_000


def test_one_number_twice_in_a_file_is_told(bring, aurora):
    of = bring(FILLER, FILLER.replace("SF-100", "ST-200"))
    assert (of.added, of.refused) == (1, 1)
    with practice_scope(aurora):
        assert "stands twice in this file" in RefusedRow.objects.get(of=of).reason


@pytest.mark.parametrize(
    ("row", "amount", "quantity"),
    [
        ("A-1,1,2026-10-05,SF-100,,-2,,-800.00,", -80_000, -2),
        ("A-1,1,2026-10-05,SF-100,,2,,-800.00,", -80_000, -2),
        ("A-1,1,2026-10-05,SF-100,,-2,,800.00,", -80_000, -2),
        ("A-1,1,2026-10-05,SF-100,,2,,(800.00),", -80_000, -2),
        ("A-1,1,2026-10-05,SF-100,,2,,800.00-,", -80_000, -2),
        ("A-1,1,2026-10-05,SF-100,,2,,800.00,Return", -80_000, -2),
        ("A-1,1,2026-10-05,SF-100,,2,,800.00,Credit memo", -80_000, -2),
        ("A-1,1,2026-10-05,SF-100,,0,,-12.50,", -1_250, 0),
    ],
)
def test_a_return_is_negative_however_it_is_written(bring, row, amount, quantity):
    bring(row)
    (line,) = lines()
    assert (line.amount_minor, line.quantity) == (amount, quantity)


@pytest.mark.parametrize("row", ["A-1,9,10/5/2026,,Freight,1,,25.00,", "A-1,9,10/5/2026,X,Box,1,,25.00,shipping"])
def test_freight_is_kept_as_freight(bring, row):
    bring(row)
    (line,) = lines()
    assert (line.is_freight, line.item_id, line.units) == (True, None, None)


def test_an_amount_is_worked_out_of_price_and_quantity_to_the_cent(bring):
    bring("A-1,1,2026-10-05,SF-100,,3,33.335", header="Invoice,Line,Date,SKU,Description,Qty,Unit price")
    # 100.005 lies in the middle: to the even cent.
    assert lines()[0].amount_minor == 10_000


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A-1,1,2026-10-05,SF-100,,2,,1.234,", "Amount of the line: “1.234” has a part of a cent; write whole cents."),
        ("A-1,1,2026-10-05,SF-100,,2,,1.240.00,", "Amount of the line: “1.240.00” is not a number such as 1,240.50."),
        ("A-1,1,2026-10-05,SF-100,,2,,€ 12,", "Amount of the line: “€ 12” is not in USD."),
        ("A-1,1,2026-10-05,SF-100,,2,,NaN,", "Amount of the line: “NaN” is not a number such as 1,240.50."),
        ("A-1,1,2026-10-05,SF-100,,two,,12,", "Quantity: “two” is not a number such as 1,240.50."),
        ("A-1,1,2026-02-30,SF-100,,2,,12,", "Invoice date: “2026-02-30” is a day that no calendar has."),
        ("A-1,1,2031-01-01,SF-100,,2,,12,", "Invoice date: January 1, 2031 has not come yet."),
        ("A-1,1,,SF-100,,2,,12,", "Invoice date is empty."),
        (",1,2026-10-05,SF-100,,2,,12,", "Invoice number is empty."),
        ("A-1,1,2026-10-05,,,2,,12,", "Neither an item number nor a description says what was bought."),
        ("A-1,1,2026-10-05,SF-100,,2,,,", "The row has neither an amount nor a price."),
        ("A-1,1,2026-10-05,SF-100,,2,,12,gift", "Type (invoice, return, freight): write invoice, return or freight, not"
                                               " “gift”."),
        ("A-1,1,2026-10-05,SF-100,,2,,12,,,,more", "The row has 12 cells and the file has 9 columns; quote a cell that"
                                                  " holds a separator."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_told_and_the_others_land(bring, aurora, row, reason):
    of = bring(row, TOXIN)
    assert (of.state, of.added, of.refused) == (FileState.DONE, 1, 1)
    with practice_scope(aurora):
        refused = RefusedRow.objects.get(of=of)
    assert (refused.row, refused.reason) == (2, reason)


def test_a_code_is_known_by_sku_ndc_or_what_the_member_calls_it(bring, deal, aurora):
    ItemAlias.objects.create(practice_id=aurora.id, vendor=deal.vendor, key="stilltox", item=deal.toxin)
    ItemAlias.objects.create(practice_id=aurora.id, vendor=deal.vendor, key="cottonpads", item=None)
    bring(
        "A-1,1,2026-10-05,sf 100,,1,,400,",
        "A-1,2,2026-10-05,00023-1145-01,,1,,400,",
        "A-1,3,2026-10-05,,Still Tox!,1,,600,",
        "A-1,4,2026-10-05,,Cotton pads,1,,6,",
        "A-1,5,2026-10-05,ZZ,Something new,1,,6,",
        "A-1,6,2026-10-05,ST-200,,1,pallet,600,",
    )
    assert [(one.item_id, one.units, one.set_aside) for one in lines()] == [
        (deal.filler.id, 1, False),
        (deal.filler.id, 1, False),
        (deal.toxin.id, 1, False),
        (None, None, True),
        (None, None, False),
        (deal.toxin.id, None, False),
    ]


def test_another_members_word_for_an_item_is_not_ours(bring, deal, borealis):
    ItemAlias.objects.create(practice_id=borealis.id, vendor=deal.vendor, key="stilltox", item=deal.toxin)
    bring("A-1,3,2026-10-05,,Still Tox!,1,,600,")
    assert lines()[0].item_id is None


def test_a_crash_between_two_batches_loses_nothing_and_doubles_nothing(bring, aurora, now, monkeypatch):
    monkeypatch.setattr(run_module, "BATCH", 3)
    rows = [f"C-{n // 4},,2026-10-05,SF-100,,1,,400.00," for n in range(10)] + ["C-9,,bad,SF-100,,1,,4,"]
    of = bring(*rows, run_it=False)
    keep, calls = run_module.keep_lines, []

    def falls_over(*given, **named):
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the machine went off")
        return keep(*given, **named)

    with practice_scope(aurora):
        monkeypatch.setattr(run_module, "keep_lines", falls_over)
        with pytest.raises(RuntimeError):
            run(file_id=of.id, now=now)
        of.refresh_from_db()
        assert (of.state, of.added, len(lines())) == (FileState.RUNNING, 6, 6)
        assert run(file_id=of.id, now=now) == date(2026, 10, 5)
        of.refresh_from_db()
    assert (of.state, of.added, of.already, of.refused) == (FileState.DONE, 10, 0, 1)
    assert sum(one.amount_minor for one in lines()) == 400_000


def test_a_file_is_read_once(bring, aurora, now):
    of = bring(FILLER)
    with practice_scope(aurora):
        assert run(file_id=of.id, now=now) is None


def test_columns_are_known_by_name_below_a_title(deal, in_aurora):
    text = (
        "Invoices of October\n\nInvoice No;Invoice Date;Item #;Quantity;Extended Price\nA-1;10/05/2026;SF-100;1;400\n"
    )
    of = upload(name="x.csv", chunks=[text.encode("cp1252")], vendor_id=deal.vendor.id, by_person_id=None)
    assert (of.header_row, of.rows, of.separator) == (3, 1, ";")
    assert of.mapping == {"invoice": 0, "day": 1, "code": 2, "quantity": 3, "amount": 4}


def test_a_workbook_is_read_as_well(deal, in_aurora, now):
    book = Workbook()
    sheet = book.active
    sheet.append(["Invoice", "Date", "SKU", "Qty", "Amount"])
    sheet.append(["0012", date(2026, 10, 5), "SF-100", 2, 800.5])
    file = io.BytesIO()
    book.save(file)
    of = upload(name="x.xlsx", chunks=[file.getvalue()], vendor_id=deal.vendor.id, by_person_id=None)
    choose_columns(file_id=of.id, mapping=of.mapping, date_order="mdy")
    run(file_id=of.id, now=now)
    (line,) = lines()
    assert (line.invoice, line.day, line.quantity, line.amount_minor) == (
        "0012", date(2026, 10, 5), Decimal(2), 80_050,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"a,b,c\n1,2,3\n", "no_names"),
        (b"Invoice,Date,SKU,Amount\n", "file_empty"),
        (b"%PDF-1.7 ", "file_no_table"),
        (b'{"invoice": 1}', "file_no_table"),
        (b'Invoice,Date,SKU,Amount\n"open,1,2,3\n', "quote_open"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(deal, in_aurora, content, code):
    with pytest.raises(DomainError) as refused:
        upload(name="x.csv", chunks=[content], vendor_id=deal.vendor.id, by_person_id=None)
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert not PurchaseFile.objects.exists()


def test_a_vendor_that_is_none_is_not_found(deal, in_aurora):
    with pytest.raises(NotFound):
        upload(name="x.csv", chunks=[b"Invoice,Date,SKU,Amount\n1,2,3,4\n"], vendor_id=uuid7(), by_person_id=None)


@pytest.mark.parametrize(
    ("mapping", "field", "words"),
    [
        ({"day": 2, "code": 3, "amount": 7}, "invoice", "Say which column holds the invoice number."),
        ({"invoice": 0, "day": 2, "code": 3}, "amount", "or the price of one unit and the quantity"),
        ({"invoice": 0, "day": 2, "amount": 7}, "code", "or its description"),
        (
            {"invoice": 0, "day": 0, "code": 3, "amount": 7},
            "day",
            "cannot be both the invoice number and the invoice date",
        ),
        ({"invoice": 0, "day": 2, "code": 3, "amount": 70}, "amount", "no such column"),
        ({"invoice": 0, "day": 2, "code": 3, "amount": 7, "colour": 1}, "colour", "no such column"),
    ],
)
def test_columns_that_do_not_do_are_told_by_name(bring, aurora, mapping, field, words, deal):
    with practice_scope(aurora):
        content = b"Invoice,Line,Date,SKU,Description,Qty,UOM,Amount,Type\nA-1,1,2026-10-05,SF-100,,1,,400,\n"
        of = upload(name="x.csv", chunks=[content], vendor_id=deal.vendor.id, by_person_id=None)
        with pytest.raises(DomainError) as refused:
            choose_columns(file_id=of.id, mapping=mapping, date_order="mdy")
    assert refused.value.field == field
    assert words in refused.value.message


def test_columns_are_chosen_once(bring, aurora):
    of = bring(FILLER)
    with practice_scope(aurora), pytest.raises(Conflict):
        choose_columns(file_id=of.id, mapping=of.mapping, date_order="mdy")


def test_the_order_of_month_and_day_is_as_somebody_said(deal, in_aurora, now):
    text = "Invoice,Date,SKU,Amount\nA-1,05/10/2026,SF-100,400\n"
    of = upload(name="x.csv", chunks=[text.encode()], vendor_id=deal.vendor.id, by_person_id=None)
    choose_columns(file_id=of.id, mapping=of.mapping, date_order="dmy")
    run(file_id=of.id, now=now)
    assert lines()[0].day == date(2026, 10, 5)


def test_a_file_is_taken_back_with_all_its_lines_and_no_others(bring, aurora, now):
    kept = bring(FILLER)
    of = bring(TOXIN)
    with practice_scope(aurora):
        take_back(file_id=of.id, now=now)
        with pytest.raises(Conflict):
            take_back(file_id=of.id, now=now)
    assert [one.file_id for one in lines()] == [kept.id]
    assert bring(TOXIN).added == 1


def test_nobody_else_sees_the_file_or_its_lines(bring, borealis):
    of = bring(FILLER)
    with practice_scope(borealis):
        assert not PurchaseFile.objects.filter(id=of.id).exists()
        assert not PurchaseLine.objects.exists()
