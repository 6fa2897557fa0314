import pytest

from billing.purchasing.models import Vendor
from billing.purchasing.vendors.keep_vendor import add_vendor, change_vendor
from billing.purchasing.vendors.listed import all_vendors
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from tests.billing.purchasing import selling

pytestmark = pytest.mark.django_db


def test_a_vendor_is_kept_without_blanks_around_it():
    vendor = add_vendor(name="  Lumen   Aesthetics ", contact_name="Vera Vance", email=" claims@lumen.example ")
    assert (vendor.name, vendor.contact_name, vendor.email) == (
        "Lumen Aesthetics", "Vera Vance", "claims@lumen.example",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"name": " "}, "name_missing", "name"),
        ({"name": "x" * 121}, "text_too_long", "name"),
        ({"name": "A\x00"}, "text_unreadable", "name"),
        ({"name": "A", "email": "claims"}, "email_invalid", "email"),
    ],
)
def test_what_cannot_be_kept_is_told_by_its_field(given, code, field):
    with pytest.raises(DomainError) as refused:
        add_vendor(**given)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Vendor.objects.exists()


def test_two_vendors_of_one_name_are_refused_however_it_is_written():
    selling.vendor("Lumen")
    with pytest.raises(Conflict, match="here already") as refused:
        add_vendor(name="LUMEN")
    assert refused.value.field == "name"
    other = selling.vendor("Other")
    with pytest.raises(Conflict, match="here already"):
        change_vendor(vendor_id=other.pk, name="lumen")
    other.refresh_from_db()
    assert other.name == "Other"


def test_a_vendor_is_changed_and_one_that_is_not_there_is_not():
    vendor = selling.vendor()
    change_vendor(vendor_id=vendor.pk, name="Lumen Group", email="")
    vendor.refresh_from_db()
    assert (vendor.name, vendor.email) == ("Lumen Group", "")
    with pytest.raises(NotFound):
        change_vendor(vendor_id=uuid7(), name="Nobody")


def test_the_list_counts_items_and_signed_contracts_apart():
    vendor = selling.vendor()
    for number in range(3):
        selling.item(vendor, f"A{number}")
    selling.contract(vendor, "1")
    selling.contract(vendor, "2", signed=False)
    (row,) = all_vendors()
    assert (row.items_count, row.signed_count) == (3, 1)
