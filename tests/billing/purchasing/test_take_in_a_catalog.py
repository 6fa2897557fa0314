import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from billing.purchasing.catalog.take_in import CatalogRefused, take_in_catalog
from billing.purchasing.models import CatalogPrice, Item, PurchaseLine
from core.errors import DomainError
from tests.billing.purchasing import selling

pytestmark = pytest.mark.django_db

MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)
HEADER = "Item number,Name,Manufacturer,NDC,Unit,Other units,Catalog price"
TWO = f'{HEADER}\nLX-100,Lumen 100 U,Lumen,0023-1145-01,vial,case of 10,$600.00\nGZ-1,Gauze,,,pack,,"1,004.50"\n'


@pytest.fixture
def vendor(db):
    return selling.vendor()


def take_in(vendor, text, day=MAY):
    content = text if isinstance(text, bytes) else text.encode()
    return take_in_catalog(vendor_id=vendor.pk, chunks=[content], from_day=day)


def kept():
    return [
        (item.sku, item.ndc, item.unit, [f"{unit.name} of {unit.holds}" for unit in item.units.all()],
         [(price.from_day, price.minor) for price in item.catalog_prices.order_by("from_day")])
        for item in Item.objects.order_by("sku")
    ]  # fmt: skip


def test_a_catalog_is_taken_in_whole(vendor):
    done = take_in(vendor, TWO)
    assert (done.new, done.known, done.priced) == (2, 0, 0)
    assert kept() == [
        ("GZ-1", "", "pack", [], [(MAY, 100_450)]),
        ("LX-100", "00023114501", "vial", ["case of 10"], [(MAY, 60_000)]),
    ]


def test_an_excel_file_reads_the_same(vendor):
    book = Workbook()
    sheet = book.active
    sheet.append(["Price list 2026"])
    sheet.append(HEADER.split(","))
    sheet.append(["LX-100", "Lumen 100 U", "Lumen", "0023-1145-01", "vial", "case of 10", 600])
    sheet.append(["GZ-1", "Gauze", None, None, "pack", None, 1004.5])
    file = io.BytesIO()
    book.save(file)
    take_in(vendor, file.getvalue())
    assert [row[0] for row in kept()] == ["GZ-1", "LX-100"]
    assert kept()[0][4] == [(MAY, 100_450)]


def test_every_wrong_row_is_told_and_none_is_written(vendor):
    rows = [
        "A1,Good,,,vial,,5.00",
        "A2,,,,vial,,5.00",
        "A3,Bad NDC,,0023114501,vial,,5.00",
        "A4,Bad price,,,vial,,free",
        "A5,No price,,,vial,,0",
        "a1,Twice,,,vial,,5.00",
        "A7,Units,,,vial,ten,5.00",
        "A8,Part of a cent,,,vial,,1.005",
    ]
    with pytest.raises(CatalogRefused) as refused:
        take_in(vendor, "\n".join([HEADER, *rows]))
    told = {fault.row: fault.says for fault in refused.value.faults}
    assert list(told) == [3, 4, 5, 6, 7, 8, 9]
    assert "name is missing" in told[3]
    assert "with its dashes" in told[4]
    assert "is not a number" in told[5]
    assert "above zero" in told[6]
    assert told[7] == "Item number: row 2 has the same"
    assert "case of 10" in told[8]
    assert "part of a cent" in told[9]
    assert refused.value.message.startswith("7 rows cannot be read, so nothing was taken in.")
    assert not Item.objects.exists()


def test_taken_in_again_known_items_change_and_prices_hold_from_the_new_day(vendor):
    take_in(vendor, TWO)
    text = f"{HEADER}\nlx-100,Lumen One,Lumen,0023-1145-01,vial,case of 10; box of 5,630\nNW-1,New,,,each,,9.99\n"
    done = take_in(vendor, text, JULY)
    assert (done.new, done.known, done.priced) == (1, 1, 1)
    assert kept()[0][0] == "GZ-1"
    assert kept()[2] == ("lx-100", "00023114501", "vial", ["case of 10", "box of 5"], [(MAY, 60_000), (JULY, 63_000)])


def test_a_price_that_stayed_gets_no_second_row(vendor):
    take_in(vendor, TWO)
    assert take_in(vendor, TWO, JULY).priced == 0
    assert CatalogPrice.objects.count() == 2


def test_an_ndc_may_pass_from_one_item_to_another_of_the_file(vendor):
    take_in(vendor, f"{HEADER}\nA,One,,0023-1145-01,vial,,5\nB,Two,,0023-1145-02,vial,,5\n")
    take_in(vendor, f"{HEADER}\nA,One,,0023-1145-02,vial,,5\nB,Two,,0023-1145-01,vial,,5\n")
    assert [row[1] for row in kept()] == ["00023114502", "00023114501"]


def test_an_ndc_of_an_item_that_the_file_lacks_is_refused_in_words(vendor):
    take_in(vendor, TWO)
    with pytest.raises(DomainError, match="has an NDC of it") as refused:
        take_in(vendor, f"{HEADER}\nB,Two,,0023-1145-01,vial,,5\n")
    assert refused.value.field == "file"
    assert Item.objects.count() == 2


def test_the_unit_of_what_was_bought_stays(vendor, aurora):
    take_in(vendor, TWO)
    item = Item.objects.get(sku="GZ-1")
    PurchaseLine.objects.create(
        practice_id=aurora.id, vendor=vendor, invoice="1", line="1", day=MAY, quantity=1, units=1, amount_minor=5,
        item=item,
    )  # fmt: skip
    with pytest.raises(CatalogRefused) as refused:
        take_in(vendor, TWO.replace(",pack,", ",box,"), JULY)
    assert [fault.row for fault in refused.value.faults] == [3]
    item.refresh_from_db()
    assert item.unit == "pack"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7", "file_no_table"),
        (HEADER.encode(), "file_empty"),
        (b"SKU,Name,Unit\nA,B,vial\n", "columns_missing"),
        (b"one,two\n1,2\n", "columns_missing"),
    ],
)
def test_what_is_no_catalog_says_what_to_do(vendor, content, code):
    with pytest.raises(DomainError) as refused:
        take_in(vendor, content)
    assert (refused.value.code, refused.value.field) == (code, "file")


def test_a_thousand_items_take_as_many_statements_as_ten(vendor):
    def statements(how_many, prefix):
        rows = [f"{prefix}{number},Item,,,vial,case of 10,5.00" for number in range(how_many)]
        with CaptureQueriesContext(connection) as asked:
            take_in(vendor, "\n".join([HEADER, *rows]))
        return len(asked)

    statements(1, "Z")
    assert statements(10, "A") == statements(1000, "B")
    assert Item.objects.count() == 1011
