"""The network's admin keeps vendors, catalogs, contracts, offers and programs in the console, and an analyst reads."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from billing.purchasing.catalog.keep_item import set_catalog_price
from billing.purchasing.models import Contract, Item, Offer, RebateProgram, Vendor
from tests.billing.purchasing import selling

HEADER = "Item number,Name,Manufacturer,NDC,Unit,Other units,Catalog price\n"
DRAFT = {
    "name": "Injectables", "number": "LUM-1", "currency": "USD", "begins_on": "2026-01-01", "ends_on": "",
    "fee": "percent", "fee_rate": "1.5%", "fee_minor": "",
}  # fmt: skip
PROGRAM = {
    "name": "Volume rebate", "from_day": "2026-01-01", "every": "quarter", "measured": "volume", "way": "flat",
    "at_0": "$10,000", "rate_0": "1 %", "at_1": "20,000.00", "rate_1": "2.5", "cap": "",
    "covers": "catalog", "items": "",
}  # fmt: skip


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


@pytest.fixture
def vendor(db):
    return selling.vendor()


@pytest.fixture
def item(vendor):
    item = selling.item(vendor, "LX-100", name="Lumen 100 U")
    set_catalog_price(item_id=item.pk, minor=60_000, from_day=date(2025, 1, 1))
    return item


def go(client, answer, words):
    """The words of the page that an answer leads to."""
    assert answer.status_code == 303, words(answer)
    return words(client.get(answer.headers["Location"]))


def test_a_vendor_is_added_and_found_again(nora, words):
    assert "No vendor is here yet" in words(nora.get("/vendors/"))
    page = go(nora, nora.post("/vendors/new/", {"name": "Lumen", "contact_name": "Vera", "email": ""}), words)
    assert "The vendor is here. Bring its catalog next." in page
    assert "Lumen" in words(nora.get("/vendors/"))
    vendor = Vendor.objects.get()
    assert "The changes are kept." in go(
        nora, nora.post(f"/vendors/{vendor.pk}/change/", {"name": "Lumen Group"}), words
    )


def test_a_name_that_is_taken_stays_in_the_form_with_a_sentence(nora, vendor, words):
    answer = nora.post("/vendors/new/", {"name": vendor.name.upper()})
    assert answer.status_code == 422
    assert "A vendor of that name is here already. Open it instead." in words(answer)
    assert vendor.name.upper() in answer.content.decode()


def test_an_item_is_added_with_its_price_changed_and_priced_anew(nora, vendor, words):
    typed = {
        "sku": "LX-100", "name": "Lumen 100 U", "unit": "vial", "ndc": "0023-1145-01", "other_units": "case of 10",
        "price": "$1,600.00", "currency": "USD", "from_day": "2026-01-01",
    }  # fmt: skip
    page = go(nora, nora.post(f"/vendors/{vendor.pk}/catalog/new/", typed), words)
    assert "$1,600.00" in page
    assert "NDC 00023-1145-01" in page
    assert "case of 10" in page
    item = Item.objects.get()
    refused = nora.post(f"/catalog/{item.pk}/", {**typed, "ndc": "0023114501"})
    assert "Write this NDC with its dashes" in words(refused)
    assert "The changes are kept." in go(nora, nora.post(f"/catalog/{item.pk}/", {**typed, "name": "Lumen"}), words)
    price = nora.post(f"/catalog/{item.pk}/price/", {"price": "1.005", "currency": "USD", "from_day": "2026-07-01"})
    assert "has a part of a cent; write whole cents." in words(price)
    price = nora.post(f"/catalog/{item.pk}/price/", {"price": "1,650", "currency": "USD", "from_day": "2026-07-01"})
    assert "$1,650.00" in go(nora, price, words)


def test_a_catalog_file_is_taken_in_or_its_rows_are_told(nora, vendor, words):
    def bring(text):
        file = SimpleUploadedFile("prices.csv", (HEADER + text).encode())
        return nora.post(
            f"/vendors/{vendor.pk}/catalog/file/", {"file": file, "currency": "USD", "from_day": "2026-01-01"}
        )

    page = words(bring("A,One,,,vial,,5\nB,Two,,,vial,,free\n"))
    assert "1 row cannot be read, so nothing was taken in." in page
    assert "Rows to mend" in page
    assert "“free” is not a number such as 1,240.50" in page
    assert not Item.objects.exists()
    assert "The catalog is taken in." in go(nora, bring("A,One,,,vial,,5\nB,Two,,,vial,,7\n"), words)
    assert Item.objects.count() == 2


def test_items_are_found_in_a_long_catalog(nora, vendor, item, words):
    for number in range(60):
        selling.item(vendor, f"GZ-{number}", name=f"Gauze {number:02}")
    assert "1 to 50 of 61" in words(nora.get(f"/vendors/{vendor.pk}/catalog/"))
    assert "51 to 61 of 61" in words(nora.get(f"/vendors/{vendor.pk}/catalog/?from=50"))
    found = words(nora.get(f"/vendors/{vendor.pk}/catalog/?q=lumen 100"))
    assert "1 item with “lumen 100”" in found
    assert "No item found" in words(nora.get(f"/vendors/{vendor.pk}/catalog/?q=nothing"))


def test_a_contract_is_drafted_signed_and_ended(nora, vendor, item, words):
    page = go(nora, nora.post(f"/vendors/{vendor.pk}/contracts/new/", DRAFT), words)
    assert "The network receives 1.5% of what you buy, from the vendor." in page
    assert "Not yet, so members see nothing of it" in page
    contract = Contract.objects.get()
    path = f"/contracts/{contract.pk}"
    refused = nora.post(f"{path}/change/", {**DRAFT, "fee_rate": "3.5%"})
    assert "A percentage can be 3% at most." in words(refused)
    unstated = nora.post(
        f"{path}/signature/", {"signed_on": "2026-01-02", "signed_by": "N", "signed_for_vendor_by": "V"}
    )
    assert "Look the fee up in the signed agreement." in words(unstated)
    hands = {"signed_on": "2026-01-02", "signed_by": "Nora", "signed_for_vendor_by": "Vera", "fee_is_stated": "on"}
    assert "Signed. Members see it from now on." in go(nora, nora.post(f"{path}/signature/", hands), words)
    assert "This contract is signed." in words(nora.post(f"{path}/change/", DRAFT))
    assert "In force" in words(nora.get("/contracts/"))
    assert "It has its last day." in go(nora, nora.post(f"{path}/end/", {"ends_on": "2026-12-31"}), words)


@pytest.mark.parametrize(
    ("prices", "kind", "shown"),
    [
        ({"quantity_0": "1", "price_0": "$520"}, "fixed", "$520.00"),
        ({"quantity_0": "", "price_0": "12.5 %"}, "percent", "$525.00"),
        (
            {"quantity_0": "1", "price_0": "550", "quantity_1": "10", "price_1": "500.00"},
            "volume",
            "$500.00 from 10",
        ),
    ],
)
def test_what_kind_of_offer_it_is_its_prices_tell(nora, item, words, prices, kind, shown):
    contract = selling.contract(item.vendor)
    typed = {"sku": "lx-100", "begins_on": "2026-01-01", "ends_on": "", **prices}
    page = go(nora, nora.post(f"/contracts/{contract.pk}/offers/new/", typed), words)
    assert Offer.objects.get().kind == kind
    assert shown in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"sku": "NO"}, "No item of this vendor has that number."),
        ({"price_0": "cheap"}, "“cheap” is not a number"),
        ({"price_0": "700"}, "The catalog price is $600.00, which is less."),
        ({"price_0": ""}, "Write the price for members."),
        ({"price_1": "500"}, "Say from how many on this price holds."),
        ({"quantity_1": "5"}, "Write the price of this step, or empty its quantity."),
    ],
)
def test_what_is_no_offer_is_said_beside_its_field(nora, item, words, typed, says):
    contract = selling.contract(item.vendor)
    form = {"sku": "LX-100", "begins_on": "2026-01-01", "quantity_0": "1", "price_0": "520", **typed}
    answer = nora.post(f"/contracts/{contract.pk}/offers/new/", form)
    assert answer.status_code == 422
    assert says in words(answer)
    assert not Offer.objects.exists()


def test_offers_end_and_are_taken_out(nora, item, words):
    contract = selling.contract(item.vendor)
    today = timezone.localdate()
    now = Offer.objects.create(contract=contract, item=item, kind="fixed", begins_on=date(2026, 1, 1))
    answer = nora.post(f"/offers/{now.pk}/removal/")
    assert answer.status_code == 409
    assert "Give it a last day instead." in words(answer)
    assert "The offer has its last day." in go(nora, nora.post(f"/offers/{now.pk}/end/", {"ends_on": today}), words)
    later = Offer.objects.create(contract=contract, item=item, kind="fixed", begins_on=today + timedelta(days=9))
    assert "It is taken out." in go(nora, nora.post(f"/offers/{later.pk}/removal/"), words)


def test_a_program_is_shown_in_words_and_figures_before_it_is_kept(nora, vendor, words):
    contract = selling.contract(vendor)
    path = f"/contracts/{contract.pk}/programs/new/"
    unseen = nora.post(path, {**PROGRAM, "step": "keep"})
    page = words(unseen)
    assert unseen.status_code == 200
    assert not RebateProgram.objects.exists()
    assert "From $20,000.00: 2.5% of everything that counts." in page
    assert "$9,999.99" in page
    assert "$500.00" in page
    seen = unseen.context["digest"]
    changed = nora.post(path, {**PROGRAM, "rate_0": "1.1%", "seen": seen, "step": "keep"})
    assert (changed.status_code, RebateProgram.objects.count()) == (200, 0)
    kept = nora.post(path, {**PROGRAM, "seen": seen, "step": "keep"})
    assert "The program is kept." in go(nora, kept, words)
    assert RebateProgram.objects.get().versions.get().tiers.count() == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"at_1": ""}, "Fill in both parts of the tier, or empty it."),
        ({"at_0": "", "rate_0": "", "at_1": "", "rate_1": ""}, "Write at least one tier"),
        ({"rate_0": "1 percent"}, "“1 percent” is not a number"),
        ({"at_1": "5,000"}, "Give them in ascending order."),
        ({"way": "marginal", "measured": "group"}, "choose flat"),
        ({"items": "NO-1"}, "No item of this vendor has the number NO-1."),
        ({"covers": "listed"}, "Name at least one item that counts."),
        ({"every": "year", "from_day": "2026-05-02"}, "Choose one of these."),
    ],
)
def test_what_is_no_program_is_said_beside_its_field(nora, vendor, words, typed, says):
    contract = selling.contract(vendor)
    answer = nora.post(f"/contracts/{contract.pk}/programs/new/", {**PROGRAM, **typed, "step": "look"})
    assert answer.status_code == 422
    assert says in words(answer)


def test_more_tiers_are_given_room_without_a_word_about_what_is_missing(nora, vendor):
    contract = selling.contract(vendor)
    answer = nora.post(f"/contracts/{contract.pk}/programs/new/", {"at_0": "5", "step": "more"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'name="at_5"' in page
    assert 'role="alert"' not in page


def test_growth_is_typed_and_read_as_more_than_before(nora, vendor, words):
    contract = selling.contract(vendor)
    typed = {**PROGRAM, "measured": "growth", "at_0": "as much", "at_1": "10% more", "step": "look"}
    page = words(nora.post(f"/contracts/{contract.pk}/programs/new/", typed))
    assert "From as much: 1% of everything that counts." in page
    assert "From 10% more: 2.5% of everything that counts." in page
    assert "For a member that bought $100,000.00 in the same period of the year before." in page


def test_marginal_growth_says_what_is_beyond_the_year_before(nora, vendor, words):
    contract = selling.contract(vendor)
    typed = {**PROGRAM, "measured": "growth", "way": "marginal", "at_0": "as much", "at_1": "10% more", "step": "look"}
    page = words(nora.post(f"/contracts/{contract.pk}/programs/new/", typed))
    assert "1% of what it buys beyond as much, up to 10% more." in page
    assert "2.5% of what it buys beyond 10% more." in page
    # Half as much again as ten percent more than $100,000: 1 percent of $10,000 and 2.5 of $55,000.
    assert "$1,475.00" in page


def test_a_new_version_begins_as_the_last_one_says_and_needs_its_reason(nora, vendor, words):
    program = selling.program(selling.contract(vendor))
    selling.version(program)
    path = f"/programs/{program.pk}/versions/new/"
    page = nora.get(path).content.decode()
    assert 'value="100,000.00"' in page
    assert 'value="2%"' in page
    later = timezone.localdate().replace(month=1, day=1)
    later = later.replace(year=later.year + 1).isoformat()
    typed = {**PROGRAM, "from_day": later, "why": "Agreed anew."}
    shown = nora.post(path, {**typed, "step": "look"})
    unreasoned = nora.post(path, {**typed, "why": "", "seen": shown.context["digest"], "step": "keep"})
    assert "Say what changes, and why." in words(unreasoned)
    kept = nora.post(path, {**typed, "seen": shown.context["digest"], "step": "keep"})
    page = go(nora, kept, words)
    assert "The new version is kept." in page
    assert "Agreed anew." in page
    assert program.versions.count() == 2


def test_an_analyst_reads_all_of_it_and_finds_no_button(sign_in, item, words):
    contract = selling.contract(item.vendor)
    program = selling.program(contract)
    selling.version(program)
    ana = sign_in("Ana", at="")
    for path in (
        "/vendors/", f"/vendors/{item.vendor_id}/", f"/vendors/{item.vendor_id}/catalog/", "/contracts/",
        f"/contracts/{contract.pk}/", f"/programs/{program.pk}/",
    ):  # fmt: skip
        answer = ana.get(path)
        assert answer.status_code == 200
        page = answer.content.decode()
        for way in ("/new/", "/change/", "/file/", "/end/", "/removal/", "/signature/"):
            assert f'{way}"' not in page, (path, way)
