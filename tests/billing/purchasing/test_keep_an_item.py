from datetime import date

import pytest
from django.db import IntegrityError, transaction

from billing.purchasing.catalog.keep_item import add_item, change_item, set_catalog_price
from billing.purchasing.catalog.listed import items_of
from billing.purchasing.models import CatalogPrice, Item, ItemUnit, PurchaseLine
from core.errors import Conflict, DomainError
from tests.billing.purchasing import selling

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 1)
WORDS = {"sku": "LX-100", "name": "Lumen 100 U", "unit": "vial", "manufacturer": "Lumen", "ndc": "0023-1145-01"}


@pytest.fixture
def vendor(db):
    return selling.vendor()


def units(item):
    return dict(item.units.values_list("name", "holds"))


def test_an_item_is_kept_with_its_units_and_its_price(vendor):
    item = add_item(
        vendor_id=vendor.pk, **WORDS, other_units="case of 10; pallet of 1,200", price_minor=60_000, from_day=MAY
    )
    assert (item.ndc, units(item)) == ("00023114501", {"case": 10, "pallet": 1200})
    (row,) = items_of(vendor.pk, day=MAY)
    assert (row.price_minor, row.price_currency) == (60_000, "USD")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"sku": ""}, "sku_missing", "sku"),
        ({"name": ""}, "name_missing", "name"),
        ({"unit": " "}, "unit_missing", "unit"),
        ({"ndc": "0023114501"}, "ndc_unreadable", "ndc"),
        ({"other_units": "ten in a case"}, "units_unreadable", "other_units"),
        ({"other_units": "case of 0"}, "units_unreadable", "other_units"),
        ({"other_units": "vial of 2"}, "units_unreadable", "other_units"),
        ({"other_units": "box of 5; Box of 6"}, "units_unreadable", "other_units"),
        ({"price_minor": 0, "from_day": MAY}, "price_none", "price_minor"),
        ({"price_minor": 5}, "from_day_missing", "from_day"),
    ],
)
def test_what_cannot_be_kept_is_told_by_its_field_and_nothing_is_written(vendor, change, code, field):
    with pytest.raises(DomainError) as refused:
        add_item(vendor_id=vendor.pk, **{**WORDS, **change})
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Item.objects.exists()


def test_a_number_or_an_ndc_that_is_taken_becomes_a_sentence(vendor):
    add_item(vendor_id=vendor.pk, **WORDS)
    with pytest.raises(Conflict, match="that number already"):
        add_item(vendor_id=vendor.pk, **{**WORDS, "sku": "lx-100", "ndc": ""})
    with pytest.raises(Conflict, match="has that NDC"):
        add_item(vendor_id=vendor.pk, **{**WORDS, "sku": "LX-200"})
    add_item(vendor_id=selling.vendor("Other").pk, **WORDS)


def test_a_price_holds_from_its_day_until_the_next(vendor):
    item = add_item(vendor_id=vendor.pk, **WORDS, price_minor=60_000, from_day=MAY)
    set_catalog_price(item_id=item.pk, minor=63_000, from_day=date(2026, 7, 1))

    def price(day):
        return items_of(vendor.pk, day=day).get().price_minor

    assert [price(date(2026, 4, 30)), price(MAY), price(date(2026, 6, 30)), price(date(2026, 7, 1))] == [
        None, 60_000, 60_000, 63_000,
    ]  # fmt: skip


def test_of_one_day_the_last_price_counts(vendor):
    item = add_item(vendor_id=vendor.pk, **WORDS, price_minor=60_000, from_day=MAY)
    set_catalog_price(item_id=item.pk, minor=61_000, from_day=MAY)
    assert CatalogPrice.objects.get().minor == 61_000


def test_units_are_replaced_by_what_is_given(vendor):
    item = add_item(vendor_id=vendor.pk, **WORDS, other_units="case of 10; box of 5")
    change_item(item_id=item.pk, **WORDS, other_units="Case of 12")
    assert units(item) == {"Case": 12}


def test_the_unit_of_what_was_bought_stays(vendor, aurora):
    item = add_item(vendor_id=vendor.pk, **WORDS, other_units="case of 10")
    PurchaseLine.objects.create(
        practice_id=aurora.id, vendor=vendor, invoice="1", line="1", day=MAY, quantity=1, units=1, amount_minor=5,
        item=item,
    )  # fmt: skip
    for change in ({"unit": "box"}, {"other_units": "case of 12"}):
        with pytest.raises(Conflict) as refused:
            change_item(item_id=item.pk, **{**WORDS, "other_units": "case of 10", **change})
        assert refused.value.code == "unit_in_use"
    change_item(item_id=item.pk, **{**WORDS, "name": "Renamed"}, other_units="case of 10; pallet of 100")
    item.refresh_from_db()
    assert (item.name, units(item)) == ("Renamed", {"case": 10, "pallet": 100})


def test_the_database_refuses_a_unit_that_holds_nothing(vendor):
    item = selling.item(vendor)
    with pytest.raises(IntegrityError, match="item_unit_holds_some"), transaction.atomic():
        ItemUnit.objects.create(item=item, name="case", holds=0)


def test_items_are_found_by_number_ndc_name_and_maker(vendor):
    add_item(vendor_id=vendor.pk, **WORDS)
    selling.item(vendor, "ZZ-9", name="Gauze")

    def found(text):
        return [item.sku for item in items_of(vendor.pk, text=text, day=MAY)]

    assert found("lx-1") == found("100 u") == found("lumen") == found("00023-1145") == ["LX-100"]
    assert found("nothing") == []
